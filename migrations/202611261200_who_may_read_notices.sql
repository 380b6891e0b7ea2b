-- What stands before somebody who need not see its project: escalations that they were asked about, and those that were put to
-- the committee they advise.
create view notices_put_before as
    select guests.person_id, guests.project_id, guests.escalation_id from escalation_guests guests
    union
    select seats.person_id, seats.project_id, escalations.id
    from seats
    join escalations on escalations.project_id = seats.project_id
     and (escalations.state = 'with_committee' or exists (
         select from escalation_steps steps where steps.project_id = escalations.project_id
           and steps.escalation_id = escalations.id and steps.step = 'committee' offset 0))
    where seats.removed_at is null and seats.role = 'adviser';

-- The one condition of inbox, letters and what is forgotten: the lines that a person may read. An outsider does not see the
-- project: they read of what stands before them only, and nobody's name.
create function notices_read_by(of_person uuid, organisation_role text)
    returns table (id uuid, project_id uuid, subject_id uuid, event_id uuid, want text, count integer, at timestamptz,
                   read_at timestamptz, mailed_at timestamptz, is_outsider boolean) language sql stable as $$
    select notices.id, notices.project_id, notices.subject_id, notices.event_id, notices.want, notices.count, notices.at,
           notices.read_at, notices.mailed_at, seen.is_seen is null
    from notices
    left join lateral (select true as is_seen from projects_seen_by(of_person, organisation_role) as projects
                       where projects.id = notices.project_id offset 0) seen on true
    where notices.person_id = of_person
      and (seen.is_seen or exists (select from notices_put_before put
                                   where put.person_id = of_person and put.escalation_id = notices.subject_id offset 0))
$$;

-- How many of the unread lines a person may read, up to a hundred: those of projects that they see, from the index alone, and
-- those of the few escalations that stand before them otherwise.
create function unread_of(of_person uuid, organisation_role text) returns table (unread bigint) language sql stable as $$
    select count(*) from (
        (select 1 from notices
         cross join lateral (select from projects_seen_by(of_person, organisation_role) as projects
                             where projects.id = notices.project_id offset 0) seen
         where notices.person_id = of_person and notices.read_at is null limit 100)
        union all
        (select 1 from notices_put_before put
         cross join lateral (select from notices
                             where notices.person_id = of_person and notices.subject_id = put.escalation_id
                               and notices.read_at is null offset 0) line
         where put.person_id = of_person
           and not exists (select from projects_seen_by(of_person, organisation_role) as projects
                           where projects.id = put.project_id offset 0) limit 100)
        limit 100) as lines
$$;
