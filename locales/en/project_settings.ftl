# Settings of a project.
project-settings-name = Name
project-settings-summary = Summary
project-settings-summary-hint = One line under the name: what it is and for whom.
project-settings-visibility = Who can see the project
project-settings-visibility-organisation = Everybody in the organisation
project-settings-visibility-organisation-hint = Colleagues without a seat read it. Guests never do.
project-settings-visibility-seats = Only people with a seat
project-settings-visibility-seats-hint = And administrators. Others do not learn that it exists.
project-settings-quorum = Quorum
project-settings-save = Save settings
project-settings-saved = Settings saved
project-settings-dates = Dates
project-settings-starts = Start
project-settings-launches = Launch
project-settings-change-dates = Change dates
project-settings-dates-hint = You see every stage and task that would move before anything is saved.
project-settings-tier = Launch tier
project-settings-tier-1-reason = Every item of the blueprint is part of the plan.
project-settings-tier-2-reason = Items that only a flagship launch needs were left out.
project-settings-tier-3-reason = Only the items that every launch needs are part of the plan.
project-settings-tier-fixed = The tier chose the duties and tasks when the project was created, so it does not change afterwards. Add or drop single duties and tasks instead.
project-settings-end = End of the project
project-settings-is-archived = This project is archived. It can be read, not changed.
project-settings-archive-title = Archive { $name }?
project-settings-archive-text = An archived project can be read, not changed.
project-settings-archive-effect-read = Nobody can change tasks, escalations, seats or settings any more.
project-settings-archive-effect-tasks = { $count ->
    [0] No task is open.
    [one] 1 open task leaves the list of its assignee.
   *[other] { $count } open tasks leave the lists of their assignees.
}
project-settings-archive-effect-back = The GTM lead or an administrator can restore it at any time.
project-settings-archive-button = Archive project
project-settings-archived = Project archived
project-settings-restore-title = Restore { $name }?
project-settings-restore-text = A restored project is active again and can be changed.
project-settings-restore-effect = { $count ->
    [0] No task is open.
    [one] 1 open task comes back to the list of its assignee.
   *[other] { $count } open tasks come back to the lists of their assignees.
}
project-settings-restore-button = Restore project
project-settings-restored = Project restored
project-settings-error-name-missing = Give the project a name
project-settings-error-name-long = Use at most 120 characters
project-settings-error-summary = Use at most 500 characters
project-settings-error-quorum-number = Give a whole number
project-settings-error-quorum = { $seats ->
    [0] The committee has no voting member yet. Add members first, or use 0
   *[other] Give a number from 0 to { $seats }, the voting members of the committee
}
project-settings-conflict = Somebody changed the settings while you had them open.
project-settings-conflict-field = { $label } is now: { $value }
project-settings-conflict-next = What you typed is kept below. Save it to put it in place of theirs.

# Moving the dates of a project
dates-title = Change dates
dates-start-now = Starts on { $day }.
dates-launch-now = Launches on { $day }.
dates-none = The dates of this plan have begun
dates-none-text = The launch and the start can be moved until their first day. Single tasks and milestones can be moved on their own pages.
dates-back = Back to settings
dates-anchor = Which day is fixed
dates-anchor-launch = The launch
dates-anchor-start = The start
dates-launch = New launch date
dates-date = New date
dates-hint = Working days and holidays of the organisation are counted.
dates-preview = Show what moves
dates-moves = What moves
dates-nothing = No stage, task or milestone moves.
dates-stages = Stages that move
dates-stage = Stage
dates-work = Tasks and milestones that move
dates-task = Task or milestone
dates-before = Now
dates-after = Then
dates-shift = By
dates-count = { $count ->
    [one] 1 task or milestone
   *[other] { $count } tasks and milestones
}
dates-span = { $from } – { $to }
dates-later = { $count ->
    [0] same days
    [one] 1 working day later
   *[other] { $count } working days later
}
dates-earlier = { $count ->
    [one] 1 working day earlier
   *[other] { $count } working days earlier
}
dates-milestone = Milestone
dates-rule = What is ahead moves by as many working days as the day itself, from the dates in force; open tasks go along with their stage, but nothing that is due today or later goes before today. Done tasks and finished stages stay. The dates first agreed on are kept, so slips show.
dates-starts-in-past = The plan would start on { $day }, which is over: its first tasks would be late at once.
dates-stays = Milestones without a stage keep their day. Move them on their own if they hang on the launch:
dates-keeps = { $day }: { $title }
dates-apply = Move these dates
dates-moved = { $moved ->
    [0] Dates saved, nothing else moved
    [one] Dates saved, 1 stage or task moved
   *[other] Dates saved, { $moved } stages, tasks and milestones moved
}
dates-stale = Something changed since you saw what moves. Look again, then move the dates.
dates-error-missing = Choose a date
dates-error-launch-has-begun = The launch has begun and stays where it is
dates-error-has-begun = The first stage has begun and stays where it is
dates-error-too-early = The stages before the launch do not fit. Choose { $day } or later
