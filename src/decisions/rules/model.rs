//! What a committee may decide from the ballots as they stand, and who records it; pure.

use crate::platform::{
    ids::{OptionId, PersonId},
    locale::T,
};
use jiff::civil::Date;
use serde::Deserialize;

/// How the committee decides.
///
/// Majority: an option is decided that has more than half of the votes cast; "none of these" is a vote as any other, and
/// with more than half of them only something else can be decided. Consent: no voting member objects, which is so when
/// every ballot that was cast is for the option that is decided.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rule {
    /// The chair decides after hearing the others.
    #[default]
    Chair,
    /// More than half of the votes cast.
    Majority,
    /// Nobody objects.
    Consent,
}

impl Rule {
    /// All, in the order of menus.
    pub const ALL: [Self; 3] = [Self::Chair, Self::Majority, Self::Consent];

    /// The text in the database and in forms.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Chair => "chair",
            Self::Majority => "majority",
            Self::Consent => "consent",
        }
    }

    /// From a form or a record.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|rule| rule.as_str() == text)
    }

    /// On screen.
    #[must_use]
    pub fn label(self, t: T) -> String {
        match self {
            Self::Chair => t.rules_rule_chair(),
            Self::Majority => t.rules_rule_majority(),
            Self::Consent => t.rules_rule_consent(),
        }
    }

    /// What it means, in a sentence.
    #[must_use]
    pub fn meaning(self, t: T) -> String {
        match self {
            Self::Chair => t.rules_meaning_chair(),
            Self::Majority => t.rules_meaning_majority(),
            Self::Consent => t.rules_meaning_consent(),
        }
    }
}

/// The rules of one project's committee.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct Rules {
    /// How it decides.
    pub rule: Rule,
    /// A member sees how the others voted once they have voted.
    pub hides_results: bool,
    /// A member who acts for the chair where the chair cannot.
    pub deputy_id: Option<PersonId>,
    /// Their name.
    pub deputy: Option<String>,
    /// The last day on which the chair is away.
    pub away_until: Option<Date>,
    /// Counts edits; 0 while nothing was ever set.
    pub version: i32,
}

impl Rules {
    /// Whether the chair is away on this day.
    #[must_use]
    pub fn is_chair_away(&self, today: Date) -> bool {
        self.away_until.is_some_and(|until| today <= until)
    }
}

/// Who records the decision of one question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Recorder {
    /// The chair.
    Chair,
    /// The deputy, while the chair cannot.
    Deputy,
    /// Nobody: the chair has stepped aside, and there is no deputy who could act.
    Nobody,
}

/// Who records it. A chair who has stepped aside never does; one who is away does only where nobody stands in.
#[must_use]
pub fn recorder(is_chair_aside: bool, is_chair_away: bool, has_deputy: bool) -> Recorder {
    match (is_chair_aside, is_chair_away, has_deputy) {
        (true, _, true) | (false, true, true) => Recorder::Deputy,
        (true, _, false) => Recorder::Nobody,
        (false, _, _) => Recorder::Chair,
    }
}

/// The deputy, while they are a member of the committee.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub struct Deputy {
    /// Who.
    pub person_id: PersonId,
    /// The last day on which the chair is away.
    pub away_until: Option<Date>,
}

/// Whether a person records what no escalation asked for, supersedes a decision and looks at it again: the chair, or the
/// deputy while the chair is away. Nobody steps aside from what was never put to the committee.
#[must_use]
pub fn records_alone(is_chair: bool, person: PersonId, deputy: Option<Deputy>, today: Date) -> bool {
    let is_away = deputy.and_then(|deputy| deputy.away_until).is_some_and(|until| today <= until);
    match recorder(false, is_away, deputy.is_some()) {
        Recorder::Chair | Recorder::Nobody => is_chair,
        Recorder::Deputy => deputy.is_some_and(|deputy| deputy.person_id == person),
    }
}

/// The ballots of one question as they stand.
#[derive(Clone, Debug)]
pub struct Poll {
    /// What each ballot that counts is for; none is "none of these".
    pub ballots: Vec<Option<OptionId>>,
    /// People with a vote, without those who have stepped aside.
    pub members: usize,
    /// How many of them are away, have not voted and do not record it: nobody waits for them.
    pub absent: usize,
    /// How many of them must have voted, as the project sets it.
    pub quorum: i16,
    /// Whoever records it has a vote and has not cast it: where the chair decides, recording it is being heard.
    pub is_recorder_unheard: bool,
}

impl Poll {
    /// How many must be heard: never more than have voted or still may.
    #[must_use]
    pub fn needed(&self) -> usize {
        usize::try_from(self.quorum).unwrap_or(0).min(self.members.saturating_sub(self.absent))
    }

    /// Whether recording it is what makes whoever records it heard.
    #[must_use]
    pub fn is_heard_by_recording(&self, rule: Rule) -> bool {
        rule == Rule::Chair && self.is_recorder_unheard
    }
}

/// What can be recorded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Nothing yet: so many members still have to vote.
    Missing(usize),
    /// Whatever the chair decides.
    Free,
    /// This option only; none is something else than the options.
    Only(Option<OptionId>),
    /// Nothing yet, though enough have voted.
    Open(Why),
}

/// Why enough votes decide nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// Nobody has voted.
    NobodyVoted,
    /// Nothing has more than half of the votes.
    NoMajority,
    /// Not everybody is for the same option.
    Dissent,
}

impl Verdict {
    /// Whether this may be recorded: an option, or something else.
    #[must_use]
    pub fn allows(self, option: Option<OptionId>) -> bool {
        match self {
            Self::Free => true,
            Self::Only(only) => only == option,
            Self::Missing(_) | Self::Open(_) => false,
        }
    }

    /// Whether anything may be recorded.
    #[must_use]
    pub fn allows_something(self) -> bool {
        matches!(self, Self::Free | Self::Only(_))
    }
}

/// What a rule makes of the ballots.
#[must_use]
pub fn verdict(rule: Rule, poll: &Poll) -> Verdict {
    let heard = poll.ballots.len() + usize::from(poll.is_heard_by_recording(rule));
    let missing = poll.needed().saturating_sub(heard);
    if missing > 0 {
        return Verdict::Missing(missing);
    }
    let leading = poll.ballots.iter().max_by_key(|choice| votes_for(poll, **choice)).copied();
    match (rule, leading) {
        (Rule::Chair, _) => Verdict::Free,
        (Rule::Majority | Rule::Consent, None) => Verdict::Open(Why::NobodyVoted),
        (Rule::Majority, Some(choice)) if votes_for(poll, choice) * 2 > poll.ballots.len() => Verdict::Only(choice),
        (Rule::Majority, Some(_)) => Verdict::Open(Why::NoMajority),
        (Rule::Consent, Some(Some(choice))) if votes_for(poll, Some(choice)) == poll.ballots.len() => {
            Verdict::Only(Some(choice))
        }
        (Rule::Consent, Some(_)) => Verdict::Open(Why::Dissent),
    }
}

fn votes_for(poll: &Poll, choice: Option<OptionId>) -> usize {
    poll.ballots.iter().filter(|ballot| **ballot == choice).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn what_each_rule_makes_of_the_ballots() {
        let (a, b) = (Some(OptionId::new()), Some(OptionId::new()));
        let none = None;
        let open = Verdict::Open;
        // Rule, ballots, members, how many of them are absent, quorum, whether the recorder is unheard, what can be recorded.
        type Case = (Rule, Vec<Option<OptionId>>, (usize, usize), i16, bool, Verdict);
        let cases: Vec<Case> = vec![
            (Rule::Chair, vec![], (3, 0), 0, false, Verdict::Free),
            (Rule::Chair, vec![], (3, 0), 1, true, Verdict::Free),
            (Rule::Chair, vec![], (3, 0), 1, false, Verdict::Missing(1)),
            (Rule::Chair, vec![a, none], (5, 0), 3, false, Verdict::Missing(1)),
            (Rule::Chair, vec![a, none], (5, 0), 3, true, Verdict::Free),
            // A quorum never asks for more members than are left, or than are here.
            (Rule::Chair, vec![a], (3, 0), 3, true, Verdict::Missing(1)),
            (Rule::Chair, vec![a], (3, 1), 3, true, Verdict::Free),
            (Rule::Majority, vec![a], (2, 1), 2, true, Verdict::Only(a)),
            (Rule::Majority, vec![], (2, 1), 2, true, Verdict::Missing(1)),
            (Rule::Chair, vec![], (1, 1), 1, false, Verdict::Free),
            (Rule::Chair, vec![a, a], (2, 0), 3, false, Verdict::Free),
            (Rule::Majority, vec![a], (2, 0), 2, true, Verdict::Missing(1)),
            (Rule::Majority, vec![], (3, 0), 0, false, open(Why::NobodyVoted)),
            (Rule::Majority, vec![a, a, b], (3, 0), 3, false, Verdict::Only(a)),
            (Rule::Majority, vec![a, b], (3, 0), 2, false, open(Why::NoMajority)),
            (Rule::Majority, vec![a, a, b, none], (4, 0), 2, false, open(Why::NoMajority)),
            (Rule::Majority, vec![none, none, b], (3, 0), 2, false, Verdict::Only(None)),
            (Rule::Consent, vec![], (3, 0), 0, false, open(Why::NobodyVoted)),
            (Rule::Consent, vec![a, a], (3, 0), 2, false, Verdict::Only(a)),
            (Rule::Consent, vec![a, a, b], (3, 0), 2, false, open(Why::Dissent)),
            (Rule::Consent, vec![a, none], (3, 0), 2, false, open(Why::Dissent)),
            (Rule::Consent, vec![none, none], (3, 0), 2, false, open(Why::Dissent)),
            (Rule::Consent, vec![a], (3, 0), 2, false, Verdict::Missing(1)),
        ];
        for (rule, ballots, (members, absent), quorum, is_recorder_unheard, expected) in cases {
            let poll = Poll { ballots, members, absent, quorum, is_recorder_unheard };
            assert_eq!(verdict(rule, &poll), expected, "{rule:?} of {poll:?}");
        }
        for (verdict, option, is_allowed) in [
            (Verdict::Free, a, true),
            (Verdict::Free, none, true),
            (Verdict::Only(a), a, true),
            (Verdict::Only(a), b, false),
            (Verdict::Only(a), none, false),
            (Verdict::Only(none), none, true),
            (Verdict::Missing(1), a, false),
            (Verdict::Open(Why::Dissent), a, false),
        ] {
            assert_eq!(verdict.allows(option), is_allowed, "{verdict:?}");
            assert_eq!(verdict.allows_something(), !matches!(verdict, Verdict::Missing(_) | Verdict::Open(_)));
        }
    }

    #[test]
    fn who_records_it() {
        for (aside, away, deputy, expected) in [
            (false, false, false, Recorder::Chair),
            (false, false, true, Recorder::Chair),
            (false, true, true, Recorder::Deputy),
            (false, true, false, Recorder::Chair),
            (true, false, true, Recorder::Deputy),
            (true, true, true, Recorder::Deputy),
            (true, false, false, Recorder::Nobody),
            (true, true, false, Recorder::Nobody),
        ] {
            assert_eq!(recorder(aside, away, deputy), expected, "{aside} {away} {deputy}");
        }
        let (chair, member) = (PersonId::new(), PersonId::new());
        let today = date(2026, 11, 18);
        let deputy = |until| Some(Deputy { person_id: member, away_until: until });
        for (deputy, of_chair, of_member) in [
            (None, true, false),
            (deputy(None), true, false),
            (deputy(Some(date(2026, 11, 17))), true, false),
            (deputy(Some(today)), false, true),
        ] {
            assert_eq!(records_alone(true, chair, deputy, today), of_chair, "{deputy:?}");
            assert_eq!(records_alone(false, member, deputy, today), of_member, "{deputy:?}");
            assert!(!records_alone(false, PersonId::new(), deputy, today), "another member");
        }
        let rules = |until| Rules { away_until: until, ..Rules::default() };
        for (until, is_away) in
            [(None, false), (Some(date(2026, 11, 17)), false), (Some(today), true), (Some(date(2026, 11, 19)), true)]
        {
            assert_eq!(rules(until).is_chair_away(today), is_away);
        }
        for rule in Rule::ALL {
            assert_eq!(Rule::parse(rule.as_str()), Some(rule));
        }
    }
}
