# The inbox

notices-title = Inbox
notices-none = Nothing new
notices-none-text = What others do that concerns you appears here.
notices-read-all = Mark all as read
notices-all-read = { $count ->
    [0] Nothing was unread.
    [one] 1 line is marked as read.
   *[other] { $count } lines are marked as read.
}
notices-unread-only = Unread only
notices-with-read = Show what I have read
notices-by-project = By project
notices-every-project = All projects
notices-more = { $count ->
    [one] and 1 more change
   *[other] and { $count } more changes
}
notices-more-last = { $count ->
    [one] and 1 more change at { $time }
   *[other] and { $count } more changes, the last at { $time }
}
notices-unread = unread
notices-today = Today
notices-older = Older
notices-guest-line = { $label }: { $question }
notices-guest-decided = { $label } has been decided: { $decision }
notices-want-task = Yours to do
notices-want-answer = Answer
notices-want-unblock = Others wait for you
notices-want-position = Write your position
notices-want-read-playbook = Read it and answer three questions
notices-want-agree = Agree, or pass it on
notices-want-confirm = Confirm or refuse
notices-want-settle = Settle, or pass it on
notices-want-vote = Vote
notices-want-decide = Record the decision
notices-want-advise = Give your view
notices-want-answer-question = Answer: the clock stands
nav-inbox = Inbox
nav-unread = { $count ->
    [one] 1 unread
   *[other] { $count } unread
}
notices-want-answer-request = Answer the request
notices-want-answer-offer = Agree, or insist
notices-want-answer-refusal = Insist, or let it be
notices-want-answer-last-offer = Agree, or escalate
notices-want-answer-last-refusal = Escalate, or let it be
notices-want-answer-change = Answer the change
notices-want-size-change = State the size of the change
notices-want-assign = Assign it to somebody
notices-effects = { $sentence }: { $effects }
notices-effects-and = { $said }; { $more }
notices-effect-thing = “{ $title }”
notices-effect-named = { $label } “{ $title }”
notices-effect-stage = { $code } { $name }
notices-effect-gets = { $part } gets { $task }
notices-effect-assigned = { $task } goes to { $who }
notices-effect-unassigned = { $task } has nobody
notices-effect-dropped = { $task } is dropped
notices-effect-unblocked = { $task } goes on
notices-effect-target = { $thing } now asks for { $target }
notices-effect-signed-off = the goals are signed off
notices-effect-moved = { $thing }: { $was } → { $now }
notices-effect-launch = launch { $was } → { $now }
notices-effect-start = start { $was } → { $now }
notices-effect-dates = { $count ->
    [one] 1 date that concerns you moved
   *[other] { $count } dates that concern you moved
}
notices-effect-answers = { $part } answers for “{ $duty }”
notices-effect-does = { $part } does “{ $duty }”
notices-effect-back = stage back to { $stage }
notices-effect-held = gate of { $stage } held until { $day }
notices-effect-waived = gate of { $stage } waived until { $day }
notices-effect-rule-waived = a rule of the gate of { $stage } waived until { $day }
notices-effect-budget = change budget now { $days } days
