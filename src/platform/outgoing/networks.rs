//! The networks inside that may be reached all the same; pure.

use crate::platform::proxies::network;
use ipnet::IpNet;
use std::{net::IpAddr, str::FromStr};

/// Networks that the administrator allows: gateways inside the company. None: only the public internet is reached.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Networks(Vec<IpNet>);

impl FromStr for Networks {
    type Err = String;

    /// Addresses and networks with commas between them; empty for none.
    fn from_str(text: &str) -> Result<Self, String> {
        let written = text.split(',').map(str::trim).filter(|one| !one.is_empty());
        written.map(network).collect::<Result<_, _>>().map(Self)
    }
}

impl Networks {
    /// Whether nothing inside is allowed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether an address is in one of them; one that carries an IPv4 address inside is that one.
    #[must_use]
    pub fn contain(&self, address: IpAddr) -> bool {
        let address = address.to_canonical();
        self.0.iter().any(|network| network.contains(&address))
    }
}

#[cfg(test)]
mod tests {
    use super::Networks;

    #[test]
    fn only_what_is_named_is_allowed() {
        let networks: Networks = " 10.1.0.0/16, 127.0.0.1,fd00::/8 ".parse().unwrap();
        for (address, is_allowed) in [
            ("10.1.2.3", true),
            ("::ffff:10.1.2.3", true),
            ("10.2.0.1", false),
            ("127.0.0.1", true),
            ("127.0.0.2", false),
            ("fd00::1", true),
            ("::1", false),
            ("8.8.8.8", false),
        ] {
            assert_eq!(networks.contain(address.parse().unwrap()), is_allowed, "{address}");
        }
        let none: Networks = "".parse().unwrap();
        assert!(none.is_empty() && !none.contain("127.0.0.1".parse().unwrap()));
        assert!("10.0.0.0/33".parse::<Networks>().unwrap_err().contains("10.0.0.0/33"));
    }
}
