//! What one text has that another has not, word by word, in Chinese character by character; pure.

/// A piece of a text, in the order of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// The words.
    pub text: String,
    /// Whether the other text has them not.
    pub is_changed: bool,
}

/// Two texts with more words than this between their common start and end are two different texts: nobody compares them word by
/// word, and the table for it would be large.
const LARGEST: usize = 1_000_000;

/// The two texts, each with what the other has not.
#[must_use]
pub fn between(before: &str, after: &str) -> (Vec<Run>, Vec<Run>) {
    let (old, new) = (words(before), words(after));
    let start = old.iter().zip(&new).take_while(|(one, other)| one == other).count();
    let rest = old.len().min(new.len()) - start;
    let end = old.iter().rev().zip(new.iter().rev()).take(rest).take_while(|(one, other)| one == other).count();
    let middle = |words: &[&str]| words.len() - start - end;
    let (old_middle, new_middle) = (part(&old, start, middle(&old)), part(&new, start, middle(&new)));
    let (removed, added) = if old_middle.len().saturating_mul(new_middle.len()) > LARGEST {
        (vec![true; old_middle.len()], vec![true; new_middle.len()])
    } else {
        marks(old_middle, new_middle)
    };
    (runs(&old, start, &removed), runs(&new, start, &added))
}

fn part<'a, 'b>(words: &'a [&'b str], start: usize, length: usize) -> &'a [&'b str] {
    words.get(start..start + length).unwrap_or_default()
}

/// Words, single characters of Chinese and single marks, and the space between them.
fn words(text: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let length = match kind(first) {
            Kind::Alone => first.len_utf8(),
            same => rest.find(|c| kind(c) != same).unwrap_or(rest.len()),
        };
        let (word, after) = rest.split_at(length);
        words.push(word);
        rest = after;
    }
    words
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Letter,
    Space,
    Alone,
}

fn kind(c: char) -> Kind {
    match c {
        c if c.is_whitespace() => Kind::Space,
        // From here on scripts write without spaces.
        c if c.is_alphanumeric() && u32::from(c) < 0x2e80 => Kind::Letter,
        '\'' | '’' => Kind::Letter,
        _ => Kind::Alone,
    }
}

/// Which words of each are not in a longest common row of words.
fn marks(old: &[&str], new: &[&str]) -> (Vec<bool>, Vec<bool>) {
    let lengths = lengths(old, new);
    let common = |old: usize, new: usize| lengths.get(old).and_then(|row| row.get(new)).copied().unwrap_or_default();
    let (mut removed, mut added) = (Vec::with_capacity(old.len()), Vec::with_capacity(new.len()));
    loop {
        let (left, right) = (old.len() - removed.len(), new.len() - added.len());
        match (old.get(removed.len()), new.get(added.len())) {
            (Some(one), Some(other)) if one == other => {
                removed.push(false);
                added.push(false);
            }
            (Some(_), Some(_)) if common(left - 1, right) >= common(left, right - 1) => removed.push(true),
            (Some(_), None) => removed.push(true),
            (_, Some(_)) => added.push(true),
            (None, None) => return (removed, added),
        }
    }
}

/// How long the longest common row is of so many last words of each.
fn lengths(old: &[&str], new: &[&str]) -> Vec<Vec<u16>> {
    let mut rows = Vec::with_capacity(old.len() + 1);
    let mut below = vec![0_u16; new.len() + 1];
    for word in old.iter().rev() {
        let mut row = Vec::with_capacity(below.len());
        let mut last = 0;
        row.push(last);
        for (other, under) in new.iter().rev().zip(below.windows(2)) {
            last = match under {
                [across, _] if word == other => across.saturating_add(1),
                [_, under] => last.max(*under),
                _ => last,
            };
            row.push(last);
        }
        rows.push(std::mem::replace(&mut below, row));
    }
    rows.push(below);
    rows
}

/// The text in as few pieces as there are; space between two changed words is changed with them.
fn runs(words: &[&str], start: usize, marks: &[bool]) -> Vec<Run> {
    let marked = |at: usize| at.checked_sub(start).and_then(|at| marks.get(at)).copied().unwrap_or_default();
    let mut runs: Vec<Run> = Vec::new();
    for (at, word) in words.iter().enumerate() {
        let is_between = word.trim().is_empty() && at > 0 && marked(at - 1) && marked(at + 1);
        let is_changed = marked(at) || is_between;
        match runs.last_mut() {
            Some(last) if last.is_changed == is_changed => last.text.push_str(word),
            _ => runs.push(Run { text: (*word).to_owned(), is_changed }),
        }
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::*;

    /// With what is changed in brackets.
    fn written(runs: &[Run]) -> String {
        runs.iter().map(|run| if run.is_changed { format!("[{}]", run.text) } else { run.text.clone() }).collect()
    }

    #[test]
    fn changed_words_are_marked_on_both_sides() {
        for (before, after, old, new) in [
            ("", "", "", ""),
            ("same", "same", "same", "same"),
            ("", "all new", "", "[all new]"),
            ("all gone", "", "[all gone]", ""),
            ("win 1,000 customers", "win 3,000 customers", "win [1],000 customers", "win [3],000 customers"),
            ("teams of brands", "small teams of brands", "teams of brands", "[small ]teams of brands"),
            ("one two three", "one four five", "one [two three]", "one [four five]"),
            ("a b c d", "b c x d", "[a ]b c d", "b c[ x] d"),
            (
                "面向海外品牌的市场团队",
                "面向海外品牌的销售团队",
                "面向海外品牌的[市场]团队",
                "面向海外品牌的[销售]团队",
            ),
            ("第一年", "第二年", "第[一]年", "第[二]年"),
            ("don’t stop", "don’t go", "don’t [stop]", "don’t [go]"),
            ("one\ntwo", "one\n\ntwo", "one[\n]two", "one[\n\n]two"),
        ] {
            let (was, is) = between(before, after);
            assert_eq!((written(&was).as_str(), written(&is).as_str()), (old, new));
        }
    }

    #[test]
    fn nothing_is_lost_of_either_text() {
        let texts = ["", "a", "a b", "b a", "a a b a", "愿景 vision，愿景", "x, y; z", "z y x", "\u{200d}e\u{301} é"];
        for before in texts {
            for after in texts {
                let (was, is) = between(before, after);
                let plain = |runs: &[Run]| runs.iter().map(|run| run.text.as_str()).collect::<String>();
                assert_eq!((plain(&was).as_str(), plain(&is).as_str()), (before, after));
                let kept = |runs: &[Run]| -> usize {
                    runs.iter().filter(|run| !run.is_changed).map(|run| run.text.trim().len()).sum()
                };
                assert!(before != after || kept(&was) == before.trim().len(), "{before}");
            }
        }
    }

    #[test]
    fn two_long_texts_without_anything_in_common_are_marked_whole() {
        let (before, after) = ("愿".repeat(2000), "景".repeat(2000));
        let (was, is) = between(&before, &after);
        assert!(was.len() == 1 && is.len() == 1 && was[0].is_changed && is[0].is_changed);
    }
}
