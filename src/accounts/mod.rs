//! People and how they sign in. Owns `people`, `sessions`, `one_time_links`, `sign_in_failures` and the outbox of
//! letters about them. It never knows what a person does in a project.

pub mod session;
