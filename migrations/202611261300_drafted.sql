-- What the program put together, in the name of whoever made it due: the page says so, the person keeps the rights of who raised it.

alter table escalations add column is_drafted boolean not null default false;
alter table positions add column is_drafted boolean not null default false;
alter table evidence add column is_drafted boolean not null default false;

update escalations set is_drafted = true
where exists (select from scope_escalations s where s.project_id = escalations.project_id and s.escalation_id = escalations.id)
   or exists (select from requests r join request_moves m on m.project_id = r.project_id and m.request_id = r.id
              where r.project_id = escalations.project_id and r.escalation_id = escalations.id and m.kind = 'escalated'
                and m.by_id is null and m.at = escalations.raised_at);
-- Whatever came with them; of requirement changes a side's statement is what somebody of it wrote.
update positions set is_drafted = true from escalations e
where e.project_id = positions.project_id and e.id = positions.escalation_id and e.is_drafted and positions.written_at = e.raised_at
  and not exists (select from scope_escalations s where s.project_id = e.project_id and s.escalation_id = e.id);
update evidence set is_drafted = true from escalations e
where e.project_id = evidence.project_id and e.id = evidence.escalation_id and e.is_drafted and evidence.added_at = e.raised_at;
