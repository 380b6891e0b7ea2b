# Making a project
project-new-title = New project
project-new-intro = Tutti lays out stages, gates, tasks and the division of labour. It stays a draft until you publish it, and you can change all of it later.
project-new-basics = Basics
project-new-name = Project name
project-new-name-hint = Use the product name people will see on launch day.
project-new-name-missing = Enter a project name
project-new-name-long = Shorten the name to { $longest } characters
project-new-key = Key
project-new-key-hint = Two to six capital letters or digits. Tasks are called after it, such as GEO-42.
project-new-key-wrong = Enter a key of two to six capital letters or digits that starts with a letter
project-new-key-taken = { $key } is taken by another project. { $suggestion } is free
project-new-key-gone = { $key } was taken a moment ago. Enter another key
project-new-launch = Target launch date
project-new-launch-hint = Stages and tasks are dated back from it.
project-new-start = Or first day
project-new-start-hint = Fill in only one of the two dates.
project-new-dates-missing = Enter a launch date or a first day
project-new-dates-both = Enter a launch date or a first day, not both
project-new-date-wrong = Enter a date such as 2027-01-12
project-new-date-far = Enter a date before { $latest }
project-new-launch-past = Launch date must be after today, { $today }
project-new-start-past = Enter a first day after { $earliest }
project-new-tier = Launch level
project-new-tier-hint = Smaller launches drop tasks and gate rules.
project-tier-flagship = 1 · Flagship
project-tier-major = 2 · Major
project-tier-routine = 3 · Routine
project-new-lead-missing = Choose who leads the project
project-new-me = { $name } (you)
project-new-person-title = { $name }, { $title }
project-new-blueprint = Template
project-new-blueprint-hint = Brings stages, gates, departments and the division of labour.
project-new-counts = { $stages ->
    [one] One stage
   *[other] { $stages } stages
}, { $gates ->
    [one] one gate
   *[other] { $gates } gates
}, { $tasks ->
    [0] no tasks
   *[other] up to { $tasks } tasks
}
project-new-departments = Departments
project-new-departments-hint = One liaison speaks for each department. The work of a department without a tick goes to the next one in line.
project-new-liaison-for = Liaison for { $department }
project-new-liaison-missing = Choose a liaison for { $department }, or untick { $department }
project-new-liaison-in = { $count ->
    [0] free
    [one] on one project
   *[other] on { $count } projects
}
project-new-absent = Not in your organisation; its work goes to { $department }
project-new-choose-person = Choose a person
project-new-leave-empty = Leave empty
project-new-committee = Decision committee
project-new-committee-hint = Decides gates, and disputes that the departments and the lead cannot settle.
project-new-committee-legend = Committee seats and chair
project-new-chair = Chair
project-new-chair-missing = Choose who chairs the committee
project-new-chair-guest = { $name } is a guest and advises; choose a colleague as chair
project-new-seat-unknown = Choose somebody who works here
project-new-seat-twice = { $name } has a seat on the committee already
project-new-seat-guest = { $name } is a guest; seat guests as outside expert or seed user
project-new-quorum = Quorum
project-new-quorum-hint = How many must have voted. Empty: half of the voting seats.
project-new-quorum-wrong = Enter a quorum from 1 to { $most }
project-new-create = Create project
project-new-update = Update summary
project-new-made = { $key } is a draft. Look it over, then publish it.
project-new-summary = What will be created
project-new-untitled = Untitled project
project-new-launches = Launches { $date }, { $days ->
    [0] today
    [one] tomorrow
   *[other] in { $days } days
}
project-new-no-date = No launch date yet
project-new-span = { $from } – { $to }
project-new-sum-tasks = Tasks
project-new-sum-gates = Gates
project-new-sum-stages = Stages
project-new-sum-parts = Tasks by department
project-new-no-committee = No committee yet
project-new-committee-seats = { $seats ->
    [one] One seat
   *[other] { $seats } seats
}, quorum { $quorum }
project-new-quiet = Nobody is notified and no task is on anybody's list until you publish the project.
project-new-warn-past = The launch date, { $date }, is not in the future.
project-new-warn-late = { $stage } should have begun on { $date }. { $late ->
    [0] No task is late yet.
    [one] One task would be late from the start.
   *[other] { $late } tasks would be late from the start.
}
project-new-warn-committee = Without a committee these gates stay closed, because they ask for its decision: { $gates }.
project-new-warn-alone = No department takes part: the lead does everything.

# Gates
gate-milestone = Gate { $code }: { $stage }
gate-launch-day = Launch day
