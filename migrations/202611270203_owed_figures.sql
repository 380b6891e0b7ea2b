-- The shares of which nobody has said yet what was reached, for lists over all projects. The reader picks the months that are over.
create view owed_figures as
    select s.project_id, s.part_id, s.month, k.title, o.position as objective, k.position as key_result
    from shares s
    join key_results k on k.project_id = s.project_id and k.id = s.key_result_id and k.dropped_at is null
    join objectives o on o.project_id = k.project_id and o.id = k.objective_id
    where (s.amount <> 0 or s.base <> 0)
      and not exists (
          select from entries e
          where e.project_id = s.project_id and e.series_id = k.series_id and e.part_id = s.part_id and e.period = s.month);
