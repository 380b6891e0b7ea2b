//! The page on which options are written and compared.

use super::{
    actions::{self, Sheet, Written},
    aligned::{Aligned, aligned, has_twins},
    model::{
        Asked, Chosen, KNOWN, LETTERS, OWN, OptionRow, asked, known_label, read_criteria, read_options, require_answers,
    },
};
use crate::{
    decisions::escalations::{Case, Dossier, State as Step, pages::faster},
    platform::{ids::OptionId, locale::T},
    projects::ProjectHead,
    web::{AppState, Error, Errors, Fields, Flash, Reply, Result, Routes, Shell, Tier, page_with, paths, ui},
};
use askama::Template;
use axum::{extract::State, http::StatusCode, response::IntoResponse};

/// The routes of this part.
pub fn routes() -> Routes {
    Routes::new()
        .get(Tier::Project, "/p/{key}/escalations/{number}/options", show)
        .post(Tier::Project, "/p/{key}/escalations/{number}/options", write)
        .post(Tier::Project, "/p/{key}/escalations/{number}/criteria", choose)
        .stands_at("/p/{key}/escalations/{number}/criteria", "/p/{key}/escalations/{number}/options")
}

#[derive(Template)]
#[template(path = "decisions/options.html")]
struct OptionsPage {
    shell: Shell,
    head: ProjectHead,
    path: String,
    label: String,
    question: String,
    version: i32,
    errors: Errors,
    note: Option<String>,
    may_choose: bool,
    /// The committee has it: options stay, and a change is a new version.
    is_before_committee: bool,
    criteria: Vec<CriterionBox>,
    own: Vec<(String, String, String)>,
    rows: Vec<Row>,
    tones: Vec<ui::Choice>,
    /// As it is saved now, shown beside what was typed when somebody was faster.
    saved: Vec<String>,
}

struct CriterionBox {
    code: &'static str,
    label: String,
    is_chosen: bool,
}

struct Row {
    letter: &'static str,
    id: String,
    heading: String,
    title: String,
    summary: String,
    is_known: bool,
    is_removed: bool,
    answers: Vec<Cell>,
}

struct Cell {
    name: String,
    tone_name: String,
    tone_label: String,
    label: String,
    answer: String,
    tone: String,
}

/// What was sent, and how it was refused.
enum Sent {
    Nothing,
    Wrong(Fields, Errors),
    Stale(Fields),
    /// The criteria are saved, the options below them are not yet.
    CriteriaOnly(Fields),
}

impl Sent {
    fn field(&self, name: &str, stands: &str) -> String {
        match self {
            Self::Nothing => stands.to_owned(),
            Self::Wrong(fields, _) | Self::Stale(fields) | Self::CriteriaOnly(fields) if fields.has(name) => {
                fields.text(name)
            }
            Self::Wrong(..) | Self::Stale(_) | Self::CriteriaOnly(_) => stands.to_owned(),
        }
    }

    fn fields(&self) -> Option<&Fields> {
        match self {
            Self::Nothing => None,
            Self::Wrong(fields, _) | Self::Stale(fields) | Self::CriteriaOnly(fields) => Some(fields),
        }
    }

    /// What its options answer: with criteria that were chosen and not saved.
    fn asked(&self, t: T, dossier: &Dossier) -> Vec<Asked> {
        let none = Fields::default();
        let fields = self.fields().unwrap_or(&none);
        let keeps_choice = matches!(self, Self::Wrong(..) | Self::Stale(_)) && fields.has("criteria");
        let chosen = keeps_choice.then(|| read_criteria(t, fields, &mut Errors::none()));
        asked(dossier, chosen.as_deref(), fields)
    }

    fn has(&self, name: &str) -> bool {
        match self {
            Self::Nothing => false,
            Self::Wrong(fields, _) | Self::Stale(fields) | Self::CriteriaOnly(fields) => fields.has(name),
        }
    }
}

async fn show(case: Case) -> Result {
    match case.require_options(case.dossier().state, case.may_prepare()) {
        Ok(()) => render(case, &Sent::Nothing),
        // Nobody was faster: nothing was sent. The case says where it is.
        Err(Error::Conflict) => {
            let text = case.shell().t.escalation_options_closed(format!("E-{}", case.dossier().number));
            let there = paths::escalation(&case.project().key, case.dossier().number);
            Ok(Reply::to(there).flash(Flash { tone: "warn", text, undo: None }).into_response())
        }
        Err(refused) => Err(refused),
    }
}

fn render(case: Case, sent: &Sent) -> Result {
    let (t, dossier) = (case.shell().t, case.dossier());
    let status = match sent {
        Sent::Nothing | Sent::CriteriaOnly(_) => StatusCode::OK,
        Sent::Wrong(..) => StatusCode::UNPROCESSABLE_ENTITY,
        Sent::Stale(_) => StatusCode::CONFLICT,
    };
    let template = OptionsPage {
        path: paths::escalation(&case.project().key, dossier.number).to_string(),
        label: dossier.label(),
        question: dossier.question.clone(),
        version: dossier.version,
        errors: match sent {
            Sent::Wrong(_, errors) => errors.clone(),
            Sent::Nothing | Sent::Stale(_) | Sent::CriteriaOnly(_) => Errors::none(),
        },
        note: match sent {
            Sent::Stale(_) => Some(t.decisions_stale()),
            Sent::CriteriaOnly(_) => Some(t.decisions_criteria_only_saved()),
            Sent::Nothing | Sent::Wrong(..) => None,
        },
        may_choose: case.may_choose_criteria(),
        is_before_committee: dossier.state == Step::WithCommittee,
        criteria: criteria(t, dossier, sent),
        own: own(t, dossier, sent),
        rows: rows(t, dossier, sent),
        tones: vec![
            ui::Choice::new("", t.decisions_tone_none()),
            ui::Choice::new("ok", t.decisions_tone_ok()),
            ui::Choice::new("warn", t.decisions_tone_warn()),
            ui::Choice::new("bad", t.decisions_tone_bad()),
        ],
        saved: match sent {
            Sent::Stale(_) => saved(t, dossier),
            Sent::Nothing | Sent::Wrong(..) | Sent::CriteriaOnly(_) => Vec::new(),
        },
        head: case.head().clone(),
        shell: case.shell().clone(),
    };
    page_with(status, &template)
}

fn criteria(t: T, dossier: &Dossier, sent: &Sent) -> Vec<CriterionBox> {
    KNOWN
        .into_iter()
        .map(|code| CriterionBox {
            code,
            label: known_label(t, code),
            is_chosen: match sent {
                Sent::Wrong(fields, _) | Sent::Stale(fields) if fields.has("criteria") => {
                    fields.all("criterion").any(|sent| sent == code)
                }
                _ => dossier.criteria.iter().any(|criterion| criterion.code.as_deref() == Some(code)),
            },
        })
        .collect()
}

fn own(t: T, dossier: &Dossier, sent: &Sent) -> Vec<(String, String, String)> {
    let mut names = dossier.criteria.iter().filter(|criterion| criterion.code.is_none());
    (1..=OWN)
        .map(|index| {
            let field = format!("own{index}");
            let stands = names.next().map(|criterion| criterion.name.clone()).unwrap_or_default();
            (field.clone(), t.decisions_own_criterion(index), sent.field(&field, &stands))
        })
        .collect()
}

/// Every option, and one empty row more while there is a letter for it.
fn rows(t: T, dossier: &Dossier, sent: &Sent) -> Vec<Row> {
    let wanted = (dossier.options.len() + 1).max(2);
    let asked = sent.asked(t, dossier);
    let is_wanted = |index: usize, letter: &str| index < wanted || sent.has(&format!("title-{letter}"));
    LETTERS
        .into_iter()
        .enumerate()
        .filter(|(index, letter)| {
            is_wanted(*index, letter) || dossier.options.iter().any(|option| option.letter == *letter)
        })
        .map(|(_, letter)| {
            let known = dossier.options.iter().find(|option| option.letter == letter);
            let id = known.map_or_else(OptionId::new, |option| option.id);
            let answers = asked.iter().map(|one| {
                let criterion = &one.criterion;
                let stands = known.and_then(|option| dossier.answer(option.id, criterion.id));
                let (name, tone_name) = one.names(letter);
                let was = sent.fields().and_then(|fields| one.sent(letter, fields));
                let (of, tone_of) = was.unwrap_or_else(|| (name.clone(), tone_name.clone()));
                Cell {
                    answer: sent.field(&of, stands.map_or("", |answer| answer.answer.as_str())),
                    tone: sent.field(&tone_of, stands.and_then(|answer| answer.tone.as_deref()).unwrap_or("")),
                    tone_label: t.decisions_tone_of(criterion.label(t)),
                    label: criterion.label(t),
                    name,
                    tone_name,
                }
            });
            Row {
                letter,
                id: sent.field(&format!("id-{letter}"), &id.to_string()),
                heading: t.decisions_option_letter(letter),
                title: sent.field(&format!("title-{letter}"), known.map_or("", |option| option.title.as_str())),
                summary: sent.field(&format!("summary-{letter}"), known.map_or("", |option| option.summary.as_str())),
                is_known: known.is_some(),
                is_removed: sent.has(&format!("remove-{letter}")),
                answers: answers.collect(),
            }
        })
        .collect()
}

fn saved(t: T, dossier: &Dossier) -> Vec<String> {
    dossier
        .options
        .iter()
        .map(|option| {
            let answers = dossier.criteria.iter().filter_map(|criterion| {
                let answer = dossier.answer(option.id, criterion.id)?;
                Some(t.events_detail(criterion.label(t)) + " " + answer.answer.as_str())
            });
            let answers: Vec<String> = answers.collect();
            format!("{} {}", t.labelled(&option.letter, &option.title), t.list(&answers))
        })
        .collect()
}

/// A form of options, read against the case as it stands.
struct ReadForm {
    fields: Fields,
    chosen: Option<Vec<Chosen>>,
    asked: Vec<Asked>,
    rows: Vec<OptionRow>,
    errors: Errors,
}

impl ReadForm {
    fn of(case: &Case, sent: &Fields) -> Self {
        let (t, dossier) = (case.shell().t, case.dossier());
        let mut errors = Errors::none();
        let Aligned { fields, left_out } = aligned(dossier, sent);
        for title in left_out {
            errors.add("title-A", t.decisions_options_full(LETTERS.len(), title));
        }
        let is_before_committee = dossier.state == Step::WithCommittee;
        if is_before_committee {
            let removed = dossier.options.iter().filter(|option| fields.has(&format!("remove-{}", option.letter)));
            for option in removed {
                errors.add(format!("title-{}", option.letter), t.decisions_option_stays(&option.letter));
            }
        }
        // Whoever may choose the criteria has them in the same form.
        let chosen = fields.has("criteria").then(|| read_criteria(t, &fields, &mut errors));
        let asked = asked(dossier, chosen.as_deref(), &fields);
        let rows = read_options(t, dossier, &asked, &fields, &mut errors);
        if is_before_committee {
            require_answers(t, &rows, &asked, &mut errors);
        }
        Self { fields, chosen, asked, rows, errors }
    }

    async fn write(&self, state: &AppState, case: &mut Case) -> Result<Written> {
        let version = self.fields.hidden("version")?;
        let (chosen, asked) = (self.chosen.as_deref(), self.asked.as_slice());
        actions::write_options(state, case, Sheet { rows: self.rows.clone(), chosen, asked, version }).await
    }
}

async fn write(State(state): State<AppState>, mut case: Case, sent: Fields) -> Result {
    if let Err(refused) = case.require_options(case.dossier().state, case.may_prepare()) {
        return faster(&state, case, "options", sent, refused).await;
    }
    if has_twins(&sent) {
        return Err(Error::Unprocessable);
    }
    let t = case.shell().t;
    let form = ReadForm::of(&case, &sent);
    if !form.errors.is_empty() {
        return render(case, &Sent::Wrong(form.fields, form.errors));
    }
    let mut written = match form.write(&state, &mut case).await {
        Ok(Written::Done) => return Ok(saved_reply(&case, t.decisions_options_saved())),
        Ok(written) => written,
        Err(refused) => return faster(&state, case, "options", sent, refused).await,
    };
    case.refresh(&state).await?;
    let form = ReadForm::of(&case, &sent);
    // Somebody wrote at this very moment: what only adds is added beside.
    if form.errors.is_empty() {
        written = match form.write(&state, &mut case).await {
            Ok(Written::Done) => return Ok(saved_reply(&case, t.decisions_options_saved())),
            Ok(written) => written,
            Err(refused) => return faster(&state, case, "options", sent, refused).await,
        };
        case.refresh(&state).await?;
    }
    match written {
        Written::Unanswered if !form.errors.is_empty() => render(case, &Sent::Wrong(form.fields, form.errors)),
        Written::Done | Written::Stale | Written::Unanswered => render(case, &Sent::Stale(form.fields)),
    }
}

async fn choose(State(state): State<AppState>, mut case: Case, sent: Fields) -> Result {
    if let Err(refused) = case.require_options(case.dossier().state, case.may_choose_criteria()) {
        return faster(&state, case, "options", sent, refused).await;
    }
    let t = case.shell().t;
    let fields = aligned(case.dossier(), &sent).fields;
    let mut errors = Errors::none();
    let chosen = read_criteria(t, &fields, &mut errors);
    if !errors.is_empty() {
        return render(case, &Sent::Wrong(fields, errors));
    }
    let answers = asked(case.dossier(), Some(&chosen), &fields);
    let written = actions::choose_criteria(&state, &mut case, &chosen, &answers, fields.hidden("version")?).await;
    match written {
        Err(refused) => return faster(&state, case, "options", sent, refused).await,
        Ok(Written::Done) => {}
        Ok(Written::Stale) => {
            case.refresh(&state).await?;
            let fields = aligned(case.dossier(), &sent).fields;
            return render(case, &Sent::Stale(fields));
        }
        Ok(Written::Unanswered) => {
            case.refresh(&state).await?;
            return unanswered(&state, case, &sent).await;
        }
    }
    case.refresh(&state).await?;
    let fields = aligned(case.dossier(), &sent).fields;
    let mut unsaved = Errors::none();
    let rows = read_options(t, case.dossier(), &asked(case.dossier(), None, &fields), &fields, &mut unsaved);
    let sends_options = LETTERS.iter().any(|letter| fields.has(&format!("title-{letter}")));
    if sends_options && !(unsaved.is_empty() && actions::differences(case.dossier(), &rows).is_empty()) {
        return render(case, &Sent::CriteriaOnly(fields));
    }
    Ok(saved_reply(&case, t.decisions_criteria_saved()))
}

/// Criteria before the committee are saved together with the answers to them: those that are missing are asked for.
async fn unanswered(state: &AppState, case: Case, sent: &Fields) -> Result {
    let mut pairs = sent.pairs().to_vec();
    // A form of criteria alone leaves every option as it stands.
    for option in &case.dossier().options {
        let letter = &option.letter;
        if !sent.has(&format!("title-{letter}")) {
            pairs.push((format!("title-{letter}"), option.title.clone()));
            pairs.push((format!("summary-{letter}"), option.summary.clone()));
            for answer in case.dossier().answers.iter().filter(|answer| answer.option_id == option.id) {
                pairs.push((format!("answer-{letter}-{}", answer.criterion_id), answer.answer.clone()));
                let tone = answer.tone.clone().unwrap_or_default();
                pairs.push((format!("tone-{letter}-{}", answer.criterion_id), tone));
            }
        }
    }
    pairs.push(("criteria".to_owned(), "1".to_owned()));
    let pairs: Vec<(&str, &str)> = pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    write(State(state.clone()), case, Fields::of(&pairs)).await
}

/// Back to this page while something is missing, else to the escalation.
fn saved_reply(case: &Case, done: String) -> axum::response::Response {
    let path = paths::escalation(&case.project().key, case.dossier().number).to_string();
    Reply::to(format!("{path}/options")).done(done).into_response()
}
