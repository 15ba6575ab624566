use tower_layer::Layer;

use super::ConditionalService;

/// Gives responses an entity tag that have none, and answers conditionally by it; see the [documentation of the module](super).
#[derive(Debug, Clone, Copy)]
#[must_use = "a layer does nothing until it is around something"]
pub struct ConditionalLayer {
    limit: u64,
}

impl ConditionalLayer {
    /// The layer, for bodies of up to one mebibyte.
    pub fn new() -> ConditionalLayer {
        ConditionalLayer { limit: 1 << 20 }
    }

    /// For bodies of up to this many octets. Those over it are left alone, so that with `0` all of them are.
    pub fn limit(mut self, octets: u64) -> ConditionalLayer {
        self.limit = octets;
        self
    }
}

impl Default for ConditionalLayer {
    fn default() -> ConditionalLayer {
        ConditionalLayer::new()
    }
}

impl<S> Layer<S> for ConditionalLayer {
    type Service = ConditionalService<S>;

    fn layer(&self, inner: S) -> ConditionalService<S> {
        ConditionalService::new(inner, self.limit)
    }
}
