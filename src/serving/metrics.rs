//! Counts what happens, for Prometheus. No label holds anything that people wrote: kinds, methods, outcomes, languages and the
//! ids of facts are all there is.

use std::time::Duration;

use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::{Registry, Unit};

/// Upper bounds of the time that an answer takes, in seconds: computing takes a millisecond, a call to Telegram 0.1 s, and a
/// crowd waits for its turn.
const SECONDS: [f64; 10] = [0.001, 0.005, 0.025, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0];

/// All that is counted.
pub(crate) struct Metrics {
    registry: Registry,
    updates: Family<Update, Counter>,
    questions: Family<Question, Counter>,
    facts: Family<Fact, Counter>,
    answer_seconds: Histogram,
    api_calls: Family<ApiCall, Counter>,
    knowledge: Family<Knowledge, Gauge>,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Update {
    kind: &'static str,
}

/// A question that was understood, or not.
#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
pub(crate) struct Question {
    /// Where it was asked: `private`, `group`, …
    pub(crate) surface: &'static str,
    /// What came of it: `answer`, `clarify`, `gap` or `none`.
    pub(crate) outcome: &'static str,
    /// Its language: `en`, `ru` or `kk`.
    pub(crate) language: &'static str,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Fact {
    fact: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct ApiCall {
    method: String,
    result: &'static str,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Knowledge {
    version: String,
}

impl Metrics {
    /// Everything at zero.
    pub(crate) fn new() -> Self {
        let mut metrics = Self {
            registry: Registry::with_prefix("hearing"),
            updates: Family::default(),
            questions: Family::default(),
            facts: Family::default(),
            answer_seconds: Histogram::new(SECONDS),
            api_calls: Family::default(),
            knowledge: Family::default(),
        };
        let registry = &mut metrics.registry;
        registry.register(
            "updates",
            "Updates taken from Telegram",
            metrics.updates.clone(),
        );
        registry.register("questions", "Questions", metrics.questions.clone());
        registry.register("facts", "Facts that were shown", metrics.facts.clone());
        registry.register_with_unit(
            "answer",
            "From taking an update to the last call of its reply",
            Unit::Seconds,
            metrics.answer_seconds.clone(),
        );
        registry.register(
            "api_calls",
            "Calls of the Bot API",
            metrics.api_calls.clone(),
        );
        registry.register(
            "knowledge_info",
            "The knowledge in use",
            metrics.knowledge.clone(),
        );
        metrics
    }

    /// An update was taken.
    pub(crate) fn update(&self, kind: &'static str) {
        self.updates.get_or_create(&Update { kind }).inc();
    }

    /// A question was judged.
    pub(crate) fn question(&self, question: &Question) {
        self.questions.get_or_create(question).inc();
    }

    /// A fact was shown.
    pub(crate) fn fact(&self, id: &str) {
        self.facts
            .get_or_create(&Fact {
                fact: id.to_owned(),
            })
            .inc();
    }

    /// The reply to an update is on its way.
    pub(crate) fn answered(&self, after: Duration) {
        self.answer_seconds.observe(after.as_secs_f64());
    }

    /// A method of the Bot API was called.
    pub(crate) fn api_call(&self, method: &str, result: &'static str) {
        let method = method.to_owned();
        self.api_calls
            .get_or_create(&ApiCall { method, result })
            .inc();
    }

    /// Other knowledge is in use from now on.
    pub(crate) fn knowledge(&self, version: &str) {
        self.knowledge.clear();
        let version = version.to_owned();
        self.knowledge.get_or_create(&Knowledge { version }).set(1);
    }

    /// Everything in the text format of Prometheus (`OpenMetrics` 1.0).
    pub(crate) fn text(&self) -> String {
        let mut text = String::new();
        // Writing into a string cannot fail.
        let _ = encode(&mut text, &self.registry);
        text
    }
}
