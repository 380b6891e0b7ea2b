//! Whose word is taken for the address of a client: that of the reverse proxies in front. Pure.

use ipnet::IpNet;
use std::{net::IpAddr, str::FromStr};

/// The reverse proxies that say truly where a request came from. None of them: nobody is believed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TrustedProxies(Vec<IpNet>);

impl FromStr for TrustedProxies {
    type Err = String;

    /// Addresses and networks with commas between them; empty for none.
    fn from_str(text: &str) -> Result<Self, String> {
        let written = text.split(',').map(str::trim).filter(|one| !one.is_empty());
        written.map(network).collect::<Result<_, _>>().map(Self)
    }
}

pub(super) fn network(text: &str) -> Result<IpNet, String> {
    let address = text.parse::<IpAddr>().map(IpNet::from);
    address.or_else(|_| text.parse()).map_err(|_| {
        format!("{text:?} is neither an address nor a network; write them as 127.0.0.1,10.0.0.0/8 with commas between")
    })
}

impl TrustedProxies {
    fn trusts(&self, address: IpAddr) -> bool {
        self.0.iter().any(|network| network.contains(&address))
    }

    /// The address of the client behind the other end of a connection. `forwarded` are the lines of X-Forwarded-For: each
    /// proxy adds at the end whom it heard from, so only what trusted ones added counts, and what a client wrote there
    /// itself does not.
    #[must_use]
    pub fn client<'a>(&self, peer: IpAddr, forwarded: impl Iterator<Item = &'a str>) -> IpAddr {
        let mut client = peer.to_canonical();
        let heard: Vec<&str> = forwarded.flat_map(|line| line.split(',')).collect();
        for one in heard.into_iter().rev() {
            if !self.trusts(client) {
                break;
            }
            let Some(address) = address(one) else { break };
            client = address;
        }
        client
    }
}

/// An address as proxies write it: bare, or with a port, IPv6 then in brackets.
fn address(text: &str) -> Option<IpAddr> {
    let text = text.trim();
    let bare = text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(text);
    let with_port = || text.parse::<std::net::SocketAddr>().ok().map(|both| both.ip());
    bare.parse().ok().or_else(with_port).map(|address: IpAddr| address.to_canonical())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_client_is_the_last_one_that_no_trusted_proxy_is() {
        let trusted: TrustedProxies = " 10.0.0.0/8, 192.0.2.7,2001:db8::/32 ".parse().unwrap();
        for (peer, forwarded, expected) in [
            ("10.1.2.3", &["203.0.113.9"][..], "203.0.113.9"),
            // A header from somebody else is worth nothing.
            ("203.0.113.1", &["203.0.113.9"], "203.0.113.1"),
            ("192.0.2.8", &["203.0.113.9"], "192.0.2.8"),
            // What the client wrote in front of what the proxy added does not count.
            ("10.1.2.3", &["198.51.100.1, 203.0.113.9"], "203.0.113.9"),
            ("10.1.2.3", &["10.9.9.9, 203.0.113.9"], "203.0.113.9"),
            // Through two proxies, in one line or in two.
            ("10.1.2.3", &["203.0.113.9, 192.0.2.7"], "203.0.113.9"),
            ("10.1.2.3", &["198.51.100.1", "203.0.113.9,2001:db8::7"], "203.0.113.9"),
            // From inside: the first of them.
            ("10.1.2.3", &["10.4.5.6, 10.7.8.9"], "10.4.5.6"),
            ("10.1.2.3", &[], "10.1.2.3"),
            ("10.1.2.3", &[""], "10.1.2.3"),
            // What cannot be read ends the chain.
            ("10.1.2.3", &["203.0.113.9, unknown"], "10.1.2.3"),
            ("10.1.2.3", &["unknown, 10.7.8.9"], "10.7.8.9"),
            // With a port, in brackets, and as one written in the other.
            ("10.1.2.3", &["203.0.113.9:4711"], "203.0.113.9"),
            ("10.1.2.3", &["[2001:db9::1]:4711"], "2001:db9::1"),
            ("10.1.2.3", &["[2001:db9::1]"], "2001:db9::1"),
            ("::ffff:10.1.2.3", &["::ffff:203.0.113.9"], "203.0.113.9"),
        ] {
            let client = trusted.client(peer.parse().unwrap(), forwarded.iter().copied());
            assert_eq!(client.to_string(), expected, "{peer} {forwarded:?}");
        }
    }

    #[test]
    fn without_a_setting_nobody_is_believed() {
        let nobody: TrustedProxies = "".parse().unwrap();
        assert_eq!(nobody, TrustedProxies::default());
        assert_eq!(nobody.client("127.0.0.1".parse().unwrap(), ["203.0.113.9"].into_iter()).to_string(), "127.0.0.1");
    }

    #[test]
    fn a_wrong_value_names_itself() {
        for wrong in ["10.0.0.0/33", "proxy.example", "10.0.0.1;10.0.0.2", "10.0.0"] {
            let problem = format!("127.0.0.1,{wrong}").parse::<TrustedProxies>().unwrap_err();
            assert!(problem.contains(wrong), "{problem}");
        }
    }
}
