//! The way from the bytes of an update to calls, for fuzzing: as a webhook takes it, without a network.

use std::sync::Arc;

use serde_json::Value;
use teloxide::types::{ChatId, Me, Update};

use super::respond::{Known, respond};
use crate::expert::Expert;
use crate::serving::Metrics;

/// The bot's own account.
const ME: &str = r#"{ "id": 1, "is_bot": true, "first_name": "B", "username": "bridge_bot", "can_join_groups": true,
    "can_read_all_group_messages": false, "supports_inline_queries": true, "has_main_web_app": false }"#;

/// The calls that answer an update, as JSON; none where the bytes are no update.
pub fn calls(expert: &Arc<Expert>, update: &[u8]) -> Vec<Value> {
    let (Ok(update), Ok(me)) = (
        serde_json::from_slice::<Update>(update),
        serde_json::from_str::<Me>(ME),
    ) else {
        return Vec::new();
    };
    let known = Known {
        expert: Arc::clone(expert),
        me: Arc::new(me),
        curators: Some(ChatId(-100)),
        metrics: Arc::new(Metrics::new()),
    };
    let calls = respond(&update, &known, 0);
    calls
        .iter()
        .filter_map(|call| serde_json::to_value(call).ok())
        .collect()
}
