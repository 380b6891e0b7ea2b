-- What the requests room reads of escalations: also when each was raised, by which a step of a thread finds its own.
create or replace view request_escalations as
    select e.project_id, e.id, e.number, e.state, e.outcome, e.closed_at, d.number as decision, d.title as decision_title, e.raised_at
    from escalations e left join decisions d on d.project_id = e.project_id and d.escalation_id = e.id;
