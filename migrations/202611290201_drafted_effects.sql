-- What the first option of a drafted escalation would do to goals: offered to the chair, filled in.
alter table escalations add column proposes jsonb;
