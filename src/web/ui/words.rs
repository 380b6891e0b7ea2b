//! The words that stand on every card and row, looked up once for each language and not once a row.

use super::Status;
use crate::{
    platform::locale::{Language, T},
    web::shell::Health,
};
use std::sync::LazyLock;

pub(super) struct Words {
    status: [String; Status::ALL.len()],
    health: [String; 4],
    letters: [String; 4],
}

static ENGLISH: LazyLock<Words> = LazyLock::new(|| Words::of(T(Language::English)));
static CHINESE: LazyLock<Words> = LazyLock::new(|| Words::of(T(Language::Chinese)));

/// The words of the reader's language.
pub(super) fn words(t: T) -> &'static Words {
    match t.language() {
        Language::English => &ENGLISH,
        Language::Chinese => &CHINESE,
    }
}

impl Words {
    fn of(t: T) -> Self {
        Self {
            status: [
                t.status_todo(),
                t.status_doing(),
                t.status_blocked(),
                t.status_review(),
                t.status_done(),
                t.status_dropped(),
            ],
            health: [
                Health::OnTrack.label(t),
                Health::AtRisk.label(t),
                Health::OffTrack.label(t),
                Health::NotStarted.label(t),
            ],
            letters: [t.letter_a(), t.letter_r(), t.letter_c(), t.letter_i()],
        }
    }

    pub(super) fn status(&self, status: Status) -> &str {
        let [todo, doing, blocked, review, done, dropped] = &self.status;
        match status {
            Status::Todo => todo,
            Status::Doing => doing,
            Status::Blocked => blocked,
            Status::Review => review,
            Status::Done => done,
            Status::Dropped => dropped,
        }
    }

    pub(super) fn health(&self, health: Health) -> &str {
        let [on_track, at_risk, off_track, not_started] = &self.health;
        match health {
            Health::OnTrack => on_track,
            Health::AtRisk => at_risk,
            Health::OffTrack => off_track,
            Health::NotStarted => not_started,
        }
    }

    /// Empty for anything but A, R, C and I.
    pub(super) fn letter(&self, letter: char) -> &str {
        let [a, r, c, i] = &self.letters;
        match letter {
            'A' => a,
            'R' => r,
            'C' => c,
            'I' => i,
            _ => "",
        }
    }
}
