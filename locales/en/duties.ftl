# The division of labour.
duty-key = Key to the letters
duty-key-a = Accountable: one for each duty
duty-key-r = Responsible: does the work
duty-key-c = Consulted: before
duty-key-i = Informed: after
duty-caption = What each department does in each stage
duty-caption-one = Who does what
duty-detail-caption = The letters of each department for each duty of the stage
duty-department = Department
duty-duty = Duty
duty-letters = Letters
duty-now = now
duty-finished = { $count } stages finished
duty-vacant = Nobody yet
duty-count = { $count ->
    [one] 1 duty
   *[other] { $count } duties
}
duty-more = and { $count } more
duty-check = { $answered } of { $count }
duty-check-none = No duties
duty-check-vacant = { $count ->
    [one] 1 duty: nobody in the seat
   *[other] { $count } duties: nobody in the seat
}
duty-history = What changed in the division of labour
duty-none-title = No stages yet
duty-none-text = A project gets its stages and duties from the blueprint that it is created from.
duty-stage-empty-title = No duties in this stage
duty-stage-empty-text = A small launch drops items that it does not need. Add the ones that this project has.
duty-stages = Stages
duty-of-stage = { $code } { $stage }: duties by department
duty-by-decision = by
duty-due-day = due on day { $day } of the stage
duty-edit = Change the letters of { $duty }
duty-save = Save letters
duty-saved = Letters saved
duty-rules = A and R may stand together. A department that is A or R is not consulted or informed as well, and one that is consulted is not informed as well.
duty-tasks-stay = Changing letters does not move tasks that exist: give those to another department on the task itself.
duty-tasks = Tasks made from it
duty-no-tasks = No task was made from this duty.
duty-field-a = Accountable
duty-field-a-hint = Answers for the result. A new one takes over from the old one.
duty-field-others = Who does it, who is asked, who is told
duty-add = Add duty
duty-add-text = It joins the division of labour. No task is made from it.
duty-added = Duty added
duty-field-title = What is to be done
duty-field-title-hint = A short sentence that says what will be there when it is done.
duty-field-stage = Stage
duty-field-due-day = Due on day
duty-field-due-day-hint = Working day of the stage, counted from 1.
duty-error-nobody-accountable = Choose the department that answers for it
duty-error-nobody-responsible = Tick R for at least one department
duty-error-unknown-part = Choose a department of this project
duty-error-title-missing = Say what is to be done
duty-error-title-long = Use at most 200 characters
duty-error-stage = Choose a stage
duty-error-due-day = Give a working day from 1 to { $days }, the length of the stage
duty-conflict = Somebody changed these letters while you had them open.
duty-conflict-theirs = Now: { $letters }
duty-conflict-yours = Yours: { $letters }
duty-conflict-next = Your choice is kept below. Save it to put it in place of theirs, or cancel to leave theirs.
