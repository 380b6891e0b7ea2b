# Strategy, objectives, key results, their split and their figures.

goals-amount-named = { $amount } { $unit }
goals-amount-too-fine = At most { $decimals ->
    [one] one decimal
   *[other] { $decimals } decimals
 }
goals-amount-too-large = That is too large
goals-amount-whole = Enter a whole number
goals-amount-wrong = Enter a number, such as 1,250
goals-paste-figure = “{ $text }”: { $why }
goals-paste-line = Line { $line }: { $why }
goals-paste-no-base = “{ $text }” needs both figures, such as 12/60
goals-paste-no-department = no department is called “{ $name }”
goals-paste-other-month = “{ $text }” is not a month of this split
goals-paste-too-many = { $found } figures, but the split has { $months } months
goals-paste-twice = “{ $name }” stands there twice
goals-pyramid-done = { $done } of { $all } done
goals-pyramid-entered = { $count ->
    [one] One figure, for { $month }
   *[other] { $count } figures, the newest for { $month }
 }
goals-pyramid-figures = Figures
goals-pyramid-goals = Goals
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
