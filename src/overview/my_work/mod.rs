//! `/`: the tasks of a person over all active projects, each changed in place, and what others wait for. One form
//! without a script, one click a change with it. The same form stands behind the link in a letter.

mod by_letter;
mod desk;
mod form;
mod pages;
mod rows;
mod save;
mod store;
mod view;
mod waiting;

use crate::web::Routes;

/// The routes of my work, at home and behind the link in a letter.
#[must_use]
pub fn routes() -> Routes {
    pages::routes().and(by_letter::routes())
}
