# Making a project
project-new-title = New project
project-new-intro = Tutti lays out stages, gates, tasks and the division of labour. It stays a draft until you publish it, and you can change all of it later.
project-new-basics = Basics
project-new-name = Project name
project-new-name-hint = Use the product name people will see on launch day.
project-new-name-missing = Enter a project name
project-new-name-long = Shorten the name to { $longest } characters
project-new-key = Key
project-new-key-hint = Filled in from the name. Two to six capital letters or digits, which begin the number of every task.
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
project-new-tier = Launch tier
project-new-tier-hint = Smaller launches drop tasks and gate rules.
project-tier-flagship = 1 · Flagship
project-tier-major = 2 · Major
project-tier-routine = 3 · Routine
project-new-lead-missing = Choose who leads the project
project-new-me = { $name } (you)
project-new-person-title = { $name }, { $title }
project-new-blueprint = Blueprint
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
project-new-quorum-hint = So many members must be heard before anything is recorded. Empty: half of the voting seats.
project-new-quorum-wrong = Enter a quorum from 1 to { $most }
project-new-create = Create project
project-new-update = Update summary
project-new-made-already = { $key } was made from this form already, so nothing was made twice. For another project, choose another name or key.
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
project-new-quiet = Nobody is notified and no task is on anybody’s list until you publish the project.
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
gate-gates = Gates
gate-stage = { $code } { $stage }
gate-stage-passed = Passed
gate-stage-current = Current stage
gate-stage-ahead = Ahead
gate-open = Ready to pass
gate-closed = Closed
gate-closed-by = { $rules ->
    [one] Closed: one blocking rule does not hold
   *[other] Closed: { $rules } blocking rules do not hold
}
gate-held = Held until { $until } by { $decision }
gate-waived = Waived
gate-waived-by = Waived by { $decision } until { $until }
gate-carried = Gate { $stage } was passed without it under { $decision }, whose waiver ended on { $until }
gate-changed-by = changed by
gate-not-begun = Its stage has not begun
gate-missing = What is missing
gate-passed-on = passed { $moment }
gate-started-on = began { $moment }
gate-rules-hold = { $done } of { $total } rules hold
gate-spared = { $rules ->
    [one] one more does not hold, but does not close the gate
   *[other] { $rules } more do not hold, but do not close the gate
}
gate-holds = Holds
gate-does-not-hold = Does not hold
gate-waits-for-word = Needs the lead’s word
gate-blocking = Blocking
gate-warning = Warning only
gate-liaisons-all = Every department has a liaison
gate-liaisons-missing = No liaison yet: { $departments }
gate-items-none = None of these items is part of this project
gate-items-done = Items that must be done: { $done } of { $total } done
gate-evidence-done = Evidence items of this stage: { $done } of { $total } done
gate-asks-items = the items are done
gate-asks-evidence = every evidence item of the stage is done
gate-asks-go = the committee has voted go
gate-asks-decision = the committee has decided on { $kind }
gate-goals-written = Objectives: { $objectives }, with { $key_results ->
    [one] 1 key result
   *[other] { $key_results } key results
}
gate-goals-split = Key results split completely: { $done } of { $total }
gate-goals-no-objective = No objective yet
gate-goals-no-key-result = Objective { $objective } has no key result
gate-goals-nothing-to-split = No key result yet
gate-goals-left = KR{ $place }: { $left }
gate-break-even-recorded = Break-even recorded: { $day }
gate-break-even-not-recorded = No day of break-even is recorded
gate-break-even-record = Record the day of break-even
gate-break-even-expected = Break-even expected: { $expected }; planned: { $planned }
gate-asks-break-even = the day of break-even is recorded
gate-asks-break-even-slip = break-even is expected at most { $days } days late
gate-asks-objectives = there are one to three objectives, each with one to three key results
gate-asks-split = every key result is split completely
gate-asks-playbook = the playbook is read by all departments
gate-playbook-read = { $done } of { $total } departments have read version { $number }
gate-playbook-none = No version is published yet
gate-playbook-missing = { $department } has not read it
gate-together = Holds when: { $words }
gate-and = { $first } and { $second }
gate-or = { $first } or { $second }
gate-in-brackets = ({ $words })
gate-not-enough = Not enough
gate-item-without-task = { $title }: no task yet
gate-decision-found = Committee decision on { $kind }, { $moment }:
gate-decision-voted-go = The committee voted go with its quorum met, { $moment }:
gate-decision-no-go = The decision is no-go, { $moment }; the gate stays closed:
gate-decision-without-vote = A go was recorded without a vote, { $moment }. It counts once the committee decides it in an escalation with its quorum met:
gate-decision-missing = No committee decision on { $kind } yet
gate-decision-missing-within = No committee decision on { $kind } in the last { $days } days
gate-decision-go = go or no-go
gate-decision-price = price
gate-decision-quarter-review = the quarterly review
gate-decision-change = a change beyond the change budget
gate-decision-break-even = break-even
gate-asked = { $label }: { $wanted }
gate-at-least = at least { $value }
gate-at-most = at most { $value }
gate-more-than = more than { $value }
gate-exactly = exactly { $value }
gate-between = { $from } to { $to }
gate-unit-days = { $value } days
gate-unit-points = { $value } points
gate-yes = Yes
gate-no = No
gate-choose = Choose
gate-never-attested = Nobody has attested it yet. The GTM lead does, with a link to the evidence.
gate-attested-by = { $name }, { $moment }
gate-evidence-link = Evidence
gate-attest = Attest
gate-attest-button = Attest
gate-evidence = Link to the evidence
gate-evidence-hint = A page, file or dashboard that shows it
gate-choose-yes-or-no = Choose yes or no
gate-enter-link = Enter a link that starts with https://
gate-attested = Attested. It satisfies the rule.
gate-measured = { $figure } in { $period }
gate-measured-since = { $days ->
    [one] { $days } day without one, up to { $until }
   *[other] { $days } days without one, up to { $until }
}
gate-measured-unknown = Not known yet
gate-measured-no-figure = Enter the first figure
gate-measured-not-enough = Not enough. Enter a newer figure
gate-measured-no-figure-theirs = No figure yet. { $department } enters the first one
gate-measured-missing-theirs = { $missing }. { $department } enters it
gate-measured-not-enough-theirs = Not enough. { $department } enters a newer figure
gate-measured-instead = The KPI “{ $title }” answers this figure, so nobody attests it
gate-let-kpi = Let a KPI answer it
gate-go-evidence = [How each rule of the gate stands]({ $page })
gate-go-go = Go
gate-go-no-go = No go
gate-go-question = Do we pass gate { $gate }?
gate-go-raise = Put it before the committee as an escalation: only its vote counts
gate-attested-not-enough = Attested. It does not satisfy the rule yet.
gate-empty-title = This stage has no gate rules
gate-empty-text = It can be closed whenever its work is done.
gate-pass-heading = Leave this stage
gate-pass-text = All blocking rules hold. Passing the gate closes this stage and starts { $next }.
gate-pass-last-text = All blocking rules hold. This is the last stage; afterwards the project can be archived.
gate-pass = Pass the gate and start the next stage
gate-pass-last = Pass the last gate
gate-passed-next = Gate { $code } is passed. { $next } has begun.
gate-passed-last = Gate { $code } is passed. It was the last one: the project can be archived in its settings.
gate-refused-held = { $decision } holds this gate: it does not open before { $until }
gate-refused-draft = Publish the project first; its first stage begins then
gate-refused-archived = The project is archived
gate-refused-ahead = An earlier stage is still current; its gate comes first
gate-refused-passed = This gate has been passed already
gate-refused-closed = { $rules ->
    [one] One blocking rule does not hold yet
   *[other] { $rules } blocking rules do not hold yet
}

# Publishing
publish-title = Publish { $name }?
publish-text = The plan becomes everybody’s. You can go on changing it afterwards.
publish-tasks = { $tasks ->
    [0] No task goes on anybody’s list yet.
    [one] One task goes on people’s lists.
   *[other] { $tasks } tasks go on the lists of { $people ->
        [one] one person
       *[other] { $people } people
    }.
}
publish-unheld = { $tasks ->
    [one] One task has nobody yet and goes on no list.
   *[other] { $tasks } tasks have nobody yet and go on no list.
}
publish-late = { $tasks ->
    [one] One task is late already: it was due before today.
   *[other] { $tasks } tasks are late already: they were due before today.
}
publish-move-dates = Move the dates first
publish-lists = On whose lists the tasks appear
publish-person = Person
publish-person-tasks = Tasks
publish-person-late = Late already
publish-stage = The first stage begins.
publish-stage-later = The first stage begins on { $date }.
publish-seen = Everybody who may see the project sees it from now on.
publish-button = Publish project
publish-done-early = { $name } is published. Its first stage begins on { $date }.
publish-done = { $name } is published. Its first stage has begun.
