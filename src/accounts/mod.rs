//! People and how they sign in. Owns `organisations` until it exists, `people`, `sessions`, `known_browsers`,
//! `one_time_links`, `work_links` and `sign_in_failures`. It never knows what a person does in a project.

pub mod access;
pub mod caretaker;
pub mod links;
pub mod organisation;
pub mod passwords;
pub mod people;
pub mod session;
pub mod sessions;
pub mod settings;
pub mod sign_in;
pub mod throttle;
pub mod work_links;

pub use access::Administrator;
pub use links::actions::Link;
pub use people::actions;
pub use work_links::WorkLink;

use crate::web::Routes;

/// The routes of this room.
pub fn routes() -> Routes {
    sign_in::pages::routes().and(links::pages::routes()).and(settings::pages::routes())
}
