# Strategy, objectives, key results, their split and their figures.

goals-amount-named = { $amount } { $unit }
goals-amount-too-fine = At most { $decimals ->
    [one] one decimal
   *[other] { $decimals } decimals
 }
goals-amount-too-large = That is too large
goals-amount-whole = Enter a whole number
goals-amount-wrong = Enter a number, such as 1,250
