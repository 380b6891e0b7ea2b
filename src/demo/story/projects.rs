//! A project of the story: how it was set up, which stages it has passed, and what people did by hand.

use super::{Text, acts::Act};
use serde::Deserialize;
use std::collections::BTreeMap;

/// A project.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Project {
    /// `GEO`.
    pub key: String,
    /// Its name.
    pub name: Text,
    /// What it is about, in a sentence.
    pub summary: Text,
    /// Id of the blueprint.
    pub blueprint: String,
    /// 1 to 3.
    pub tier: u8,
    /// The working day of the launch.
    pub launch: i32,
    /// Who leads it, and makes it.
    pub lead: String,
    /// The working day on which it was made and published.
    pub made: i32,
    /// By code of the blueprint's department, who speaks for it.
    pub liaisons: BTreeMap<String, String>,
    /// By capacity, who sits on the committee.
    #[serde(default)]
    pub committee: BTreeMap<String, String>,
    /// The capacity that chairs.
    #[serde(default)]
    pub chair: String,
    /// Those who work in it beside the liaisons.
    #[serde(default)]
    pub members: Vec<Member>,
    /// The stages that lie behind it, in their order.
    #[serde(default)]
    pub passed: Vec<Passed>,
    /// What else happened.
    #[serde(default)]
    pub acts: Vec<Act>,
}

/// Somebody of a department's team.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Member {
    /// Who.
    pub who: String,
    /// Code of the department in the blueprint.
    pub part: String,
}

/// A stage that was passed.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Passed {
    /// Its code.
    pub stage: String,
    /// What the lead attested for its gate.
    #[serde(default)]
    pub attested: Vec<Attested>,
}

/// A figure that the lead answered for.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Attested {
    /// Code of the figure.
    pub metric: String,
    /// As typed.
    pub value: String,
    /// Where the evidence is.
    pub evidence: String,
}
