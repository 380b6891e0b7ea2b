# My work: the tasks of a person over all projects, and what others wait for.
my-work-speaks = You speak for { $departments } on { $count ->
    [one] 1 project
   *[other] { $count } projects
}
my-work-late = Overdue
my-work-today = Today
my-work-week = This week
my-work-later = Later
my-work-empty = No task is yours
my-work-empty-hint = When somebody gives you a task in an active project, it shows here.
my-work-reviewed = Reviewed today
my-work-set-date = Set date
# Before the title of a task, for screen readers.
my-work-status-of = Status of
my-work-due-of = Due date of
my-work-move-due = Move the due date of
my-work-mark-done = Mark as done:
my-work-change-reason = Change reason
my-work-waits-for-part = waits for { $department }
my-work-confirm = { $count ->
    [one] Confirm 1 task on track
   *[other] Confirm { $count } tasks on track
}
my-work-confirm-hint = Those neither overdue nor blocked that you have not reviewed today
# Titles of tasks, the first few by name.
my-work-left-out = Overdue or blocked, so update one by one: { $tasks }
my-work-quoted = “{ $task }”
my-work-and-more = { $count ->
    [one] { $tasks } and 1 more
   *[other] { $tasks } and { $count } more
}
my-work-all-confirmed = You have reviewed all tasks today
my-work-save = Save changes only
my-work-save-all = Save changes
my-work-form-hint-both = Your changes are saved with either button.
my-work-form-hint = A blocked task that waits for no department waits for somebody outside.
my-work-conflict = Nothing was saved: somebody has changed this task since you saw it.
my-work-theirs = It stands
my-work-yours = You wanted
my-work-use-mine = Change it all the same
my-work-keep-theirs = Leave it
my-work-gone = { $count ->
    [one] Nothing was saved: 1 task that you changed is no longer yours. What you typed for the others is kept.
   *[other] Nothing was saved: { $count } tasks that you changed are no longer yours. What you typed for the others is kept.
}
my-work-part-unknown = Choose a department that takes part in this project
my-work-no-date = Use a date such as 2026-11-20
my-work-not-allowed = Only its department and the GTM lead can change this of “{ $task }”
my-work-nothing-to-save = Nothing to save
my-work-moved = “{ $task }” is now: { $status }.
my-work-due = “{ $task }” is now due { $day }.
my-work-no-due = “{ $task }” has no due date now.
my-work-saved = { $count ->
    [one] 1 change saved.
   *[other] { $count } changes saved.
}
my-work-confirmed = { $count ->
    [one] 1 task confirmed on track.
   *[other] { $count } tasks confirmed on track.
}
my-work-not-confirmed = { $count ->
    [one] 1 task has changed since you saw it and was not confirmed.
   *[other] { $count } tasks have changed since you saw them and were not confirmed.
}
my-work-others = What others wait for
my-work-nobody-waits = Nobody is waiting for you
my-work-nobody-waits-hint = Questions, blocked tasks and votes that need you show here.
my-work-answers = Waiting for my answer
my-work-decisions = Waiting for my vote
my-work-views = Waiting for my view
my-work-asked = A question for you
my-work-blocked = Blocked, and waits for you
my-work-position = Your position is missing
my-work-raiser = Answer the question: the clock stands until you do
my-work-settle = Escalated to you as GTM lead
my-work-vote = Before the committee
my-work-decide = Ready for your decision
my-work-advise = You are asked for advice
my-work-answer = Answer
my-work-open-task = Open task
my-work-open-escalation = Open escalation
my-work-open-decision = Open decision
my-work-review = Due for review: does it still stand?
my-work-write-position = Write position
my-work-compare = Compare and vote
my-work-i-wait-for = I wait for
my-work-offer = Another date for your request
my-work-offer-of = Offers { $offered } instead of { $wanted }
my-work-open-request = Open request
my-work-owes-answer = Owes you an answer
my-work-promised = Promised you
my-work-confirm-offer = The other side offers a settlement
my-work-agree = Agree with the other side, or pass it on
my-work-escalate = They did not agree twice: escalate it
my-work-new-day = The escalation is over: state the agreed day
my-work-over-budget = Waits for the change budget
my-work-request = Asks your department
# Behind the link in a letter
my-work-letter-sub = { $day } · { $name }
my-work-letter-until = This link opens your tasks only, until { $moment }.
my-work-letter-sign-in = Sign in for more
my-work-answer-change = Answer a requirement change
my-work-open-change = Open change
my-work-size-change = Say how long a change takes
my-work-assign = Nobody has it yet: assign it
my-work-assign-several = { $count } tasks of your department have nobody; the first is
my-work-rulings = Waiting for my decision
my-work-figures = { $count ->
    [one] Enter what you reached in { $month }
   *[other] Enter what you reached in { $month }: { $count } figures
 }
my-work-enter-figures = Enter figures
my-work-playbook = Read version { $number } of the playbook
my-work-open-playbook = Open the playbook
my-work-sign-off = Sign off the goals
