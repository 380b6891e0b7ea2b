//! Projects: what they are, who holds a seat, who does what. Owns `projects`, `stages`, `gate_rules`,
//! `attestations`, `parts`, `seats`, `duties`, `duty_letters`, `scope_baselines`, `scope_budgets` and `project_health`, the blueprints, and the table of rights. It never
//! reads a task or an escalation: whether a stage may start and how a project stands is decided by the lifecycle room, which
//! sees all facts.

pub mod access;
pub mod blueprints;
pub mod chip;
pub mod duties;
pub mod elasticity;
pub mod gates;
pub mod head;
pub mod health;
pub mod history;
pub mod making;
pub mod model;
pub mod parts;
pub mod rights;
pub mod schedule;
pub mod scope;
pub mod seats;
pub mod settings;
pub mod store;
pub mod suggest;

pub use access::{ProjectManager, ProjectViewer, Standing};
pub use chip::Chip;
pub use head::{ProjectHead, Tab};
pub use model::{Capacity, Part, PartKind, Project, ProjectState, Role, Visibility};
pub use rights::Rights;
