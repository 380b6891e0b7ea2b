//! What an administrator types about a person.

use crate::{
    accounts::{
        actions::{Details, NewPerson},
        people::{
            Email, Person,
            model::{check_name, check_title},
        },
    },
    departments::Department,
    platform::{ids::PersonId, locale::Language, locale::T},
    web::{Errors, Fields, shell::OrganisationRole, ui::Choice},
};

/// As typed.
#[derive(Clone, Debug, Default)]
pub struct Typed {
    /// Their name.
    pub name: String,
    /// Sign-in name.
    pub email: String,
    /// What they do here.
    pub title: String,
    /// A department's id, or empty.
    pub department: String,
    /// In the organisation.
    pub role: String,
    /// Of the invitation.
    pub language: String,
}

impl Typed {
    /// From a form.
    #[must_use]
    pub fn read(fields: &Fields) -> Self {
        let text = |name| fields.get(name).to_owned();
        Self {
            name: text("name"),
            email: text("email"),
            title: text("title"),
            department: text("department"),
            role: text("role"),
            language: text("language"),
        }
    }

    /// Of a person as they are.
    #[must_use]
    pub fn of(person: &Person) -> Self {
        Self {
            name: person.name.clone(),
            email: person.email.clone(),
            title: person.title.clone(),
            department: person.department_id.map(|id| id.to_string()).unwrap_or_default(),
            role: person.role.as_str().to_owned(),
            language: String::new(),
        }
    }

    /// Name, address, title and department, or all mistakes at once.
    ///
    /// # Errors
    /// The mistakes, by field.
    pub fn details(&self, t: T, departments: &[Department]) -> Result<Details, Errors> {
        let mut errors = Errors::none();
        let name = check_name(&self.name).map_err(|problem| errors.add("name", problem.text(t))).ok();
        let email = self.email.parse::<Email>().map_err(|_| errors.add("email", t.accounts_email_bad())).ok();
        let title = check_title(&self.title).map_err(|problem| errors.add("title", problem.text(t))).ok();
        let department = match self.department.as_str() {
            "" => None,
            typed => {
                let found = departments.iter().find(|department| department.id.to_string() == typed);
                if found.is_none() {
                    errors.add("department", t.people_department_wrong());
                }
                found.map(|department| department.id)
            }
        };
        match (name, email, title) {
            (Some(name), Some(email), Some(title)) if errors.is_empty() => {
                Ok(Details { email, name, title, department })
            }
            _ => Err(errors),
        }
    }

    /// A person to invite, or all mistakes at once.
    ///
    /// # Errors
    /// The mistakes, by field.
    pub fn invitation(&self, t: T, id: PersonId, departments: &[Department]) -> Result<NewPerson, Errors> {
        let (details, mut errors) = match self.details(t, departments) {
            Ok(details) => (Some(details), Errors::none()),
            Err(errors) => (None, errors),
        };
        let role = OrganisationRole::parse(&self.role);
        if role.is_none() {
            errors.add("role", t.people_role_wrong());
        }
        let language = self.language.parse::<Language>().ok();
        if language.is_none() {
            errors.add("language", t.organisation_language_wrong());
        }
        match (details, role, language) {
            (Some(Details { email, name, title, department }), Some(role), Some(language)) => {
                Ok(NewPerson { id, email, name, role, title, department, language })
            }
            _ => Err(errors),
        }
    }
}

/// An organisation role on screen.
#[must_use]
pub fn role_label(t: T, role: OrganisationRole) -> String {
    match role {
        OrganisationRole::Administrator => t.events_value_person_role_administrator(),
        OrganisationRole::Member => t.events_value_person_role_member(),
        OrganisationRole::Guest => t.events_value_person_role_guest(),
    }
}

/// The roles to choose from, each with what it means.
#[must_use]
pub fn roles(t: T) -> Vec<Choice> {
    OrganisationRole::ALL
        .into_iter()
        .map(|role| {
            let hint = match role {
                OrganisationRole::Administrator => t.people_role_administrator_hint(),
                OrganisationRole::Member => t.people_role_member_hint(),
                OrganisationRole::Guest => t.people_role_guest_hint(),
            };
            Choice::with_hint(role.as_str(), role_label(t, role), hint)
        })
        .collect()
}

/// The departments to choose from: the active ones, and the one chosen already.
#[must_use]
pub fn department_choices(t: T, departments: &[Department], chosen: &str, none: String) -> Vec<Choice> {
    let mut choices = vec![Choice::new("", none)];
    choices.extend(
        departments
            .iter()
            .filter(|department| !department.is_retired || department.id.to_string() == chosen)
            .map(|department| Choice::new(department.id, department.name(t))),
    );
    choices
}
