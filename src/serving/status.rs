//! The status server: `/healthz`, `/readyz` and `/metrics`. Shows what it is given and changes nothing.

use std::net::SocketAddr;
use std::sync::Arc;

use axum::Router;
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use axum::routing::get;
use tokio::net::TcpListener;

use super::metrics::Metrics;
use super::readiness::Readiness;

/// Where the status is shown unless the operator says otherwise.
const DEFAULT: SocketAddr =
    SocketAddr::new(std::net::IpAddr::V4(std::net::Ipv4Addr::LOCALHOST), 9090);
/// The content type of `OpenMetrics`, which Prometheus reads.
const OPEN_METRICS: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// Where the running bot shows its status.
#[derive(clap::Args)]
pub struct StatusSettings {
    /// Where to serve /healthz, /readyz and /metrics [default: 127.0.0.1:9090]
    #[arg(
        long,
        env = "HEARING_STATUS_LISTEN",
        hide_env_values = true,
        value_name = "ADDRESS:PORT"
    )]
    status_listen: Option<String>,
}

impl StatusSettings {
    /// The address, checked.
    ///
    /// # Errors
    /// It is none, in one line.
    pub fn address(&self) -> Result<SocketAddr, String> {
        address(
            self.status_listen.as_deref(),
            DEFAULT,
            "HEARING_STATUS_LISTEN",
        )
    }
}

/// The address that a setting holds, or the usual one where it holds none.
pub(crate) fn address(
    text: Option<&str>,
    usual: SocketAddr,
    setting: &str,
) -> Result<SocketAddr, String> {
    match text {
        None | Some("") => Ok(usual),
        Some(text) => text.parse().map_err(|_| {
            format!("{setting} is `{text}`, which is no address and port such as {usual}")
        }),
    }
}

/// Serves the status until the program ends.
pub(crate) async fn serve(listener: TcpListener, metrics: Arc<Metrics>, readiness: Arc<Readiness>) {
    let ready = move || async move {
        match readiness.obstacle() {
            None => (StatusCode::OK, "ready\n".to_owned()),
            Some(why) => (StatusCode::SERVICE_UNAVAILABLE, format!("{why}\n")),
        }
    };
    let metrics = move || async move {
        ([(header::CONTENT_TYPE, OPEN_METRICS)], metrics.text()).into_response()
    };
    let router = Router::new()
        .route("/healthz", get(|| async { "ok\n" }))
        .route("/readyz", get(ready))
        .route("/metrics", get(metrics));
    // It gives up on no error of a connection.
    let _ = axum::serve(listener, router).await;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_status_is_for_this_machine_unless_set_otherwise() {
        for (text, shown) in [
            (None, DEFAULT),
            (Some(""), DEFAULT),
            (Some("0.0.0.0:1"), SocketAddr::from(([0, 0, 0, 0], 1))),
        ] {
            let status_listen = text.map(str::to_owned);
            let address = StatusSettings { status_listen }.address();
            assert_eq!(address.as_ref(), Ok(&shown));
        }
        assert!(DEFAULT.ip().is_loopback());
    }
}
