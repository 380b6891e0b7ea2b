-- What the administrator's audit and a person's page read.

-- Finds where a day begins in the order of ids.
create index events_at on events (at, id);

-- The same order up and down, so that row comparisons can use them.
drop index events_of_project, events_of_subject, events_of_actor, events_of_kind;
create index events_of_project on events (project_id, id);
create index events_of_subject on events (subject_id, id);
create index events_of_actor on events (actor_id, id);
create index events_of_kind on events (kind, id);

-- Everybody's present seats, with what a reader is told of them.
create view seats_of_people as
    select seats.person_id, seats.project_id, projects.key, projects.name, projects.state, seats.role, seats.capacity,
           parts.name_en as part_en, parts.name_zh as part_zh
    from seats
    join projects on projects.id = seats.project_id
    left join parts on parts.project_id = seats.project_id and parts.id = seats.part_id
    where seats.removed_at is null;

-- The keys of projects, for filters and links.
create view project_keys as select id, key from projects;

-- What colleagues are told of a person.
create view people_in_departments as
    select people.id as person_id, people.name, people.title, people.email, people.role,
           people.deactivated_at is not null as is_deactivated, departments.id as department_id,
           departments.name_en as department_en, departments.name_zh as department_zh,
           departments.short_en, departments.short_zh, departments.colour
    from people left join departments on departments.id = people.department_id;
