//! The rule that waiting goes round in no circle; pure.

use crate::platform::{ids::TaskId, locale::T};
use std::collections::{HashMap, HashSet};

/// One task waits on another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Edge {
    /// The one that waits.
    pub waiting: TaskId,
    /// The one that comes first.
    pub first: TaskId,
}

/// Why a dependency is not added.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// There is no task with that number in the project.
    NoSuchTask,
    /// A task cannot wait on itself.
    Itself,
    /// The other one already waits on this one, if only through others.
    Circle,
    /// The one that waits is another department's: whether it waits is theirs to say.
    NotYours,
}

impl Refusal {
    /// What to do about it.
    #[must_use]
    pub fn text(self, t: T) -> String {
        match self {
            Self::NoSuchTask => t.task_dependency_no_such_task(),
            Self::Itself => t.task_dependency_itself(),
            Self::Circle => t.task_dependency_circle(),
            Self::NotYours => t.task_dependency_not_yours(),
        }
    }
}

/// Whether `new` may be added to edges that have no circle.
///
/// # Errors
/// The reason why not.
pub fn may_add(edges: &[Edge], new: Edge) -> Result<(), Refusal> {
    if new.waiting == new.first {
        return Err(Refusal::Itself);
    }
    let mut firsts: HashMap<TaskId, Vec<TaskId>> = HashMap::new();
    for edge in edges {
        firsts.entry(edge.waiting).or_default().push(edge.first);
    }
    // Everything that the first one waits on: the waiting one must not be among it.
    let mut seen = HashSet::from([new.first]);
    let mut open = vec![new.first];
    while let Some(task) = open.pop() {
        if task == new.waiting {
            return Err(Refusal::Circle);
        }
        open.extend(firsts.get(&task).into_iter().flatten().filter(|next| seen.insert(**next)));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use uuid::Uuid;

    fn id(number: u8) -> TaskId {
        TaskId(Uuid::from_u128(u128::from(number)))
    }

    fn edge(waiting: u8, first: u8) -> Edge {
        Edge { waiting: id(waiting), first: id(first) }
    }

    /// Whether the tasks can be put in an order in which none comes before what it waits on (Kahn).
    fn has_order(edges: &[Edge]) -> bool {
        let mut left: Vec<Edge> = edges.to_vec();
        loop {
            let waiting: HashSet<TaskId> = left.iter().map(|edge| edge.waiting).collect();
            let before = left.len();
            left.retain(|edge| waiting.contains(&edge.first));
            if left.is_empty() {
                return true;
            }
            if left.len() == before {
                return false;
            }
        }
    }

    #[test]
    fn cases() {
        let chain = [edge(1, 2), edge(2, 3)];
        assert_eq!(may_add(&chain, edge(1, 3)), Ok(()));
        assert_eq!(may_add(&chain, edge(3, 1)), Err(Refusal::Circle));
        assert_eq!(may_add(&chain, edge(2, 1)), Err(Refusal::Circle));
        assert_eq!(may_add(&chain, edge(4, 4)), Err(Refusal::Itself));
        assert_eq!(may_add(&chain, edge(3, 4)), Ok(()));
        assert_eq!(may_add(&[], edge(1, 2)), Ok(()));
    }

    proptest! {
        /// However edges are offered, those accepted never form a circle, and none is refused without need.
        #[test]
        fn never_a_circle_and_never_too_strict(offered in prop::collection::vec((0_u8..9, 0_u8..9), 0..60)) {
            let mut accepted: Vec<Edge> = Vec::new();
            for (waiting, first) in offered {
                let new = edge(waiting, first);
                let mut with = accepted.clone();
                with.push(new);
                let would_be_fine = waiting != first && has_order(&with);
                prop_assert_eq!(may_add(&accepted, new).is_ok(), would_be_fine);
                if would_be_fine {
                    accepted = with;
                }
            }
            prop_assert!(has_order(&accepted));
        }
    }
}
