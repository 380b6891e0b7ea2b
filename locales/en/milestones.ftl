# Milestones
milestone-error-title-missing = Say what is reached
milestone-error-title-too-long = Use at most 200 characters for the title
milestone-error-due-missing = Choose a date
milestone-error-stage-unknown = Choose a stage of this project
milestone-slip-none = As agreed
milestone-slip-later = { $days ->
    [one] 1 working day later
   *[other] { $days } working days later
}
milestone-slip-earlier = { $days ->
    [one] 1 working day earlier
   *[other] { $days } working days earlier
}
milestone-title = Milestones
milestone-caption = Milestones with the date first agreed on and the date now
milestone-name = Milestone
milestone-stage = Stage
milestone-no-stage = None
milestone-was = was { $date }
milestone-due = Date
milestone-slip = Change
milestone-tasks = Tasks done
milestone-no-tasks = No tasks
milestone-by-gate = When its gate is passed
milestone-by-launch = When the launch stage begins
milestone-move-launch = Move the launch
milestone-gate-hint = The last day of its stage; the next stage begins after it.
milestone-reached = Reached
milestone-not-reached = Not yet
milestone-moved-by = by
milestone-edit = Edit
milestone-save = Save milestone
milestone-saved = “{ $title }” saved
milestone-add = Add milestone
milestone-added = “{ $title }” added
milestone-mark-reached = Mark as reached
milestone-reopen = Not reached after all
milestone-now-reached = “{ $title }” is reached
milestone-now-open = “{ $title }” is open again
milestone-none-title = No milestones yet
milestone-none-text = Milestones are the few dates that everybody works towards.
milestone-stale = Somebody was faster: it is now “{ $title }” on { $day }. Below is what you typed; saving it replaces theirs.
