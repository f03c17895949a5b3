//! What the operator sees of a running program over HTTP: whether it lives, whether it is ready, and its metrics. Must not know
//! Telegram.

mod health;
mod metrics;
mod readiness;
mod status;

use std::net::SocketAddr;

use tokio::net::TcpListener;

pub use health::check;
pub(crate) use metrics::{Metrics, Question};
pub(crate) use readiness::{Readiness, Way};
pub use status::StatusSettings;
pub(crate) use status::{address, serve};

/// Listens on an address that a setting names.
///
/// # Errors
/// The address is taken or not this machine's, in one line.
pub(crate) async fn listen(address: SocketAddr, setting: &str) -> Result<TcpListener, String> {
    TcpListener::bind(address).await.map_err(|error| {
        format!("cannot listen on {address}: {error}: set {setting} to a free address")
    })
}
