-- The transaction that wrote an event, so that events can be read in an order in which none appears behind what has been
-- read: ids are made by processes, and who made an earlier one may commit later. Unknown for events of earlier releases.
-- Without a rewrite of the table, and an earlier release that still runs writes it as well.
alter table events add column xid xid8;
alter table events alter column xid set default pg_current_xact_id();
