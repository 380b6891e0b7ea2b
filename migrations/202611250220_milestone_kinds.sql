-- What a milestone is: the gate of its stage, the day of launch, or one that people added. A gate's day is the last day of
-- its stage, the day of launch is the project's: what moves one moves the other. A server of the release before this one
-- goes on writing milestones without a kind, which are then treated as people's own.
alter table milestones add column kind text not null default 'own'
    constraint milestones_kind_known check (kind in ('own', 'gate', 'launch') and (kind <> 'gate' or stage_id is not null));

-- Those that came with the project, whatever they are called now.
update milestones set kind = case when milestones.stage_id is null then 'launch' else 'gate' end
from projects where projects.id = milestones.project_id and milestones.created_at = projects.created_at;

-- A gate is reached by passing it, the launch by beginning its stage; by hand neither is any more.
update milestones set reached_at = null, version = milestones.version + 1
from stages where stages.project_id = milestones.project_id and milestones.reached_at is not null
  and (milestones.kind = 'gate' and stages.id = milestones.stage_id and stages.state <> 'passed'
    or milestones.kind = 'launch' and stages.is_launch and stages.state = 'ahead');

-- Days that had come apart: the milestone's is the one that people moved last.
update stages set starts_on = least(stages.starts_on, milestones.due_on), ends_on = milestones.due_on, version = stages.version + 1
from milestones where milestones.project_id = stages.project_id and milestones.stage_id = stages.id and milestones.kind = 'gate'
  and milestones.reached_at is null and stages.state <> 'passed' and stages.ends_on <> milestones.due_on;
update projects set launches_on = milestones.due_on, version = projects.version + 1
from milestones where milestones.project_id = projects.id and milestones.kind = 'launch' and milestones.reached_at is null
  and projects.launches_on <> milestones.due_on;

-- The stages of a project by name, in their order, with what a link to a gate needs.
create or replace view stage_names as
    select project_id, id, position, name_en, name_zh, state = 'current' as is_current, code from stages;

-- A chair who moves a milestone reads what moves with it.
create or replace view decision_milestones as select project_id, id, title, title_zh, due_on, reached_at, kind from milestones;
