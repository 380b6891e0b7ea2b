-- What one decision did, or one move of the plan, is told to a person in one line: the events that are folded into it for that
-- reason (the first of them), how many they are, and how many of them are dates that moved.
alter table notices add column told uuid[] not null default '{}';
alter table notices add column folded integer not null default 0;
alter table notices add column moved integer not null default 0;
