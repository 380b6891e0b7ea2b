-- A limit of days is a number of working days, however long a day becomes while the step runs. Null for limits of hours, and for
-- steps that began before this was kept.
alter table escalation_steps
    add column limit_days integer constraint escalation_steps_limit_days_positive check (limit_days > 0);
