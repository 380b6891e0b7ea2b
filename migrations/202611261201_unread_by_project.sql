-- no-transaction
-- Reads the whole table once, and nobody waits for it. Cut off in the middle it leaves an index that is not valid and stops
-- the next start: drop it (drop index notices_unread_by_project) and start again.
create index concurrently notices_unread_by_project on notices (person_id, project_id) where read_at is null;
