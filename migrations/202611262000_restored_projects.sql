-- Since when a project goes on that was archived: what waited in it for an answer is answered in as much time from then on.
alter table projects add column restored_at timestamptz;
create or replace view request_projects as select id, state, restored_at from projects;
