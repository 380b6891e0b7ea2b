//! Fills the throwaway database: the project GEO with 300 tasks, and around it as much as asked for.

use sqlx::{AssertSqlSafe, Executor, PgConnection};
use tutti::{accounts::session::token_hash, platform::ids};

/// How much there is in all besides GEO.
#[derive(Clone, Copy, Debug)]
pub struct Size {
    pub projects: u64,
    pub tasks: u64,
    pub people: u64,
    pub events: u64,
}

/// The organisation, its lead, the project GEO with 300 tasks of four departments; answers the lead's cookie.
pub async fn organisation(sql: &mut PgConnection) -> String {
    let secret = ids::new_secret().unwrap();
    sql.execute(
        "insert into organisations (id, name, language, time_zone, working_days, created_at) values (gen_random_uuid(), 'Qiming', 'en', 'Asia/Shanghai', '{1,2,3,4,5}', now());
         insert into departments (id, code, name_en, name_zh, short_en, short_zh, colour, position, created_at)
           select gen_random_uuid(), code, name, name, left(code, 2), left(code, 1), n, n, now()
           from (values (1, 'PM', 'Product'), (2, 'RND', 'R and D'), (3, 'MKT', 'Marketing'), (4, 'SAL', 'Sales')) as d (n, code, name);
         insert into people (id, email, name, role, created_at) values (gen_random_uuid(), 'lead@bench.example', 'Lin Yue', 'member', now());
         insert into people (id, email, name, role, created_at)
           select gen_random_uuid(), 'team' || n || '@bench.example', 'Person ' || n, 'member', now() from generate_series(1, 20) n;
         insert into projects (id, key, name, blueprint, tier, state, starts_on, launches_on, created_by, created_at, published_at)
           select gen_random_uuid(), 'GEO', 'GEO Monitor 1.0', 'b2b-saas', 1, 'active', current_date - 60, current_date + 60, id, now(), now() from people where email = 'lead@bench.example';
         insert into seats (project_id, id, person_id, role, created_at) select projects.id, gen_random_uuid(), people.id, 'gtm_lead', now() from projects, people where email = 'lead@bench.example'",
    )
    .await
    .unwrap();
    project_rows(sql, "key = 'GEO'", 300).await;
    sqlx::query(
        "insert into sessions (id, person_id, token_hash, created_at, seen_at, expires_at)
         select gen_random_uuid(), id, $1, now(), now(), now() + interval '1 day' from people where email = 'lead@bench.example'",
    )
    .bind(token_hash(&secret))
    .execute(sql)
    .await
    .unwrap();
    secret
}

/// Stages, parts, seats and tasks of the projects that the condition finds and that have no stage yet.
async fn project_rows(sql: &mut PgConnection, condition: &str, tasks: u64) {
    let statement = format!(
        "create temporary table made on commit drop as select id from projects where {condition} and not exists (select from stages where project_id = projects.id);
         insert into stages (project_id, id, position, code, name_en, name_zh, days, is_launch, state, baseline_starts_on, baseline_ends_on, starts_on, ends_on)
           select made.id, gen_random_uuid(), n, 'A' || n, 'Stage ' || n, '阶段' || n, 20, n = 7, case when n = 3 then 'current' when n < 3 then 'passed' else 'ahead' end,
                  current_date + (n - 3) * 20, current_date + (n - 3) * 20 + 19, current_date + (n - 3) * 20, current_date + (n - 3) * 20 + 19
           from made, generate_series(1, 9) n;
         insert into project_health (project_id, computed, computed_at, computed_on, is_stale)
           select id, 'on_track', now(), (now() at time zone 'Asia/Shanghai')::date, false from made;
         insert into parts (project_id, id, code, kind, department_id, name_en, name_zh, short_en, short_zh, colour, position)
           select made.id, gen_random_uuid(), code, 'department', departments.id, name_en, name_zh, short_en, short_zh, colour, position from made, departments;
         insert into tasks (project_id, id, number, title, part_id, assignee_id, status, due_on, baseline_due_on, stage_id, comment_count, created_by, created_at, changed_at)
           select made.id, gen_random_uuid(), n, 'Task ' || n || ': what must be true when it is done',
                  (select id from parts where project_id = made.id order by position offset n % 4 limit 1),
                  (select id from people where email = 'team' || (1 + n % 20) || '@bench.example'),
                  (array['todo', 'todo', 'doing', 'review', 'todo', 'done'])[1 + n % 6], current_date - 20 + (n % 90)::int, current_date - 20 + (n % 90)::int,
                  (select id from stages where project_id = made.id order by position offset n % 9 limit 1), n % 7,
                  (select created_by from projects where id = made.id), now(), now()
           from made, generate_series(1, {tasks}) n;
         insert into seats (project_id, id, person_id, part_id, role, created_at)
           select made.id, gen_random_uuid(), people.id, (select id from parts where project_id = made.id order by position limit 1), 'member', now()
           from made, people where people.id in (select assignee_id from tasks where tasks.project_id = made.id);
         update projects set next_task_number = {tasks} + 1 where id in (select id from made)"
    );
    sql.execute("begin").await.unwrap();
    sql.execute(AssertSqlSafe(statement)).await.unwrap();
    sql.execute("commit").await.unwrap();
}

/// More projects, tasks, people and events around GEO, and statistics for the planner.
pub async fn grow(sql: &mut PgConnection, size: Size) {
    sql.execute(AssertSqlSafe(format!(
        "insert into people (id, email, name, role, created_at)
           select gen_random_uuid(), 'p' || n || '@bench.example', 'Person ' || n, 'member', now()
           from generate_series((select count(*) from people), {people}) n on conflict do nothing;
         insert into projects (id, key, name, blueprint, tier, state, starts_on, launches_on, created_by, created_at, published_at)
           select gen_random_uuid(), 'X' || upper(lpad(to_hex(n), 4, '0')), 'Project ' || n, 'b2b-saas', 1, 'active', current_date - 60, current_date + 60,
                  (select id from people where email = 'lead@bench.example'), now(), now()
           from generate_series((select count(*) from projects), {projects}) n on conflict do nothing;
         insert into seats (project_id, id, person_id, role, created_at)
           select projects.id, gen_random_uuid(), people.id, 'viewer', now() from projects
           join people on people.email = 'p' || (100 + abs(hashtext(projects.key)) % 90) || '@bench.example'
           on conflict do nothing",
        people = size.people,
        projects = size.projects,
    )))
    .await
    .unwrap();
    project_rows(sql, "key like 'X%'", size.tasks / size.projects).await;
    events(sql, size.events).await;
    sql.execute("vacuum analyze").await.unwrap();
    // What was filled is on the disk before anything is measured, not written out meanwhile.
    sql.execute("checkpoint").await.unwrap();
}

/// So many events of the past, a second apart, with ids in the order of their moments as the application makes them. The
/// indexes are made afterwards: keeping them while fifty million rows come in takes far longer.
async fn events(sql: &mut PgConnection, many: u64) {
    let indexes: Vec<(String, String)> = sqlx::query_as(
        "select indexname::text, indexdef from pg_indexes where schemaname = 'public' and tablename = 'events'
           and indexname not in (select conname from pg_constraint)",
    )
    .fetch_all(&mut *sql)
    .await
    .unwrap();
    for (name, _) in &indexes {
        sql.execute(AssertSqlSafe(format!("drop index {name}"))).await.unwrap();
    }
    sql.execute("set maintenance_work_mem = '1GB'").await.unwrap();
    let mut left = many;
    while left > 0 {
        let some = left.min(2_000_000);
        sql.execute(AssertSqlSafe(format!(
            "insert into events (id, at, project_id, actor_id, actor_name, kind, subject_kind, subject_id, subject_label, subject_title)
               select (lpad(to_hex((extract(epoch from now()) * 1000)::bigint - n::bigint * 1000), 12, '0') || '7' || substr(md5(n::text), 1, 3)
                         || '8' || substr(md5(n::text), 4, 15))::uuid,
                      now() - n * interval '1 second', p.ids[1 + n % array_length(p.ids, 1)], null, 'Person', 'task.status_changed', 'task',
                      gen_random_uuid(), 'GEO-1', 'Task'
               from generate_series({first}, {left}) n, (select array_agg(id) as ids from projects) p order by n desc",
            first = left - some + 1,
        )))
        .await
        .unwrap();
        left -= some;
    }
    for (_, definition) in &indexes {
        sql.execute(AssertSqlSafe(definition.clone())).await.unwrap();
    }
}
