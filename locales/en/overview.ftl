# A project's page
overview-raise = Raise escalation
overview-add-task = Add task
overview-led-by = Led by { $name }.
overview-draft = This is a draft. Nobody is notified and no task is on anybody’s list until it is published.
overview-archived = This project is archived: it can be read, not changed.
overview-figures = Headline figures
overview-launch-in = Launch in
overview-launched = Launched
overview-days = { $days ->
    [one] day
   *[other] days
}
overview-days-ago = { $days ->
    [one] day ago
   *[other] days ago
}
overview-gate = Gate { $code } readiness
overview-of-rules = { $rules ->
    [one] of one rule
   *[other] of { $rules } rules
}
overview-gate-planned = Planned for { $date }
overview-open = Open tasks
overview-of = of { $total }
overview-done = { $done } done
overview-overdue = Overdue
overview-oldest = { $days ->
    [one] Oldest 1 day late
   *[other] Oldest { $days } days late
}
overview-none-late = Nothing is late
overview-blocked = Blocked
overview-blocked-why = Waiting for somebody
overview-none-blocked = Nothing waits
overview-escalations = Open escalations
overview-escalations-why = On a clock
overview-escalations-none = No dispute is open
overview-score = Departments by stage
overview-score-caption = Tasks done by each department in each stage, with the gate that closes the stage
overview-stage-of = Stage { $position } of { $stages }
overview-stage-of-later = Stage { $position } of { $stages } begins on { $date }
overview-stage-none = No stage has begun
overview-stage-all = All stages are passed
overview-gate-link = What gate { $code } needs
overview-all-tasks = All tasks
overview-department = Department
overview-all-stages = All stages
overview-sum = Total
overview-score-note = Tasks done of all tasks. Dropped tasks do not count; late means open and due before today.
overview-no-tasks = no tasks
overview-late = { $count } late
overview-stage-ended = to { $date }
overview-stage-begins = begins { $date }
overview-stage-now = now, to { $date }
overview-stage-without = No stage
overview-stages-folded = { $first } to { $last }
overview-activity = Recent activity
overview-made = The project was made { $moment }. What happens from now on shows here.
overview-everything = Everything
overview-playbook = Playbook v{ $number }: { $done } of { $total } departments have read it.
overview-playbook-missing = Missing: { $departments }
overview-with-liaisons = Liaisons
overview-with-lead = Lead
overview-with-committee = Committee
overview-waits-liaisons = Waiting for the liaisons to agree
overview-waits-lead = Waiting for the lead to settle it
overview-voted = { $votes } of { $seats } voted
overview-clock-used = Time used of this step
overview-milestones = Milestones
overview-milestones-none = No milestone yet
overview-reached = Reached { $date }
overview-milestone-tasks = { $done } of { $tasks ->
    [one] one task
   *[other] { $tasks } tasks
} done
overview-was = Was { $date }:
overview-slipped = { $days ->
    [one] slipped one working day
   *[other] slipped { $days } working days
}
overview-gained = { $days ->
    [one] one working day earlier
   *[other] { $days } working days earlier
}

# The list of projects
overview-list-filter = Which projects
overview-list-active = In progress
overview-list-mine = Mine
overview-list-draft = Drafts
overview-list-archived = Archived
overview-list-archived-one = Archived
overview-list-project = Project
overview-list-stage-heading = Stage
overview-list-health = Health
overview-list-milestone = Next milestone
overview-list-kind = { $blueprint }, tier { $tier }
overview-list-stage = { $number } of { $stages }, { $name }
overview-list-stages = { $stages ->
    [one] One stage
   *[other] { $stages } stages
}
overview-list-blocked = { $count } blocked
overview-list-late-blocked = { $late } late, { $blocked } blocked
overview-list-nothing = None
overview-list-open = { $count } open
overview-list-none-title = No project yet
overview-list-none-text = A project begins with a blueprint: stages, gates, tasks and who does what, dated back from launch day.
overview-list-empty-title = No project here
overview-list-empty-text = Projects that you may see stand under the other tabs.
