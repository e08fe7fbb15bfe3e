# The sheet that a person takes home, and the day of a dose as people write it. `$month` and `$weekday` are numbers from January and from Monday.

handout-title = Vitamin B12: summary for the clinic
    .lay = Vitamin B12: a sheet to take home
handout-clinic = Clinic and telephone:
    .lay = Clinic and telephone:
handout-tick = Tick each dose when it has been given.
    .lay = Tick each dose when you have had it.
handout-severity = { $severity }: step { $step } of { $steps }
    .lay = { $severity }: step { $step } of { $steps }
handout-food = B12 comes with food from animals: milk, curd, cheese, eggs, fish and meat. Plants contain none by themselves.
    .lay = B12 comes with food from animals: milk, curd, cheese, eggs, fish and meat. Plants contain none by themselves.
handout-left-out =
    { $count ->
        [one] One entry of the record was not used.
       *[other] { $number } entries of the record were not used.
    }
    .lay =
        { $count ->
            [one] One entry of the record could not be used. Your clinic can see which one and why.
           *[other] { $number } entries of the record could not be used. Your clinic can see which ones and why.
        }
handout-version = Written on { $day } by Cobalamin, pathway version { $version }.
    .lay = Written on { $day } by Cobalamin, pathway version { $version }.
heading-danger = Needs assessment the same day
    .lay = Danger signs
heading-food = Food
    .lay = Food

dose-course = { $amount } { $drug }, { $route }
    .lay = { $amount } { $drug }, { $route }
day-written = { $weekday }, { $day } { $month } { $year }
    .lay = { $weekday }, { $day } { $month } { $year }
day-in-month = { $weekday } { $day }
    .lay = { $weekday } { $day }
month-written = { $month } { $year }
    .lay = { $month } { $year }
month-name =
    { $month ->
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
    }
    .lay =
        { $month ->
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
        }
weekday-name =
    { $weekday ->
        [1] Mon
        [2] Tue
        [3] Wed
        [4] Thu
        [5] Fri
        [6] Sat
       *[7] Sun
    }
    .lay =
        { $weekday ->
            [1] Mon
            [2] Tue
            [3] Wed
            [4] Thu
            [5] Fri
            [6] Sat
           *[7] Sun
        }
