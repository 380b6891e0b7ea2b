-- A line that folds several events is headed by the weightiest of them, not by whichever came last.
alter table notices add column weight smallint not null default 0;

-- Who heads a department: they read what it asks of others and is asked, once a day.
create view notice_heads as select id as department_id, head_id as person_id from departments where head_id is not null;
