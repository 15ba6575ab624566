//! What was logged on behalf of one server: statements, and warnings.

use std::fmt::Debug;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{LazyLock, Mutex};

use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id};
use tracing::{Event, Level, Span, Subscriber};
use tracing_subscriber::layer::{Context, Layer, SubscriberExt as _};
use tracing_subscriber::registry::LookupSpan;

static LINES: Mutex<Vec<Line>> = Mutex::new(Vec::new());

struct Line {
    server: u64,
    is_statement: bool,
    text: String,
}

/// The log of one server.
pub(crate) struct Log(u64);

impl Log {
    pub(crate) fn new() -> Log {
        static SUBSCRIBED: LazyLock<()> = LazyLock::new(|| {
            tracing::subscriber::set_global_default(tracing_subscriber::registry().with(Keep)).unwrap();
        });
        static NUMBER: AtomicU64 = AtomicU64::new(0);
        LazyLock::force(&SUBSCRIBED);
        Log(NUMBER.fetch_add(1, Ordering::Relaxed))
    }

    /// What happens in it is logged here. sqlx carries it over to the threads of SQLite.
    pub(crate) fn span(&self) -> Span {
        tracing::info_span!("server", server = self.0)
    }

    /// The first words of the statements since this was asked last. SQLite logs one before its result is known to anybody.
    pub(crate) fn statements(&self) -> Vec<String> {
        self.take(true).iter().map(|text| text.split(' ').next().unwrap().to_owned()).collect()
    }

    pub(crate) fn warnings(&self) -> Vec<String> {
        self.take(false)
    }

    fn take(&self, statements: bool) -> Vec<String> {
        let mut lines = LINES.lock().unwrap();
        lines
            .extract_if(.., |line| line.server == self.0 && line.is_statement == statements)
            .map(|line| line.text)
            .collect()
    }
}

struct Keep;

struct Server(u64);

impl<S: Subscriber + for<'a> LookupSpan<'a>> Layer<S> for Keep {
    fn on_new_span(&self, attributes: &Attributes<'_>, id: &Id, context: Context<'_, S>) {
        let mut fields = Fields::default();
        attributes.record(&mut fields);
        if let (Some(server), Some(span)) = (fields.server, context.span(id)) {
            span.extensions_mut().insert(Server(server));
        }
    }

    fn on_event(&self, event: &Event<'_>, context: Context<'_, S>) {
        let is_statement = event.metadata().target() == "sqlx::query";
        if !is_statement && *event.metadata().level() > Level::WARN {
            return;
        }
        let server = context.event_scope(event).into_iter().flatten().find_map(|span| {
            let extensions = span.extensions();
            extensions.get::<Server>().map(|server| server.0)
        });
        if let Some(server) = server {
            let mut fields = Fields::default();
            event.record(&mut fields);
            LINES.lock().unwrap().push(Line { server, is_statement, text: fields.text });
        }
    }
}

#[derive(Default)]
struct Fields {
    server: Option<u64>,
    text: String,
}

impl Visit for Fields {
    fn record_u64(&mut self, field: &Field, value: u64) {
        if field.name() == "server" {
            self.server = Some(value);
        }
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        if field.name() == "summary" {
            value.clone_into(&mut self.text);
        }
    }

    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        if field.name() == "message" {
            self.text = format!("{value:?}");
        }
    }
}
