-- Which part made a move of a requirement change: a later baseline may have other sides. Empty for moves made before.
alter table scope_moves
    add column part_id uuid,
    add constraint scope_moves_part_fkey foreign key (project_id, part_id) references parts (project_id, id);
create index scope_moves_of_part on scope_moves (project_id, part_id) where part_id is not null;

-- What the decisions room reads of changes: those that wait, or waited, for an escalation, and what counts in the budget in force.
create view decision_changes as
    select c.project_id, c.escalation_id, c.number, c.title, c.state, coalesce(c.size_halves, 0) as halves, c.agreed_at
    from scope_changes c where c.escalation_id is not null;
create view decision_budgets as
    select b.project_id, b.budget_halves,
           (select coalesce(sum(c.size_halves), 0)::int from scope_changes c
            where c.project_id = b.project_id and c.baseline_id = b.id and c.state = 'accepted') as used_halves
    from scope_current b;
