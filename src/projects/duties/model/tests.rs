use super::*;
use crate::{platform::locale::Language, projects::model::PartKind};
use proptest::prelude::*;

fn part(number: u128, name: &str) -> Part {
    Part {
        id: PartId(uuid::Uuid::from_u128(number)),
        code: name.to_uppercase(),
        kind: PartKind::Department,
        department_id: None,
        name_en: name.to_owned(),
        name_zh: String::new(),
        short_en: String::new(),
        short_zh: String::new(),
        colour: 1,
        liaison_id: None,
        liaison_name: None,
    }
}

fn parts() -> Vec<Part> {
    ["Product", "R&D", "Sales"].into_iter().zip(1..).map(|(name, number)| part(number, name)).collect()
}

fn id(number: u128) -> PartId {
    PartId(uuid::Uuid::from_u128(number))
}

#[test]
fn a_duty_needs_somebody_who_answers_and_somebody_who_does() {
    let cases = [
        (Wish::default(), vec![Refusal::NobodyAccountable, Refusal::NobodyResponsible]),
        (Wish { accountable: Some(id(1)), ..Wish::default() }, vec![Refusal::NobodyResponsible]),
        (Wish { responsible: vec![id(1)], ..Wish::default() }, vec![Refusal::NobodyAccountable]),
        (Wish { accountable: Some(id(9)), responsible: vec![id(1)], ..Wish::default() }, vec![Refusal::UnknownPart]),
    ];
    for (wish, expected) in cases {
        assert_eq!(wish.settle(&parts()), Err(expected), "{wish:?}");
    }
}

#[test]
fn the_stronger_letter_stays() {
    let wish = Wish {
        accountable: Some(id(1)),
        responsible: vec![id(1), id(2)],
        consulted: vec![id(1), id(2), id(3)],
        informed: vec![id(1), id(3)],
    };
    let letters = wish.settle(&parts()).unwrap();
    assert_eq!([1, 2, 3].map(|number| letters.of(id(number))), ["AR", "R", "C"]);
    assert_eq!(letters.line(&parts(), T(Language::English)), "A: Product; R: Product, R&D; C: Sales");
    assert_eq!(letters.line(&parts(), T(Language::Chinese)), "A：Product；R：Product、R&D；C：Sales");
    assert_eq!(Wish::of(&letters).settle(&parts()), Ok(letters));
}

#[test]
fn a_duty_is_given_to_others() {
    let wish =
        Wish { accountable: Some(id(1)), responsible: vec![id(1), id(2)], consulted: vec![id(3)], informed: vec![] };
    let letters = wish.settle(&parts()).unwrap();
    for (accountable, responsible, expected) in [
        (None, None, ["AR", "R", "C"]),
        (Some(2), None, ["R", "AR", "C"]),
        // The stronger letter stays where several meet in one part.
        (Some(3), None, ["R", "R", "A"]),
        (None, Some(3), ["A", "", "R"]),
        (Some(2), Some(3), ["", "A", "R"]),
        (Some(2), Some(2), ["", "AR", "C"]),
    ] {
        let given = letters.reassigned(accountable.map(id), responsible.map(id), &parts()).unwrap();
        assert_eq!([1, 2, 3].map(|number| given.of(id(number))), expected, "{accountable:?} {responsible:?}");
    }
    assert_eq!(letters.reassigned(Some(id(9)), None, &parts()), Err(vec![Refusal::UnknownPart]));
}

#[test]
fn who_holds_a_and_r_is_told_apart_from_who_is_told_of_it() {
    let held = |letters: &[(u128, Letter)]| {
        Letters::new(letters.iter().map(|(number, letter)| Held { part_id: id(*number), letter: *letter }))
    };
    // As a duty may stand that was written before the stronger letter stayed.
    let stands = held(&[(1, Letter::Accountable), (1, Letter::Responsible), (1, Letter::Informed)]);
    let given = stands.reassigned(Some(id(1)), Some(id(1)), &parts()).unwrap();
    assert_ne!(given, stands);
    assert!(given.has_same_main(&stands), "nothing that a decision changes");
    assert!(!stands.reassigned(Some(id(2)), None, &parts()).unwrap().has_same_main(&stands));
}

#[test]
fn added_duties_get_a_free_code() {
    let taken = |codes: &[&str]| codes.iter().map(|code| (*code).to_owned()).collect::<Vec<_>>();
    assert_eq!(free_code("A3", &[]), "a3_1");
    assert_eq!(free_code("A3", &taken(&["a3_price", "a3_2"])), "a3_3");
    assert_eq!(free_code("A3", &taken(&["a3_price", "a3_3"])), "a3_4");
}

proptest! {
    #[test]
    fn what_is_settled_obeys_every_rule(
        a in 1_u128..4, r in prop::collection::vec(1_u128..4, 1..6),
        c in prop::collection::vec(1_u128..4, 0..6), i in prop::collection::vec(1_u128..4, 0..6),
    ) {
        let ids = |numbers: &[u128]| numbers.iter().map(|number| id(*number)).collect::<Vec<_>>();
        let wish = Wish { accountable: Some(id(a)), responsible: ids(&r), consulted: ids(&c), informed: ids(&i) };
        let letters = wish.settle(&parts()).unwrap();
        prop_assert_eq!(letters.holders(Letter::Accountable).count(), 1);
        prop_assert!(letters.holders(Letter::Responsible).count() >= 1);
        for part in parts() {
            prop_assert!(["", "A", "AR", "R", "C", "I"].contains(&letters.of(part.id).as_str()));
        }
    }
}
