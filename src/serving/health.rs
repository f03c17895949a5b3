//! Asks a running bot on this machine whether it is healthy: for the health check of a container that has no other tools.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::time::Duration;

/// A healthy bot answers in milliseconds; container engines give up after some seconds.
const PATIENCE: Duration = Duration::from_secs(3);

/// Asks the bot that shows its status at this address.
///
/// # Errors
/// Nothing answers, or not that it is healthy, in one line.
pub fn check(listen: SocketAddr) -> Result<(), String> {
    let address = SocketAddr::new(reachable(listen.ip()), listen.port());
    let unhealthy = |why: &str| format!("the bot is not healthy: {why} at {address}");
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| format!("cannot start: {error}"))?;
    runtime.block_on(async {
        let client = reqwest::Client::builder()
            .no_proxy()
            .timeout(PATIENCE)
            .build();
        let client = client.map_err(|_| unhealthy("no HTTP client"))?;
        let response = client.get(format!("http://{address}/healthz")).send().await;
        match response {
            Ok(response) if response.status().is_success() => Ok(()),
            Ok(response) => Err(unhealthy(response.status().as_str())),
            Err(error) if error.is_timeout() => Err(unhealthy("no answer in time")),
            Err(_) => Err(unhealthy("nothing answers")),
        }
    })
}

/// An address to connect to, for one to listen on: all addresses are none.
fn reachable(listen: IpAddr) -> IpAddr {
    match listen {
        IpAddr::V4(ip) if ip.is_unspecified() => Ipv4Addr::LOCALHOST.into(),
        IpAddr::V6(ip) if ip.is_unspecified() => Ipv6Addr::LOCALHOST.into(),
        ip => ip,
    }
}
