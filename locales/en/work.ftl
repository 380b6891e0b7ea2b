# Tasks
task-priority-low = Low
task-priority-normal = Normal
task-priority-high = High
task-priority-urgent = Urgent
task-due-today = Today
task-days-late = { $days ->
    [one] 1 day late
   *[other] { $days } days late
}
task-done-on = Done { $day }
task-error-title-missing = Say what is to be done
task-error-title-too-long = Use at most 200 characters for the title
task-error-description-too-long = Use at most 20,000 characters for the description
task-error-starts-after-due = The start must not be after the due date
task-error-part-unknown = Choose a department that takes part in the project
task-error-part-not-yours = Choose your own department; only the GTM lead gives tasks to others
task-error-assignee-unknown = Choose somebody with a seat in the project
task-error-stage-unknown = Choose a stage of this project
task-error-milestone-unknown = Choose a milestone of this project
task-refused-unchanged = It stands there already
task-refused-reason-missing = Say what it waits for
task-refused-reason-too-long = Use at most 500 characters for the reason
task-refused-waits-for-itself = Choose another department than its own, or nobody here
task-refused-editors-only = Only the department that owns the task and the GTM lead can drop it or take it up again
task-dependency-no-such-task = There is no task with that number in this project
task-dependency-itself = A task cannot wait on itself
task-dependency-circle = The other task already waits on this one, so this would go round in a circle
