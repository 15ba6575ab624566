use tower_layer::Layer;

use super::ContentCoding;

/// Gives each content coding of a response an entity tag of its own; see the [documentation of the module](super).
#[derive(Debug, Clone, Copy, Default)]
pub struct ContentCodingLayer(());

impl ContentCodingLayer {
    /// The layer, to be put around one that codes: `.layer(CompressionLayer::new()).layer(ContentCodingLayer::new())`.
    #[must_use]
    pub const fn new() -> ContentCodingLayer {
        ContentCodingLayer(())
    }
}

impl<S> Layer<S> for ContentCodingLayer {
    type Service = ContentCoding<S>;

    fn layer(&self, inner: S) -> ContentCoding<S> {
        ContentCoding::new(inner)
    }
}
