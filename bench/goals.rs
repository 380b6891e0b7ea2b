//! The page of goals at its fullest: three objectives with three key results each, twelve departments, three years of months.

use super::{CONNECTIONS, SERVER, load::Load};
use sqlx::{AssertSqlSafe, Executor, PgConnection};
use std::time::Duration;

/// Fills GEO with as many goals as there may be, and prints how quickly the pages about them come, one reader and many.
pub async fn measure(sql: &mut PgConnection, cookie: &str, time: Duration) {
    departments(sql).await;
    fill(sql, Size { of: "key = 'GEO'", each: 3, months: (36, 18) }).await;
    for path in ["/p/GEO/goals", "/p/GEO/goals/1.1", "/p/GEO/goals/1.1/split"] {
        let page = |connections| Load { port: SERVER, path: path.to_owned(), cookie: cookie.to_owned(), connections };
        let bytes = page(1).once().await.body_length;
        let (one, many) = (page(1).run(time).await, page(CONNECTIONS).run(time).await);
        println!("{path}, three years of months: {bytes} bytes gzip; one reader {one}; many {many}");
    }
}

/// How many goals there are.
pub struct Size {
    /// Of which projects: a condition on `projects`.
    pub of: &'static str,
    /// Objectives a project, and key results an objective.
    pub each: u8,
    /// Months of a key result, and how many of them have figures.
    pub months: (u8, u8),
}

/// Twelve departments in GEO.
async fn departments(sql: &mut PgConnection) {
    sql.execute(
        "with made as (
             insert into departments (id, code, name_en, name_zh, short_en, short_zh, colour, position, created_at)
             select gen_random_uuid(), 'D' || n, 'Department ' || n, '部门' || n, 'D' || n, '部', 5 + n % 8, 10 + n, now()
             from generate_series(1, 8) n returning *)
         insert into parts (project_id, id, code, kind, department_id, name_en, name_zh, short_en, short_zh, colour, position)
         select projects.id, gen_random_uuid(), made.code, 'department', made.id, made.name_en, made.name_zh, made.short_en, made.short_zh,
                made.colour, made.position
         from projects, made where key = 'GEO'",
    )
    .await
    .unwrap();
}

/// Fills projects with goals that every department has a share and figures of.
pub async fn fill(sql: &mut PgConnection, Size { of, each, months: (months, reported) }: Size) {
    sql.execute(AssertSqlSafe(format!(
        "begin;
         insert into objectives (project_id, id, position, title, created_by, created_at)
           select id, gen_random_uuid(), n, 'Objective ' || n, created_by, now() from projects, generate_series(1, {each}) n where {of};
         create temporary table wanted on commit drop as
           select o.project_id, o.id as objective_id, n as position, gen_random_uuid() as id, gen_random_uuid() as series_id, o.created_by,
                  date_trunc('month', now())::date - interval '{reported} months' as starts_on,
                  (select id from parts where parts.project_id = o.project_id and kind = 'department' order by position limit 1) as part_id
           from objectives o, generate_series(1, {each}) n;
         insert into series (project_id, id, measure, unit_kind, unit) select project_id, series_id, 'additive', 'number', 'sign-ups' from wanted;
         insert into key_results (project_id, id, objective_id, position, title, series_id, part_id, created_by, created_at)
           select project_id, id, objective_id, position, 'Key result ' || position, series_id, part_id, created_by, now() from wanted;
         insert into key_result_terms (project_id, key_result_id, number, baseline, target, starts_on, due_on, set_by, set_at)
           select project_id, id, 1, 0, 1000 * {months} * (select count(*) from parts p where p.project_id = wanted.project_id and p.kind = 'department'),
                  starts_on, starts_on + interval '{months} months' - interval '1 day', created_by, now() from wanted;
         insert into share_rows (project_id, key_result_id, part_id, owes)
           select w.project_id, w.id, p.id, 'What it owes' from wanted w join parts p on p.project_id = w.project_id and p.kind = 'department';
         insert into shares (project_id, key_result_id, part_id, month, amount, set_by, set_at)
           select w.project_id, w.id, p.id, w.starts_on + n * interval '1 month', 1000, w.created_by, now()
           from wanted w join parts p on p.project_id = w.project_id and p.kind = 'department', generate_series(0, {months} - 1) n;
         insert into entries (project_id, id, series_id, part_id, period, value, confidence, note, entered_by, entered_at)
           select w.project_id, gen_random_uuid(), w.series_id, p.id, w.starts_on + n * interval '1 month', 900 + n, 7, 'One sentence', w.created_by, now()
           from wanted w join parts p on p.project_id = w.project_id and p.kind = 'department', generate_series(0, {reported} - 1) n;
         commit;
         analyze objectives, series, key_results, key_result_terms, share_rows, shares, entries"
    )))
    .await
    .unwrap();
}
