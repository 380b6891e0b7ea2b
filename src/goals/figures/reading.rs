//! Reading an amount as people type and paste it: thousands set off, signs of the unit, full-width figures, `k` and `万`; pure.

use super::{LARGEST, Scale, UnitKind};
use crate::platform::locale::T;

impl Scale {
    /// Reads what somebody typed or pasted: thousands may be set off, a sign of the unit, `k`, `M`, `万` and `亿` may stand with it.
    ///
    /// Refused is what somebody else would read otherwise. `0,125` is an eighth where decimals follow a comma, and no number has a
    /// first group of thousands that begins with 0. `1.000` is a thousand where points set off thousands, and three zeros say
    /// nothing as decimals; `0.000`, `1,250.000` and `1.000k` can only be decimals, and are read.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn parse(&self, text: &str) -> Result<i64, Wrong> {
        let plain = without_spaces(text);
        let (is_negative, plain) = match plain.strip_prefix(['-', '−']) {
            Some(rest) => (true, rest.to_owned()),
            None => (false, plain),
        };
        let mut plain = plain.as_str();
        if self.unit_kind == UnitKind::Money {
            plain = plain.trim_start_matches(['$', '¥', '€', '£']);
            plain = plain
                .strip_prefix(self.unit.as_str())
                .or_else(|| plain.strip_suffix(self.unit.as_str()))
                .unwrap_or(plain);
        }
        if self.unit_kind == UnitKind::Percent {
            plain = plain.strip_suffix('%').unwrap_or(plain);
        }
        let (plain, times) = match plain.chars().last() {
            Some('k' | 'K') => (shorter(plain), 1_000),
            Some('M' | 'm') => (shorter(plain), 1_000_000),
            Some('万') => (shorter(plain), 10_000),
            Some('亿') => (shorter(plain), 100_000_000),
            _ => (plain, 1),
        };
        let (whole, rest) = plain.split_once('.').unwrap_or((plain, ""));
        if times == 1 && rest == "000" && is_first_group(whole) {
            return Err(Wrong::NotANumber);
        }
        let whole = thousands(whole).ok_or(Wrong::NotANumber)?;
        if !rest.chars().all(|c| c.is_ascii_digit()) || (plain.contains('.') && rest.is_empty()) {
            return Err(Wrong::NotANumber);
        }
        if rest.len() > 12 || whole.len() > 16 {
            return Err(Wrong::TooLarge);
        }
        let of_ten = i128::from(10_u64.pow(u32::try_from(rest.len()).unwrap_or_default()));
        let digits: i128 = format!("{whole}{rest}").parse().map_err(|_| Wrong::NotANumber)?;
        let steps = digits * i128::from(times) * i128::from(self.one());
        if steps % of_ten != 0 {
            return Err(Wrong::TooFine(self.decimals));
        }
        let steps = i64::try_from(steps / of_ten).ok().filter(|steps| *steps <= LARGEST).ok_or(Wrong::TooLarge)?;
        Ok(if is_negative { -steps } else { steps })
    }
}

/// Why a text is no amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wrong {
    /// Not a number at all, or thousands set off where none are or where they could be decimals.
    NotANumber,
    /// Finer than the scale, which has so many decimals.
    TooFine(i16),
    /// Beyond [`LARGEST`].
    TooLarge,
}

impl Wrong {
    /// What to tell who typed it.
    #[must_use]
    pub fn text(self, t: T) -> String {
        match self {
            Self::NotANumber => t.goals_amount_wrong(),
            Self::TooFine(0) => t.goals_amount_whole(),
            Self::TooFine(decimals) => t.goals_amount_too_fine(i64::from(decimals)),
            Self::TooLarge => t.goals_amount_too_large(),
        }
    }
}

/// Digits without their thousands separators; none where these stand in odd places.
fn thousands(text: &str) -> Option<String> {
    let groups: Vec<&str> = text.split(',').collect();
    let is_group = |(index, group): (usize, &&str)| {
        group.chars().all(|c| c.is_ascii_digit())
            && match (groups.len(), index) {
                (1, _) => !group.is_empty() && (group.len() == 1 || !group.starts_with('0')),
                (_, 0) => is_first_group(group),
                _ => group.len() == 3,
            }
    };
    groups.iter().enumerate().all(is_group).then(|| groups.concat())
}

/// Whether digits can stand before the first sign that sets off thousands.
fn is_first_group(digits: &str) -> bool {
    (1..=3).contains(&digits.len()) && !digits.starts_with('0') && digits.chars().all(|c| c.is_ascii_digit())
}

/// Whether a comma between two texts may set off thousands of one figure: `1` and `250`, `$12` and `500.50`, `12/1` and `250`.
#[must_use]
pub fn is_torn(before: &str, after: &str) -> bool {
    let (before, after) = (without_spaces(before), without_spaces(after));
    let (ratio, first) = before.rsplit_once(['/', '／']).map_or((false, before.as_str()), |(_, below)| (true, below));
    let first = first.trim_start_matches(['-', '−', '$', '¥', '€', '£']);
    let (group, rest) = after.split_at_checked(3).unwrap_or_default();
    let goes_on = |c: char| c.is_ascii_digit() || matches!(c, '.' | '%' | 'k' | 'K' | 'M' | 'm' | '万' | '亿');
    let is_end = |c: char| goes_on(c) || (!ratio && matches!(c, '/' | '／'));
    is_first_group(first)
        && group.len() == 3
        && group.chars().all(|c| c.is_ascii_digit())
        && !rest.starts_with(|c: char| c.is_ascii_digit())
        && rest.chars().all(is_end)
}

/// Without spaces: between figures they set off thousands as commas do.
fn without_spaces(text: &str) -> String {
    let chars: Vec<char> = text.trim().chars().map(half_width).collect();
    let is_figure = |at: Option<usize>| at.and_then(|at| chars.get(at)).is_some_and(char::is_ascii_digit);
    let kept = chars.iter().enumerate().filter_map(|(at, c)| match c {
        c if !c.is_whitespace() => Some(*c),
        _ if is_figure(at.checked_sub(1)) && is_figure(Some(at + 1)) => Some(','),
        _ => None,
    });
    kept.collect()
}

/// Without its last character.
fn shorter(text: &str) -> &str {
    text.char_indices().next_back().and_then(|(at, _)| text.get(..at)).unwrap_or_default()
}

/// Full-width figures and signs as the keyboard of a spreadsheet writes them.
fn half_width(c: char) -> char {
    match c {
        '０'..='９' | '，' | '．' | '％' | '－' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        '￥' => '¥',
        _ => c,
    }
}
