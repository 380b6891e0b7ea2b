//! The page of goals at its fullest: three objectives with three key results each, twelve departments, three years of months.

use super::{CONNECTIONS, SERVER, load::Load};
use sqlx::{Executor, PgConnection};
use std::time::Duration;

/// Fills GEO with as many goals as there may be, and prints how quickly the pages about them come, one reader and many.
pub async fn measure(sql: &mut PgConnection, cookie: &str, time: Duration) {
    fill(sql).await;
    for path in ["/p/GEO/goals", "/p/GEO/goals/1.1", "/p/GEO/goals/1.1/split"] {
        let page = |connections| Load { port: SERVER, path: path.to_owned(), cookie: cookie.to_owned(), connections };
        let bytes = page(1).once().await.body_length;
        let (one, many) = (page(1).run(time).await, page(CONNECTIONS).run(time).await);
        println!("{path}, three years of months: {bytes} bytes gzip; one reader {one}; many {many}");
    }
}

async fn fill(sql: &mut PgConnection) {
    sql.execute(
        "begin;
         insert into parts (project_id, id, code, kind, name_en, name_zh, short_en, short_zh, colour, position)
           select projects.id, gen_random_uuid(), 'D' || n, 'department', 'Department ' || n, '部门' || n, 'D' || n, '部', 5 + n % 8, 10 + n
           from projects, generate_series(1, 8) n where key = 'GEO';
         insert into objectives (project_id, id, position, title, created_by, created_at)
           select id, gen_random_uuid(), n, 'Objective ' || n, created_by, now() from projects, generate_series(1, 3) n where key = 'GEO';
         create temporary table wanted on commit drop as
           select o.project_id, o.id as objective_id, n as position, gen_random_uuid() as id, gen_random_uuid() as series_id, o.created_by,
                  date_trunc('month', now())::date - interval '18 months' as starts_on,
                  (select id from parts where parts.project_id = o.project_id order by position limit 1) as part_id
           from objectives o, generate_series(1, 3) n;
         insert into series (project_id, id, measure, unit_kind, unit) select project_id, series_id, 'additive', 'number', 'sign-ups' from wanted;
         insert into key_results (project_id, id, objective_id, position, title, series_id, part_id, created_by, created_at)
           select project_id, id, objective_id, position, 'Key result ' || position, series_id, part_id, created_by, now() from wanted;
         insert into key_result_terms (project_id, key_result_id, number, baseline, target, starts_on, due_on, set_by, set_at)
           select project_id, id, 1, 0, 432000, starts_on, starts_on + interval '36 months' - interval '1 day', created_by, now() from wanted;
         insert into share_rows (project_id, key_result_id, part_id, owes)
           select w.project_id, w.id, p.id, 'What it owes' from wanted w join parts p on p.project_id = w.project_id;
         insert into shares (project_id, key_result_id, part_id, month, amount, set_by, set_at)
           select w.project_id, w.id, p.id, w.starts_on + n * interval '1 month', 1000, w.created_by, now()
           from wanted w join parts p on p.project_id = w.project_id, generate_series(0, 35) n;
         insert into entries (project_id, id, series_id, part_id, period, value, confidence, note, entered_by, entered_at)
           select w.project_id, gen_random_uuid(), w.series_id, p.id, w.starts_on + n * interval '1 month', 900 + n, 7, 'One sentence', w.created_by, now()
           from wanted w join parts p on p.project_id = w.project_id, generate_series(0, 17) n;
         commit;
         analyze objectives, series, key_results, key_result_terms, share_rows, shares, entries",
    )
    .await
    .unwrap();
}
