//! Who to sign in as, once the demo organisation is there.

use super::model::Programme;
use crate::web::{self, Shell, page};
use askama::Template;

#[derive(Template)]
#[template(path = "demo/ready.html")]
struct ReadyPage<'a> {
    shell: Shell,
    programme: &'a Programme,
}

/// The page that hands out the addresses and the password.
///
/// # Errors
/// Of rendering.
pub fn ready(shell: Shell, programme: &Programme) -> web::Result {
    page(&ReadyPage { shell, programme })
}
