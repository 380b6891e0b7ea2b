-- A line that folds several events is headed by the weightiest of them, not by whichever came last.
alter table notices add column weight smallint not null default 0;
