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
