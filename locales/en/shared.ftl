# Words of the frame and of the small parts that every page uses.

# Frame
skip-to-content = Skip to main content
nav-main = Main
nav-my-work = My work
nav-projects = Projects
nav-committee = Committee
nav-departments = Departments
nav-administration = Administration
nav-due = { $count } overdue or due today
nav-waiting = { $count } waiting
nav-new-project = New project
account-menu = Account menu
account-settings = Settings
account-sign-out = Sign out
account-language = Language
theme-label = Colours
theme-light = Light
theme-dark = Dark
theme-system = As the system
door-picture = Eight departments start at different times and finish together on launch day
door-motto = Tutti, in a score: every part plays.
door-launch = Launch
door-analyse = Analyse
door-validate = Validate
door-prepare = Prepare
close = Close
cancel = Cancel
undo = Undo
print = Print
printed-as-of = As of { $moment }
reload = Reload
live-changed = This page has changed.
live-show = Show it
copy = Copy
copied = Copied
more-actions = More actions for { $what }

# A project's frame
crumbs-label = You are here
project-tabs = Pages of the project
project-draft = Draft
project-archived = Archived
tab-overview = Overview
tab-goals = Goals
tab-work = Work
tab-matrix = Division of labour
tab-requests = Requests
tab-escalations = Escalations
tab-decisions = Decisions
tab-team = Team
tab-history = History
tab-settings = Settings

# Health of a project
health-on-track = On track
health-at-risk = At risk
health-off-track = Off track
health-not-started = Not started

# Status of a task
status-todo = To do
status-doing = In progress
status-blocked = Blocked
status-review = In review
status-done = Done
status-dropped = Dropped
status-change = change the status of { $what }

# Letters of the division of labour
letter-a = Accountable
letter-r = Responsible
letter-c = Consulted
letter-i = Informed
letter-none = not involved

# Moving cards on the board; {task} and {lane} are filled in by the script
board-help = Press Space to pick the task up, the arrow keys to move it to another column, Space again to put it down, Escape to leave it where it was.
board-lifted = Picked up “{"{task}"}”, now in {"{lane}"}
board-dropped = “{"{task}"}” moved to {"{lane}"}
board-kept = “{"{task}"}” stays in {"{lane}"}

# Forms
errors-title = { $count ->
    [one] One answer needs a change
   *[other] { $count } answers need a change
}
errors-prefix = Error:

# Lists
pager-label = Pages
pager-newer = Newer
pager-older = Older
progress-of = { $done } of { $total }

# Pages that say why something did not work
error-request = Request { $id }
error-home = Go to My work
error-sign-in = Sign in
error-again = Try again
typed-title = What you wrote
typed-hint = It was not saved. You can copy it from here.
typed-label = Text { $number }

# Time left and late (platform/time_left)
time-left-days = { $days ->
    [one] 1 working day left
   *[other] { $days } working days left
}
time-left-hours = { $hours ->
    [one] 1 working hour left
   *[other] { $hours } working hours left
}
time-left-little = less than an hour left
time-over-days = { $days ->
    [one] 1 working day over
   *[other] { $days } working days over
}
time-over-hours = { $hours ->
    [one] 1 working hour over
   *[other] { $hours } working hours over
}
time-over-now = time is over
time-until = until { $moment }
due-today = due today
due-tomorrow = due tomorrow
due-in = due in { $days } days
late-days = { $days ->
    [one] 1 day late
   *[other] { $days } days late
}

as-label = { $text }:
labelled = { $label }: { $text }
of-what = {": "}{ $text }
