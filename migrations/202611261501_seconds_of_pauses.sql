-- The seconds beyond the whole minutes that the clock of a step stood: many short pauses add what they lasted, not a minute each.
alter table escalation_steps
    add column paused_seconds smallint not null default 0 constraint escalation_steps_paused_seconds check (paused_seconds between 0 and 59);
