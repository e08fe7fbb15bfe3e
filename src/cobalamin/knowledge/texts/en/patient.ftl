# The door for a patient: the form, its messages, and what stands around the answer.

entry-person = About the person
    .lay = About the person
entry-age = Age
    .lay = Age
entry-age-in = Age in years or months
    .lay = Age in years or months
entry-age-years = years
    .lay = years
entry-age-months = months
    .lay = months
entry-birth-date = or date of birth
    .lay = or date of birth
entry-patient-id = Name or number (for print-outs only)
    .lay = Name or number (for print-outs only)
entry-voice = Words for
    .lay = Words for
entry-voice-clinical = the clinician
    .lay = the clinician
entry-voice-lay = the patient
    .lay = the patient
entry-add = Add anything: a symptom, illness, medicine or test
    .lay = Add anything: a symptom, illness, medicine or test
entry-add-hint = In English, हिन्दी, العربية or typed Hindi: tingling, thakan, metformin, B12 180 pg/mL
    .lay = In English, हिन्दी, العربية or typed Hindi: tingling, thakan, metformin, B12 180 pg/mL
entry-add-button = Add
    .lay = Add
entry-suggestions = Suggestions
    .lay = Suggestions
entry-none-yet = Nothing is entered yet.
    .lay = Nothing is entered yet.
entry-said = You wrote
    .lay = You wrote
entry-reference = The laboratory's range:
    .lay = The laboratory's range:
entry-did-you-mean = This was not understood. Did you mean:
    .lay = This was not understood. Did you mean:
entry-value = Value
    .lay = Value
entry-result = Result
    .lay = Result
entry-unit = Unit
    .lay = Unit
entry-unit-none = not told
    .lay = not told
entry-present = Present?
    .lay = Present?
entry-has = yes
    .lay = yes
entry-has-not = no
    .lay = no
entry-dose = Dose
    .lay = Dose
entry-date = Date
    .lay = Date
entry-since = Since
    .lay = Since
entry-until = Until
    .lay = Until
entry-remove = Remove
    .lay = Remove
entry-slip = Paste results from a slip
    .lay = Paste results from a slip
entry-slip-hint = One result on each line, as printed; a date at the top counts for all.
    .lay = One result on each line, as printed; a date at the top counts for all.
entry-slip-button = Read the slip
    .lay = Read the slip
entry-slip-read =
    { $count ->
        [0] No result was found on the slip.
        [one] One result was read from the slip. Please check it.
       *[other] { $number } results were read from the slip. Please check them.
    }
    .lay =
        { $count ->
            [0] No result was found on the slip.
            [one] One result was read from the slip. Please check it.
           *[other] { $number } results were read from the slip. Please check them.
        }
entry-slip-left =
    { $count ->
        [one] One line was not understood. It is still in the box.
       *[other] { $number } lines were not understood. They are still in the box.
    }
    .lay =
        { $count ->
            [one] One line was not understood. It is still in the box.
           *[other] { $number } lines were not understood. They are still in the box.
        }
entry-day-first = { $printed } was read as { $day }, the day before the month. Change the dates if it is meant the other way.
    .lay = { $printed } was read as { $day }, the day before the month. Change the dates if it is meant the other way.
entry-file = Open a file
    .lay = Open a file
entry-file-hint = Drop or choose a case saved here, or a FHIR Bundle (JSON).
    .lay = Drop or choose a case saved here, or a FHIR Bundle (JSON).
entry-file-button = Open
    .lay = Open
entry-file-read =
    { $count ->
        [0] { $file } was read. It holds no fact.
        [one] { $file } was read: one fact.
       *[other] { $file } was read: { $number } facts.
    }
    .lay =
        { $count ->
            [0] { $file } was read. It holds no fact.
            [one] { $file } was read: one fact.
           *[other] { $file } was read: { $number } facts.
        }
entry-file-left =
    { $count ->
        [one] One part of the file could not be used.
       *[other] { $number } parts of the file could not be used.
    }
    .lay =
        { $count ->
            [one] One part of the file could not be used.
           *[other] { $number } parts of the file could not be used.
        }
entry-file-broken = { $file } could not be read: it is no case file and no FHIR Bundle, or it was cut off. Nothing of it was used.
    .lay = { $file } could not be read: it is no case file and no FHIR Bundle, or it was cut off. Nothing of it was used.
entry-file-large = { $file } is too large to be one person's case. Nothing of it was used.
    .lay = { $file } is too large to be one person's case. Nothing of it was used.
entry-file-several = { $file } is about several people. This page is for one: save that one alone, or open the file as a population.
    .lay = { $file } is about several people. This page is for one: save that one alone, or open the file as a population.
entry-file-none = { $file } is about nobody who can be assessed. Nothing of it was used.
    .lay = { $file } is about nobody who can be assessed. Nothing of it was used.
entry-file-deceased = { $file } is about a person who had died by the day of assessment. Nothing of it was used.
    .lay = { $file } is about a person who had died by the day of assessment. Nothing of it was used.
entry-file-other-person = { $file } is about another person than this page. Start again to open it.
    .lay = { $file } is about another person than this page. Start again to open it.
entry-too-many =
    { $count ->
        [one] There is no room for one more row; it was left out.
       *[other] There is no room for { $number } more rows; they were left out.
    }
    .lay =
        { $count ->
            [one] There is no room for one more row; it was left out.
           *[other] There is no room for { $number } more rows; they were left out.
        }
entry-clear = Start again
    .lay = Start again

entry-kind-result = test
    .lay = test
entry-kind-panel = tests
    .lay = tests
entry-kind-condition = illness
    .lay = illness
entry-kind-symptom = symptom
    .lay = symptom
entry-kind-procedure = operation
    .lay = operation
entry-kind-diet = food
    .lay = food
entry-kind-circumstance = circumstance
    .lay = circumstance
entry-kind-drug = medicine
    .lay = medicine
entry-kind-unknown = not understood
    .lay = not understood

answer-nothing = Enter what is known of a patient. The answer appears here and follows every change.
    .lay = Enter what is known of a patient. The answer appears here and follows every change.
answer-soon = How soon
    .lay = How soon
answer-strong = How strong
    .lay = How strong
answer-differs = differs
    .lay = differs
answer-chosen = chosen
    .lay = chosen
answer-limits = limits
    .lay = limits
answer-why = What this rests on
    .lay = What this rests on
answer-when = holds when
    .lay = holds when
answer-looked = looked at
    .lay = looked at
answer-limit = limit
    .lay = limit
answer-ground-rule = rule
    .lay = rule
answer-ground-regimen = regimen
    .lay = regimen
answer-ground-review = review
    .lay = review
answer-ground-formula = formula
    .lay = formula
answer-stands-undecided = could not be decided
    .lay = could not be decided
answer-stands-watched = would say so if it held
    .lay = would say so if it held
answer-over-time = Results over time
    .lay = Results over time
answer-along = Take along
    .lay = Take along
answer-take-handout = Sheet for the patient (PDF)
    .lay = Sheet for the patient (PDF)
answer-take-calendar = Doses for the calendar (ICS)
    .lay = Doses for the calendar (ICS)
answer-take-case = Save this case (JSON)
    .lay = Save this case (JSON)
answer-take-bundle = FHIR Bundle (JSON)
    .lay = FHIR Bundle (JSON)
answer-print = Print this answer
    .lay = Print this answer
answer-also = beside it
    .lay = beside it
answer-also-none = no second language
    .lay = no second language
answer-large = large type
    .lay = large type
answer-discreet = without the word B12
    .lay = without the word B12
answer-entered = What was entered
    .lay = What was entered
entry-absent = Not present: { $number }
    .lay = Not present: { $number }
answer-enter-it = Enter:
    .lay = Enter:
answer-source = source
    .lay = source
