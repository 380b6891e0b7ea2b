# The work of a project as board and list.
board-title = Work
board-view = View
board-board = Board
board-list = List
board-region = Tasks by status
board-filter = Filter tasks
board-find = Find in tasks
board-apply = Apply
board-clear = Show all tasks
board-task = Task
board-department = Department
board-person = Person
board-stage = Stage
board-milestone = Milestone
board-due = Due
board-status = Status
board-group = Grouping
board-sort = Order
board-all-departments = All departments
board-anybody = Anyone
board-mine = Mine
board-nobody = Nobody yet
board-all-stages = All stages
board-all-milestones = All milestones
board-any-date = Any date
board-overdue = Overdue
board-this-week = This week
board-any-status = Any status
board-no-groups = Not grouped
board-by-status = Grouped by status
board-by-department = Grouped by department
board-by-stage = Grouped by stage
board-by-person = Grouped by person
board-sort-due = By due date
board-sort-priority = By priority
board-sort-number = By number
board-without = None
board-add = Add task
board-new-title = New task
board-new-hint = Add a task: what must be true when it is done?
board-comments = { $count ->
    [one] comment
   *[other] comments
}
board-waits-for = · waits for { $department }
board-cut = The first { $count } tasks are shown. Narrow the filter to see the others.
board-all-done = All { $count } done
board-empty = No tasks yet
board-empty-hint = Tasks come from the division of labour, or are added here one by one.
board-nothing-found = No task matches
board-nothing-found-hint = Another filter may find it.
board-reason = Reason
board-several = Change several tasks
board-pick = Select { $task }
board-pick-all = Select all tasks
board-one-picked = 1 task selected
board-many-picked = {"{n}"} tasks selected
board-same-status = Same status
board-same-person = Same person
board-same-milestone = Same milestone
board-no-milestone = No milestone
board-same-date = Same date
board-shift = Move the due date
board-later = { $days ->
    [one] 1 day later
   *[other] { $days } days later
}
board-earlier = { $days ->
    [one] 1 day earlier
   *[other] { $days } days earlier
}
board-new-date = Due on
board-change = Change
board-none-picked = Select the tasks to change first
board-nothing-chosen = Choose what to change first
board-already = The tasks stand so already
board-changed = { $count ->
    [one] 1 task changed
   *[other] { $count } tasks changed
}
board-refused-title = Nothing was changed.
board-refused-text = { $count } of the { $total } selected tasks cannot change as asked, so all were left as they are.
board-refused-why = Why not
board-refused-now = Status now
board-refused-day = The date would move outside the years 2000 to 2200
board-refused-not-allowed = Only its department and the GTM lead can change this
board-refused-stale = Somebody has changed it since you saw it
board-refused-others = { $count ->
    [one] Change the other task
   *[other] Change the other { $count } tasks
}
board-refused-again = { $count ->
    [one] Change 1 task
   *[other] Change { $count } tasks
}
board-refused-back = Back to the tasks
