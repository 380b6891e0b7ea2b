//! What the chair looks at before confirming: the working days, and everything that another day of launch would move.

use super::form::{dated_apart, launch_asked};
use crate::{
    departments::calendar,
    platform::{clock::agreed_day, working_time::Calendar},
    projects::{Project, schedule::Anchor, settings},
    web::Fields,
    work::reschedule::{
        self, Moves, Plan, Refusal,
        model::{moves, possible},
    },
};
use jiff::civil::Date;
use sqlx::PgConnection;

/// What lies ahead.
#[derive(Debug)]
pub struct Outlook {
    /// The organisation's working days.
    pub calendar: Calendar,
    /// The day of launch that is asked for, with what it moves or why it cannot be.
    pub launch: Option<(Date, Result<Moves, Refusal>)>,
}

impl Outlook {
    /// Reads it for a form: two statements more when it asks for another day of launch.
    ///
    /// # Errors
    /// Of the database.
    pub async fn read(
        conn: &mut PgConnection,
        project: &Project,
        fields: &Fields,
        today: Date,
    ) -> Result<Self, sqlx::Error> {
        let calendar = calendar(conn).await?;
        let launch = match launch_asked(fields).and_then(|text| agreed_day(&text)) {
            Some(day) => {
                let stages = settings::store::stages(conn, project.id).await?;
                let dates = reschedule::store::open_dates(conn, project.id).await?;
                let planned = if possible(&stages).launch {
                    let plan = Plan { stages: &stages, launches_on: project.launches_on, calendar: &calendar, today };
                    moves(&plan, dates, &dated_apart(fields, &project.key), Anchor::Launch(day))
                } else {
                    Err(Refusal::LaunchHasBegun)
                };
                Some((day, planned))
            }
            None => None,
        };
        Ok(Self { calendar, launch })
    }

    /// The moves, when the day can be.
    #[must_use]
    pub fn moves(&self) -> Option<&Moves> {
        self.launch.as_ref().and_then(|(_, planned)| planned.as_ref().ok())
    }
}
