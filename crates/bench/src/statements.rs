//! How often the books call SQLite: each call is one hop to the connection's own thread and back. Counted from what sqlx itself tells of each call.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use tracing::{Event, Metadata, Subscriber, span, subscriber::Interest};

static COUNTING: AtomicBool = AtomicBool::new(false);
static CALLS: AtomicU64 = AtomicU64::new(0);

struct Counter;

impl Subscriber for Counter {
    fn register_callsite(&self, _: &'static Metadata<'static>) -> Interest {
        Interest::sometimes()
    }

    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        COUNTING.load(Ordering::Relaxed) && metadata.target() == "sqlx::query"
    }

    fn new_span(&self, _: &span::Attributes<'_>) -> span::Id {
        span::Id::from_u64(1)
    }

    fn record(&self, _: &span::Id, _: &span::Record<'_>) {}

    fn record_follows_from(&self, _: &span::Id, _: &span::Id) {}

    fn event(&self, _: &Event<'_>) {
        CALLS.fetch_add(1, Ordering::Relaxed);
    }

    fn enter(&self, _: &span::Id) {}

    fn exit(&self, _: &span::Id) {}
}

/// Makes counting possible, once per process; costs a look at a flag per call while nobody counts.
pub fn listen() {
    // A second listener changes nothing.
    drop(tracing::subscriber::set_global_default(Counter));
}

/// What is done, and how many calls to SQLite it took.
pub async fn counted<T>(work: impl Future<Output = T>) -> (T, u64) {
    let before = CALLS.load(Ordering::Relaxed);
    COUNTING.store(true, Ordering::Relaxed);
    let value = work.await;
    COUNTING.store(false, Ordering::Relaxed);
    (value, CALLS.load(Ordering::Relaxed) - before)
}
