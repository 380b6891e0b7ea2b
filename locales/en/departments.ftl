departments-title = Departments
departments-sub = Every project takes its departments from this list.
departments-sub-colleague = Who heads a department and who works in it.
departments-department = Department
departments-code = Code
departments-code-hint = 2 to 8 capital letters and digits. Blueprints find a department by its code.
departments-code-wrong = Use 2 to 8 capital letters and digits, beginning with a letter
departments-code-taken = Another department has this code; choose a different one
departments-name-en = English name
departments-name-zh = Chinese name
departments-name-wrong = Write a name of at most 80 characters
departments-short-en = Tile in English
departments-short-zh = Tile in Chinese
departments-short-hint = Usually two letters
departments-short-zh-hint = Usually one character
departments-short-en-wrong = Use one to three letters, usually two
departments-short-zh-wrong = Use one or two characters, usually one
departments-colour = Colour
departments-colour-number = Colour { $number }
departments-colour-wrong = Choose a colour
departments-tile-sample = AB
departments-head = Head
departments-head-hint = The email address of a colleague; may stay empty
departments-head-wrong = Write the email address of somebody who works here, or leave it empty
departments-people = People
departments-nobody = Nobody yet
departments-actions = Actions
departments-add = Add department
departments-added = { $name } is in the list
departments-edit = Edit department
departments-edit-short = Edit
departments-save = Save department
departments-saved = { $name } is saved
departments-up = Move { $name } up
departments-down = Move { $name } down
departments-retire = Retire
departments-retired = Retired departments
departments-retired-text = New projects do not offer them. Projects that have them keep them.
departments-retired-done = { $name } is retired. Projects that have it keep it; new ones do not offer it.
departments-restore = Restore
departments-restored-done = { $name } is back in the list
departments-none = No department yet
departments-none-text = Add the departments that take part in your projects.
calendar-title = Working calendar
calendar-sub = Due dates and the clocks of escalations follow it, in the time zone { $zone }.
calendar-change-zone = Change the time zone
calendar-week = Working week
calendar-days = Working days
calendar-days-wrong = Tick at least one working day
calendar-starts = Work starts
calendar-ends = Work ends
calendar-time-wrong = Write a time such as 09:30
calendar-ends-wrong = Work must end after it starts
calendar-save = Save week
calendar-saved = The working week is saved
calendar-add-title = Holidays and make-up working days
calendar-china = Where weekends move, as in China, enter both: the holiday, and each Saturday or Sunday on which people work in exchange.
calendar-kind = Kind of day
calendar-kind-wrong = Choose holiday or working day
calendar-holiday = Holiday
calendar-holiday-hint = Nobody works, whatever the weekday
calendar-working = Make-up working day
calendar-working-short = Make-up day
calendar-working-hint = People work although the weekday is free
calendar-from = From
calendar-from-wrong = Choose the first day
calendar-to = To
calendar-to-hint = Leave empty for a single day
calendar-to-wrong = Choose the last day, or leave it empty
calendar-range-wrong = Choose a last day after the first, at most { $days } days in all
calendar-name = Name
calendar-name-wrong = Write at most 80 characters
calendar-add = Add to calendar
calendar-days-set = In the calendar: { $days }
calendar-days-cleared = The days follow their weekday again
calendar-remove = Remove
calendar-run = { $from } to { $to } ({ $count } days)
calendar-exceptions = In the calendar
calendar-none = No holidays yet
calendar-none-text = Without them only the week counts.
calendar-month = { $month ->
    [1] January
    [2] February
    [3] March
    [4] April
    [5] May
    [6] June
    [7] July
    [8] August
    [9] September
    [10] October
    [11] November
   *[12] December
} { $year }
calendar-earlier = Month before
calendar-later = Month after
calendar-free = Free
calendar-people-work = working day
calendar-nobody-works = free day
weekday-1 = Mon
weekday-2 = Tue
weekday-3 = Wed
weekday-4 = Thu
weekday-5 = Fri
weekday-6 = Sat
weekday-7 = Sun
organisation-title = Organisation
organisation-requests-escalate = Escalate a request by itself when the other side did not agree twice or did not answer in time
organisation-sub = Shown in the side bar and in letters.
organisation-name = Name
organisation-name-wrong = Write a name of at most 120 characters
organisation-language = Language
organisation-language-hint = For letters to people who have not chosen one
organisation-language-wrong = Choose a language
organisation-zone = Time zone
organisation-zone-hint = Such as Asia/Shanghai or Europe/Berlin
organisation-zone-wrong = Choose a time zone from the list, such as Asia/Shanghai
organisation-save = Save organisation
organisation-saved = The organisation is saved
calendar-clocks = These run over the days you changed. Their times are calculated anew now:
calendar-no-clocks = No escalation and no request runs over the days you changed.
calendar-escalations = { $count ->
    [one] 1 escalation
   *[other] { $count } escalations
}
calendar-requests = { $count ->
    [one] 1 request
   *[other] { $count } requests
}
