-- no-transaction
-- Reads the whole table once, and nobody waits for it. Cut off in the middle it leaves an index that is not valid and stops
-- the next start: drop it (drop index events_in_order) and start again.
create index concurrently events_in_order on events (xid, id) where xid is not null;
