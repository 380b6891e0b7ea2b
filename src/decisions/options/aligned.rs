//! A form of options laid on the options as they stand now: each row belongs to the option whose id it carries, whatever
//! letter it had when the form was made. Pure.

use super::model::LETTERS;
use crate::{
    decisions::escalations::{Dossier, dossier::Choice},
    platform::ids::OptionId,
    web::Fields,
};

/// A form whose rows stand at the letters that their options have now.
#[derive(Debug)]
pub struct Aligned {
    /// The fields.
    pub fields: Fields,
    /// The names of new options for which there is no letter left.
    pub left_out: Vec<String>,
}

/// The letter that a field of a row belongs to, with what stands before and behind it: `answer-`, `C`, `-0192…`.
fn letter_of(name: &str) -> Option<(&str, &str, &str)> {
    let prefix = ["id-", "new-", "title-", "summary-", "remove-", "answer-", "tone-"]
        .into_iter()
        .find(|prefix| name.starts_with(prefix))?;
    let (prefix, rest) = name.split_at(prefix.len());
    let letter = LETTERS.into_iter().find(|letter| rest.strip_prefix(letter).is_some_and(ends))?;
    Some((prefix, letter, rest.strip_prefix(letter)?))
}

fn ends(rest: &str) -> bool {
    rest.is_empty() || rest.starts_with('-')
}

/// Whether anything was typed into the row of a letter.
fn is_filled(sent: &Fields, letter: &str) -> bool {
    sent.pairs().iter().any(|(name, value)| {
        let field = letter_of(name).filter(|(_, of, _)| *of == letter);
        field.is_some_and(|(prefix, ..)| matches!(prefix, "title-" | "summary-" | "answer-"))
            && !value.trim().is_empty()
    })
}

/// Whether two rows carry the id of one option, which no form of ours does.
#[must_use]
pub fn has_twins(sent: &Fields) -> bool {
    let mut ids: Vec<OptionId> = LETTERS.into_iter().filter_map(|letter| sent.value(&format!("id-{letter}"))).collect();
    let all = ids.len();
    ids.sort_unstable();
    ids.dedup();
    ids.len() < all
}

/// Lays a form on the options as they stand. A row with the id of an option is that option's; new rows get the free letters
/// in their order, so that one that was left empty makes no gap and nobody else's option loses its own; an option that the
/// form does not know stays as it is. Rows without ids go by their letters.
#[must_use]
pub fn aligned(dossier: &Dossier, sent: &Fields) -> Aligned {
    let rows: Vec<(&'static str, OptionId)> =
        LETTERS.into_iter().filter_map(|letter| Some((letter, sent.value(&format!("id-{letter}"))?))).collect();
    if rows.is_empty() {
        return Aligned { fields: sent.clone(), left_out: Vec::new() };
    }
    let standing = |id: OptionId| dossier.option(id).map(|option| option.letter.as_str());
    let taken = |letter: &str| dossier.options.iter().any(|option| option.letter == letter);
    let mut moved: Vec<(&str, String)> =
        rows.iter().filter_map(|(letter, id)| Some((*letter, standing(*id)?.to_owned()))).collect();
    let by_letter = |letter: &str| sent.has(&format!("title-{letter}")) && rows.iter().all(|(row, _)| *row != letter);
    let mut free = LETTERS.into_iter().filter(|letter| !taken(letter) && !by_letter(letter));
    let mut left_out = Vec::new();
    let is_kept = |letter: &str| is_filled(sent, letter) && !sent.has(&format!("remove-{letter}"));
    for (letter, _) in rows.iter().filter(|(letter, id)| standing(*id).is_none() && is_kept(letter)) {
        match free.next() {
            Some(to) => moved.push((*letter, to.to_owned())),
            None => left_out.push(sent.get(&format!("title-{letter}")).to_owned()),
        }
    }
    let mut pairs: Vec<(String, String)> = Vec::new();
    for (name, value) in sent.pairs() {
        match letter_of(name) {
            Some((prefix, letter, rest)) if rows.iter().any(|(row, _)| *row == letter) => {
                if let Some((_, to)) = moved.iter().find(|(from, _)| *from == letter) {
                    pairs.push((format!("{prefix}{to}{rest}"), value.clone()));
                }
            }
            Some(_) | None => pairs.push((name.clone(), value.clone())),
        }
    }
    let is_sent = |option: &&Choice| {
        let by_letter = sent.has(&format!("title-{}", option.letter)) && !sent.has(&format!("id-{}", option.letter));
        by_letter || rows.iter().any(|(_, id)| *id == option.id)
    };
    for option in dossier.options.iter().filter(|option| !is_sent(option)) {
        let letter = &option.letter;
        pairs.retain(|(name, _)| letter_of(name).is_none_or(|(_, of, _)| of != letter.as_str()));
        pairs.push((format!("id-{letter}"), option.id.to_string()));
        pairs.push((format!("title-{letter}"), option.title.clone()));
        pairs.push((format!("summary-{letter}"), option.summary.clone()));
        for answer in dossier.answers.iter().filter(|answer| answer.option_id == option.id) {
            pairs.push((format!("answer-{letter}-{}", answer.criterion_id), answer.answer.clone()));
            let tone = answer.tone.clone().unwrap_or_default();
            pairs.push((format!("tone-{letter}-{}", answer.criterion_id), tone));
        }
    }
    let pairs: Vec<(&str, &str)> = pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    Aligned { fields: Fields::of(&pairs), left_out }
}
