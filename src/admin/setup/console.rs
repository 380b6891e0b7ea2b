//! `tutti admin create`: an administrator, and the organisation if there is none, without a browser.

use crate::{
    accounts::{
        organisation::{
            NewOrganisation,
            actions::{FirstAdministrator, SetupToken, add_administrator, create, is_set_up},
            zones,
        },
        people::{Email, model::check_name},
    },
    departments,
    events::Change,
    platform::{
        ids::{NoRandomness, new_secret},
        locale::{Language, T},
    },
    web::AppState,
};
use anyhow::{Context, bail, ensure};
use clap::Args;

/// An administrator to create.
#[derive(Args, Clone, Debug)]
pub struct CreateAdministrator {
    /// E-mail address, with which they sign in.
    #[arg(long)]
    pub email: Email,

    /// Their name.
    #[arg(long)]
    pub name: String,

    /// Their password, at least 12 characters. Without it one is made and printed.
    #[arg(long, env = "TUTTI_ADMIN_PASSWORD", hide_env_values = true)]
    pub password: Option<String>,

    /// Name of the organisation, needed when there is none yet.
    #[arg(long)]
    pub organisation: Option<String>,

    /// Language of a new organisation: en or zh-CN.
    #[arg(long, default_value = "en")]
    pub language: Language,

    /// Time zone of a new organisation, such as Asia/Shanghai.
    #[arg(long, default_value = "UTC")]
    pub time_zone: String,
}

/// Creates the administrator; answers the password when it was made here.
///
/// # Errors
/// When something given is not acceptable, or the database is away.
pub async fn create_administrator(state: &AppState, given: &CreateAdministrator) -> anyhow::Result<Option<String>> {
    let t = T(Language::English);
    let Ok(name) = check_name(&given.name) else { bail!("--name: use 1 to 80 characters") };
    let (password, made) = match &given.password {
        Some(password) => (password.clone(), None),
        None => {
            let made = readable_password()?;
            (made.clone(), Some(made))
        }
    };
    if let Some(complaint) = crate::accounts::passwords::complaint(t, &password) {
        bail!("--password: {complaint}");
    }
    let proof = SetupToken::at_the_console();
    let password_hash = state.hasher.hash(&password).await?;
    let administrator = FirstAdministrator { email: given.email.clone(), name, password_hash };
    let mut change = Change::by(state, None, "tutti admin create", "").await?;
    if !is_set_up(state).await? {
        let new = organisation(given)?;
        ensure!(create(&mut change, &proof, &new).await?, "the organisation was just set up by somebody else");
        departments::actions::create_defaults(&mut change).await?;
    }
    if add_administrator(&mut change, &proof, &administrator).await?.is_none() {
        bail!("--email: there is a person with the address {} already", given.email);
    }
    change.commit().await?;
    Ok(made)
}

fn organisation(given: &CreateAdministrator) -> anyhow::Result<NewOrganisation> {
    let name = given
        .organisation
        .as_deref()
        .map(str::trim)
        .context("there is no organisation yet: add --organisation and its name")?;
    ensure!((1..=120).contains(&name.chars().count()), "--organisation: use 1 to 120 characters");
    ensure!(zones::find(&given.time_zone).is_some(), "--time-zone: write it as Asia/Shanghai");
    Ok(NewOrganisation {
        name: name.to_owned(),
        language: given.language,
        time_zone: given.time_zone.clone(),
        working_days: NewOrganisation::usual_week(),
    })
}

/// A password to begin with: 96 random bits in groups that can be read aloud.
///
/// # Errors
/// When the system gives no random bytes.
pub fn readable_password() -> Result<String, NoRandomness> {
    let secret = new_secret()?;
    let groups: Vec<String> =
        secret.chars().take(24).collect::<Vec<_>>().chunks(4).map(|group| group.iter().collect()).collect();
    Ok(groups.join("-"))
}
