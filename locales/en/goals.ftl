# Strategy, objectives, key results, their split and their figures.

goals-actual = Actual
goals-against-plan = Actual against plan for today
goals-amount-named = { $amount } { $unit }
goals-amount-too-fine = At most { $decimals ->
    [one] one decimal
   *[other] { $decimals } decimals
 }
goals-amount-too-large = That is too large
goals-amount-whole = Enter a whole number
goals-amount-wrong = Enter a number, such as 1,250
goals-asked = { $target } by { $day }
goals-asked-by = { $name }, { $when }
goals-asks-for = What it asks for
goals-base-a-month = { $unit } a month, all departments together
goals-base-needed = Enter how many { $unit } there are in a month
goals-base-negative = This cannot be less than zero
goals-base-unit = Out of what
goals-base-unit-hint = What the ratio is counted over, such as trials
goals-base-unit-missing = Say what the ratio is counted over, in at most { $most } characters
goals-baseline = Start
goals-baseline-hint = Where it stands today
goals-begins = Beginning with
goals-bullet = { $reached } % of the month’s share, plan for today { $planned } %
goals-by-month = Figures by month
goals-cell = { $department }, { $month }
goals-cell-base = { $department }, { $month }: out of how many { $base }
goals-chart-plan-only = Plan up to { $target }; no figures yet.
goals-chart-text = { $actual } in { $month } against a plan of { $planned }; the target is { $target }.
goals-check-ins = { $count ->
    [one] 1 check-in
   *[other] { $count } check-ins
 }
goals-confidence = How sure are you of the target?
goals-confidence-none = Not said
goals-confidence-of = { $sure } of 10
goals-confidence-wrong = Choose 1 to 10
goals-corrected = corrected
goals-counted = Counted in
goals-currency = Currency
goals-currency-missing = Choose a currency
goals-decimals = Finest step
goals-decimals-missing = Choose the finest step
goals-department = Department
goals-drop-reason = Why is it dropped?
goals-drop-reason-missing = Say why, so that nobody has to guess later
goals-due = To be reached by
goals-due-before-start = This day is before the first month
goals-due-hint = The split ends with this month
goals-due-in-past = Choose a day that is still to come
goals-edit = Edit
goals-enter = Enter figures
goals-enter-save = Save figures
goals-enter-sub = What your department reached in a month, how sure you are of the rest, and one sentence.
goals-entered = { $count ->
    [one] 1 figure entered
   *[other] { $count } figures entered
 }
goals-entered-by = entered by { $name }, { $when }
goals-fill = Fill evenly or by weight
goals-fill-do = Fill the sheet
goals-fill-hint = Replaces what stands in the sheet. Nothing is saved yet.
goals-fill-sub = Everything is split without a rest.
goals-filled = Filled. Look it over, then save.
goals-for-objective = For the objective: { $objective }
goals-from-to = from { $baseline } to { $target } by { $day }
goals-how = How we get there
goals-how-none = No task or milestone is linked yet.
goals-key-result-add = Add a key result
goals-key-result-changed = Key result changed
goals-key-result-create = Add and split it
goals-key-result-created = Key result added. Now split it over departments and months.
goals-key-result-drop = Drop this key result
goals-key-result-drop-text = Its figures stay in the history. Its place becomes free.
goals-key-result-dropped = Key result dropped
goals-key-result-edit = Edit key result
goals-key-result-missing = Say what is reached
goals-key-result-title = Key result
goals-key-result-title-hint = A result with a number, not an activity: 5,000 trial sign-ups by the end of June
goals-key-results-full = This objective has three key results. Drop one first: a fourth makes all of them matter less.
goals-kr = Key result
goals-launch = Launch
goals-left-missing = { $amount } left to split
goals-left-no-base = Nothing is counted over yet: enter { $base } in the last month
goals-left-nothing = The split adds up
goals-left-too-much = { $amount } too much
goals-link = Link
goals-link-choose = Choose a task or milestone
goals-linked = Linked
goals-measure = How do figures come together?
goals-measure-additive = They add up
goals-measure-additive-hint = Over departments and months: sales, sign-ups
goals-measure-level = A level
goals-measure-level-hint = What there is at the end of a month: active customers, a score of one department
goals-measure-missing = Choose how figures come together
goals-measure-ratio = A ratio
goals-measure-ratio-hint = One count over another, never an average of averages: customers out of trials
goals-milestone-named = Milestone: { $title }
goals-month = Month
goals-month-missing = Choose a month, such as 2027-01
goals-month-split = { $month }, split by department
goals-month-split-sub = Each department decides how to reach its share.
goals-no-key-results = No key result yet. How will everyone know that this is reached?
goals-no-share-this-month = No share in this month
goals-no-shares = No share to report on
goals-no-shares-text = As soon as a key result is split, what your department owes stands here.
goals-none = No goals yet
goals-none-lead = Write one objective first. It gets up to three key results, and each of them is split over departments and months.
goals-none-text = The GTM lead writes at most three objectives. They will stand here, with the share of every department.
goals-not-entered = No figure yet
goals-not-split = Not split yet
goals-not-split-text = A key result counts when every department knows its share of it, month by month.
goals-note = One sentence
goals-note-hint = What helped, what is in the way, what you do next
goals-nothing-entered = Nothing was changed
goals-objective-add = Add an objective
goals-objective-changed = Objective changed
goals-objective-create = Add objective
goals-objective-created = Objective added. Now its first key result.
goals-objective-drop = Drop this objective
goals-objective-drop-text = Its key results go with it. What was entered stays in the history.
goals-objective-dropped = Objective dropped
goals-objective-edit = Edit objective
goals-objective-missing = Say what you want to reach
goals-objective-named = Objective { $number }: { $title }
goals-objective-sub = At most three for the whole project. More would make each of them matter less.
goals-objective-title = Objective
goals-objective-title-hint = Something worth wanting that everybody understands: launch GEO Monitor and win 1,000 customers
goals-objective-why = Why this one
goals-objective-why-hint = What changes for customers and for the company when it is reached
goals-objectives-full = There are three objectives. Drop one first: a fourth makes all of them matter less.
goals-of = of { $target }
goals-out-of = Out of how many { $base }
goals-owed = Figures are still missing for { $months }.
goals-owes = What it owes, in a few words
goals-owes-head = What it owes the key result
goals-owes-of = What { $department } owes, in a few words
goals-owner = Answers for it
goals-owner-hint = The department that looks after the whole of it. Others can have shares.
goals-owner-missing = Choose a department
goals-pace-ahead = { $amount } ahead of pace
goals-pace-behind = { $amount } behind pace
goals-pace-on = On pace
goals-paste = Paste from a spreadsheet
goals-paste-do = Put into the sheet
goals-paste-field = Lines from the spreadsheet
goals-paste-figure = “{ $text }”: { $why }
goals-paste-hint = A line a department: its name, then a figure for each month. A first line with months such as 2027-01 may say which is which. Of a ratio write 12/60.
goals-paste-line = Line { $line }: { $why }
goals-paste-missing = Paste at least one line
goals-paste-mistakes = { $count ->
    [one] 1 line could not be read
   *[other] { $count } lines could not be read
 }
goals-paste-no-base = “{ $text }” needs both figures, such as 12/60
goals-paste-no-department = no department is called “{ $name }”
goals-paste-other-month = “{ $text }” is not a month of this split
goals-paste-sub = Lines that are not in it stay as they are.
goals-paste-too-many = { $found } figures, but the split has { $months } months
goals-paste-twice = “{ $name }” stands there twice
goals-pasted = { $count ->
    [one] 1 line put into the sheet. Look it over, then save.
   *[other] { $count } lines put into the sheet. Look them over, then save.
 }
goals-percent-not-added = Percentages cannot be added up. Choose a ratio or a level.
goals-plan = Plan
goals-plan-ahead = { $amount } ahead of plan
goals-plan-behind = { $amount } behind plan
goals-planned = Planned for this month: { $amount }
goals-planned-ratio = Planned for this month: { $above } out of { $base }, { $ratio }
goals-points = { $amount } points
goals-pyramid-done = { $done } of { $all } done
goals-pyramid-entered = { $count ->
    [one] One figure, for { $month }
   *[other] { $count } figures, the newest for { $month }
 }
goals-pyramid-figures = Figures
goals-pyramid-more = { $count ->
    [one] and one more
   *[other] and { $count } more
 }
goals-pyramid-no-figures = Figures come with key results
goals-pyramid-no-objectives = No objective yet
goals-pyramid-no-results = No key result yet
goals-pyramid-no-strategy = Four answers that every department can repeat
goals-pyramid-no-tasks = No key task yet
goals-pyramid-none-entered = No figure yet
goals-pyramid-objective = O{ $number }
goals-pyramid-objectives = { $count ->
    [0] Objectives
    [one] 1 objective
   *[other] { $count } objectives
 }
goals-pyramid-result = KR{ $number }
goals-pyramid-sub = What the project is for, and what each level below does about it.
goals-pyramid-target = { $amount } by { $day }
goals-pyramid-tasks = Key tasks
goals-pyramid-title = From vision to figures
goals-ratio-figure = { $above } of { $base }, { $ratio }
goals-ratio-negative = A ratio is not less than zero
goals-reached-in = Reached ({ $unit })
goals-reason = Why it changes
goals-reason-hint = Needed when start, target or dates change. Everyone concerned is told.
goals-reason-missing = Say why it changes: everyone concerned will read it
goals-save = Save
goals-scale-additive = { $unit }, added up over departments and months
goals-scale-level = { $unit } at the end of a month, added up over departments
goals-scale-ratio = { $unit } out of { $base }
goals-shares = Share of each department
goals-since-when = Since when, and why
goals-slope = Over the months
goals-slope-even = Evenly
goals-slope-rising = Rising month by month
goals-split = Split
goals-split-check = Add up
goals-split-save = Save split
goals-split-saved = Saved. The split adds up.
goals-split-saved-left = Saved. { $left }
goals-starts = First month
goals-starts-hint = The split begins here
goals-strategy-all = Whole strategy
goals-strategy-audience = Who is it for?
goals-strategy-audience-hint = One kind of buyer, and how you recognise them: role, size, market. Good: you can name twenty of them. “Everybody” is no answer.
goals-strategy-because = Why it was changed:
goals-strategy-beside = Version { $after } beside version { $before }
goals-strategy-difference = What is it, and why choose it over others?
goals-strategy-difference-hint = What it is in one sentence, what they would use otherwise, and the one thing that is better here. Good: a competitor could not say the same.
goals-strategy-done = The strategy is set.
goals-strategy-edit = Edit strategy
goals-strategy-in-force = Version { $number }, in force since { $day }, set by { $person }
goals-strategy-missing = Write at least one sentence
goals-strategy-need = Why would they want and buy it?
goals-strategy-need-hint = The problem in their words, what it costs them today, and what makes them pay now. Good: a customer nods when reading it.
goals-strategy-none = No strategy yet
goals-strategy-none-lead = A vision, the way there and four answers, so that no department has to guess what this project is for.
goals-strategy-none-text = The GTM lead writes it: a vision, the way there and four answers.
goals-strategy-now = Strategy in force
goals-strategy-reason = Why do you change it?
goals-strategy-reason-hint = What you learned or what was decided. Everybody reads it beside the change.
goals-strategy-same = { $count ->
    [one] One text is the same
   *[other] { $count } texts are the same
 }
goals-strategy-save = Save strategy
goals-strategy-set-by = Set by
goals-strategy-set-on = Version { $number }, set on { $day }
goals-strategy-sub = Six short texts that everybody in the project reads. Each change is kept as a version.
goals-strategy-title = Strategy
goals-strategy-unchanged = Nothing differs from the strategy in force, so there is no new version.
goals-strategy-version = Version { $number }
goals-strategy-versions = Versions
goals-strategy-vision = Vision
goals-strategy-vision-hint = One sentence that anybody in the company can repeat: for whom will what be different? Good: no feature and no figure in it.
goals-strategy-was-set = Version { $number }, set on { $day } by { $person }
goals-strategy-way = The way there
goals-strategy-way-hint = Where you begin, in which order you go on, and what you leave out on purpose. Good: it helps somebody say no to an idea.
goals-strategy-worth = What is it worth to the company?
goals-strategy-worth-hint = Revenue, customers, position or learning, and by when. Good: it explains why people work on this and not on something else.
goals-strategy-write = Write the strategy
goals-sum = Sum
goals-sure = Confidence { $sure } of 10
goals-target = Target
goals-target-equal = The target is where it starts already
goals-target-hint = Where it has to get
goals-target-not-above = What adds up needs a target above its start
goals-three-is-the-limit = Three key results is the limit. A fourth would make all four matter less.
goals-together = Together
goals-too-many-months = At most { $most } months
goals-two-figures = Above what is counted, below it out of how many { $base }.
goals-unit = What is counted
goals-unit-hint = In the plural: sign-ups, paying customers, points
goals-unit-kind = In which unit?
goals-unit-kind-missing = Choose a unit
goals-unit-missing = Say what is counted, in at most { $most } characters
goals-unit-money = Money
goals-unit-number = A number
goals-unit-percent = Percent
goals-unlink = Take off { $title }
goals-unlinked = Link taken off
goals-way = The way
goals-weight-wrong = Enter a whole number from 0 to { $most }
goals-weights = Weight of each department
goals-weights-hint = 2 gets twice as much as 1. Empty gets nothing.
goals-weights-missing = Give at least one department a weight
goals-whole = The whole
