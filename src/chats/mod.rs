//! What a project tells its group chats: robots of Slack, Feishu, DingTalk and WeCom, and the posts that wait for them. Owns
//! `chat_robots` and `chat_posts`. It never shows an address or a secret again, and posts only what everybody reads who sees
//! the project.

pub mod access;
pub mod actions;
pub mod form;
pub mod model;
mod pages;
pub mod posts;
pub mod store;
mod trial;

use crate::web::Routes;

/// The routes of this room.
#[must_use]
pub fn routes() -> Routes {
    pages::routes()
}

/// Whether a request waits for another server's answer, so that it may take longer than others.
#[must_use]
pub fn asks_elsewhere(path: &str) -> bool {
    path.starts_with("/p/") && path.contains("/settings/chat/") && path.ends_with("/test")
}

#[cfg(test)]
mod tests {
    use super::asks_elsewhere;

    #[test]
    fn only_the_test_message_waits_for_others() {
        assert!(asks_elsewhere("/p/GEO/settings/chat/0198/test"));
        for path in ["/p/GEO/settings/chat", "/p/GEO/settings/chat/0198", "/p/GEO/tasks/test", "/settings/chat/1/test"]
        {
            assert!(!asks_elsewhere(path), "{path}");
        }
    }
}
