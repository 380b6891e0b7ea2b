//! A small company for tests, put into the tables directly so that each room's tests need no other room's actions:
//! one administrator, people with seats, one project `GEO` with two stages and four parts.

use super::{Client, TestApp};
use sqlx::PgConnection;
use tutti::{
    accounts::work_links::{model, store},
    platform::{
        config::Config,
        ids::{self, PersonId},
    },
};
use uuid::Uuid;

impl TestApp {
    /// The organisation Qiming with the departments PM, RND, MKT and SAL, and nobody but the administrator `admin`.
    pub async fn organisation() -> Self {
        let app = Self::empty().await;
        app.found_organisation().await;
        app
    }

    /// Puts the organisation into an empty installation.
    pub async fn found_organisation(&self) {
        let mut sql = self.sql().await;
        sqlx::query(
            "insert into organisations (id, name, language, time_zone, working_days, created_at)
             values ($1, 'Qiming', 'en', 'Asia/Shanghai', '{1,2,3,4,5}', '2026-01-01T00:00:00Z')",
        )
        .bind(ids::new_uuid())
        .execute(&mut sql)
        .await
        .unwrap();
        for (position, (code, en, zh, short_en, short_zh)) in [
            ("PM", "Product", "产品", "PD", "产"),
            ("RND", "R&D", "研发", "RD", "研"),
            ("MKT", "Marketing", "市场", "MK", "市"),
            ("SAL", "Sales", "销售", "SA", "销"),
        ]
        .into_iter()
        .enumerate()
        {
            sqlx::query(
                "insert into departments (id, code, name_en, name_zh, short_en, short_zh, colour, position, created_at)
                 values ($1, $2, $3, $4, $5, $6, $7, $7, '2026-01-01T00:00:00Z')",
            )
            .bind(ids::new_uuid())
            .bind(code)
            .bind(en)
            .bind(zh)
            .bind(short_en)
            .bind(short_zh)
            .bind(i32::try_from(position).unwrap() + 1)
            .execute(&mut sql)
            .await
            .unwrap();
        }
        self.person("admin", "administrator").await;
    }

    /// Adds a person; the name is the part before the @ as given, the role `administrator`, `member` or `guest`.
    pub async fn person(&self, name: &str, role: &str) -> Uuid {
        let id = ids::new_uuid();
        sqlx::query(
            "insert into people (id, email, name, role, created_at) values ($1, $2, $3, $4, '2026-01-01T00:00:00Z')",
        )
        .bind(id)
        .bind(format!("{}@qiming.example", name.to_lowercase()))
        .bind(name)
        .bind(role)
        .execute(&mut self.sql().await)
        .await
        .unwrap();
        id
    }

    /// The id of a person added before.
    pub async fn id_of(&self, name: &str) -> Uuid {
        sqlx::query_scalar("select id from people where name = $1")
            .bind(name)
            .fetch_one(&mut self.sql().await)
            .await
            .unwrap()
    }

    /// A browser signed in as a person added before.
    pub async fn sign_in(&self, name: &str) -> Client {
        let secret = ids::new_secret().unwrap();
        sqlx::query(
            "insert into sessions (id, person_id, token_hash, created_at, seen_at, expires_at)
             select $1, id, $2, '2026-11-18T00:00:00Z', '2026-11-18T02:00:00Z', '2100-01-01T00:00:00Z' from people where name = $3",
        )
        .bind(ids::new_uuid())
        .bind(tutti::accounts::session::token_hash(&secret))
        .bind(name)
        .execute(&mut self.sql().await)
        .await
        .unwrap();
        Client::new(self).with_cookie("tutti", &secret)
    }

    /// The address of a link to a person's tasks, as a daily letter of this moment would carry it.
    pub async fn work_link(&self, name: &str) -> String {
        let secret = ids::new_secret().unwrap();
        let now = self.state.clock.now();
        let made = [(PersonId(self.id_of(name).await), tutti::accounts::session::token_hash(&secret))];
        store::insert(&mut self.sql().await, &made, now, model::ends_at(now)).await.unwrap();
        model::path(&secret)
    }

    /// The organisation with the active project GEO (GEO Monitor, launch 12 Jan 2027; stages Prepare (current) and Launch)
    /// and these people: `lead`, `liaison` (marketing), `other` (liaison of sales), `member` (of marketing),
    /// `committee`, `chair`, `adviser` (guest), `viewer`, `colleague` without a seat, `stranger` with a seat in the
    /// seats-only project HAL only, and `guest` asked about nothing of GEO.
    pub async fn with_project() -> (Self, Uuid) {
        Self::with_project_and(|config| config).await
    }

    /// As [`TestApp::with_project`], with other settings.
    pub async fn with_project_and(change: impl FnOnce(Config) -> Config) -> (Self, Uuid) {
        let app = Self::with(change).await;
        let geo = app.found_project().await;
        (app, geo)
    }

    /// Puts what [`TestApp::with_project`] has into an empty installation; answers the id of GEO.
    pub async fn found_project(&self) -> Uuid {
        self.found_organisation().await;
        for (name, role) in [
            ("lead", "member"),
            ("liaison", "member"),
            ("other", "member"),
            ("member", "member"),
            ("committee", "member"),
            ("chair", "member"),
            ("adviser", "guest"),
            ("viewer", "member"),
            ("colleague", "member"),
            ("stranger", "member"),
            ("guest", "guest"),
        ] {
            self.person(name, role).await;
        }
        let geo = self.project("GEO", "GEO Monitor", "organisation").await;
        for (name, role, part) in [
            ("lead", "gtm_lead", None),
            ("liaison", "liaison", Some("MKT")),
            ("other", "liaison", Some("SAL")),
            ("member", "member", Some("MKT")),
            ("committee", "committee", None),
            ("chair", "chair", None),
            ("adviser", "adviser", None),
            ("viewer", "viewer", None),
        ] {
            self.seat(geo, name, role, part).await;
        }
        let hal = self.project("HAL", "Halo S1", "seats").await;
        self.seat(hal, "stranger", "gtm_lead", None).await;
        geo
    }

    /// An active project with the stages Prepare (current) and Launch, the parts LEAD, COM, PM, RND, MKT and SAL, and no
    /// seats.
    pub async fn project(&self, key: &str, name: &str, visibility: &str) -> Uuid {
        let mut sql = self.sql().await;
        let id = ids::new_uuid();
        sqlx::query(
            "insert into projects (id, key, name, blueprint, tier, visibility, state, starts_on, launches_on, quorum, created_by, created_at, published_at)
             select $1, $2, $3, 'b2b-saas', 1, $4, 'active', '2026-10-05', '2027-01-12', 1, id, '2026-10-01T00:00:00Z', '2026-10-01T00:00:00Z'
             from people where name = 'admin'",
        )
        .bind(id)
        .bind(key)
        .bind(name)
        .bind(visibility)
        .execute(&mut sql)
        .await
        .unwrap();
        sqlx::query("insert into project_health (project_id, computed, computed_at, computed_on) values ($1, 'on_track', '2026-10-01T00:00:00Z', '2026-10-01')")
            .bind(id)
            .execute(&mut sql)
            .await
            .unwrap();
        for (position, code, en, zh, launch, state, from, to) in [
            (1_i16, "A1", "Prepare", "准备", false, "current", "2026-10-05", "2027-01-11"),
            (2, "A2", "Launch", "上市", true, "ahead", "2027-01-12", "2027-02-09"),
        ] {
            sqlx::query(
                "insert into stages (project_id, id, position, code, name_en, name_zh, days, is_launch, state, baseline_starts_on, baseline_ends_on, starts_on, ends_on)
                 values ($1, $2, $3, $4, $5, $6, 20, $7, $8, $9::date, $10::date, $9::date, $10::date)",
            )
            .bind(id)
            .bind(ids::new_uuid())
            .bind(position)
            .bind(code)
            .bind(en)
            .bind(zh)
            .bind(launch)
            .bind(state)
            .bind(from)
            .bind(to)
            .execute(&mut sql)
            .await
            .unwrap();
        }
        insert_part(&mut sql, id, "LEAD", "lead", 0).await;
        insert_part(&mut sql, id, "COM", "committee", 1).await;
        for (position, code) in ["PM", "RND", "MKT", "SAL"].into_iter().enumerate() {
            insert_part(&mut sql, id, code, "department", i16::try_from(position).unwrap() + 2).await;
        }
        id
    }

    /// Gives a person a seat.
    pub async fn seat(&self, project: Uuid, name: &str, role: &str, part: Option<&str>) {
        sqlx::query(
            "insert into seats (project_id, id, person_id, role, part_id, created_at)
             select $1, $2, (select id from people where name = $3), $4, (select id from parts where project_id = $1 and code = $5), '2026-10-01T00:00:00Z'",
        )
        .bind(project)
        .bind(ids::new_uuid())
        .bind(name)
        .bind(role)
        .bind(part)
        .execute(&mut self.sql().await)
        .await
        .unwrap();
    }

    /// A task of a department of a project; answers its number.
    pub async fn task(&self, project: Uuid, part: &str, title: &str, assignee: Option<&str>, due: &str) -> i32 {
        sqlx::query_scalar(
            "with next as (update projects set next_task_number = next_task_number + 1 where id = $1 returning next_task_number - 1 as number)
             insert into tasks (project_id, id, number, title, part_id, assignee_id, due_on, baseline_due_on, stage_id, created_by, created_at, changed_at)
             select $1, $2, next.number, $3, (select id from parts where project_id = $1 and code = $4),
                    (select id from people where name = $5), $6::date, $6::date, (select id from stages where project_id = $1 and position = 1),
                    (select id from people where name = 'admin'), '2026-10-01T00:00:00Z', '2026-10-01T00:00:00Z' from next
             returning number",
        )
        .bind(project)
        .bind(ids::new_uuid())
        .bind(title)
        .bind(part)
        .bind(assignee)
        .bind(due)
        .fetch_one(&mut self.sql().await)
        .await
        .unwrap()
    }
}

async fn insert_part(sql: &mut PgConnection, project: Uuid, code: &str, kind: &str, position: i16) {
    sqlx::query(
        "insert into parts (project_id, id, code, kind, department_id, name_en, name_zh, short_en, short_zh, colour, position)
         select $1, $2, $3, $4, departments.id, coalesce(departments.name_en, $5), coalesce(departments.name_zh, $6),
                coalesce(departments.short_en, $7), coalesce(departments.short_zh, $8), coalesce(departments.colour, 8), $9
         from (values (1)) as one left join departments on departments.code = $3 and $4 = 'department'",
    )
    .bind(project)
    .bind(ids::new_uuid())
    .bind(code)
    .bind(kind)
    .bind(if kind == "lead" { "GTM lead" } else { "Decision committee" })
    .bind(if kind == "lead" { "GTM 负责人" } else { "决策委员会" })
    .bind(if kind == "lead" { "GL" } else { "DC" })
    .bind(if kind == "lead" { "牵" } else { "委" })
    .bind(position)
    .execute(sql)
    .await
    .unwrap();
}
