# What would change the answer: facts that are missing, and what they would lead to.

heading-would-change = What would change this
    .lay = What could make this clearer
change-if = if { $value }, then { $then }
    .lay = if { $value }, then { $then }
change-part-separator = ;
    .lay = ;
change-status = status { $status }
    .lay = { $status }
change-urgency = urgency: { $urgency }
    .lay = how soon: { $urgency }
change-treatment = treatment: { $start }
    .lay = treatment: { $start }
change-regimen = another regimen or duration
    .lay = another treatment
change-cause = cause: { $causes }
    .lay = what may be behind it: { $causes }
change-causes-fewer = fewer causes
    .lay = fewer possible reasons
change-read-as = { $row } (set aside)
    .lay = { $row }
value-borderline = borderline
    .lay = a little outside the usual
value-measured = measured, whatever the result
    .lay = measured
began-from = begun at least { $span } ago
    .lay = begun at least { $span } ago
began-above = begun more than { $span } ago
    .lay = begun more than { $span } ago
began-below = begun less than { $span } ago
    .lay = begun less than { $span } ago
began-up-to = begun at most { $span } ago
    .lay = begun at most { $span } ago
change-sex = sex
    .lay = whether the person is female or male
change-age = age
    .lay = the age
change-test-settles = A test of { $test } could settle it.
    .lay = A test of { $test } could settle it.
change-test = A test of { $test } could change this answer.
    .lay = A test of { $test } could change this answer.
change-person = Tell us this too, because results are read by it: { $what }.
    .lay = Please tell us this too, because results are read by it: { $what }.
change-paper = Look at the slip again: read in another way, { $row } could change this answer.
    .lay = Please look at the slip again: { $row } could change this answer once it can be read with certainty.
change-tell = To be asked: { $facts }.
    .lay = Tell the doctor if one of these is true for you, because it could change this answer: { $facts }.
change-more =
    { $count ->
        [one] One more fact would change urgency, treatment or causes; the answer as JSON lists it.
       *[other] { $number } more facts would change the answer; as JSON it lists all of them.
    }
    .lay =
        { $count ->
            [one] One more fact would change urgency, treatment or causes; the answer as JSON lists it.
           *[other] { $number } more facts would change the answer; as JSON it lists all of them.
        }
amount-months =
    { $count ->
        [one] one month
       *[other] { $number } months
    }
    .lay =
        { $count ->
            [one] one month
           *[other] { $number } months
        }
amount-years =
    { $count ->
        [one] one year
       *[other] { $number } years
    }
    .lay =
        { $count ->
            [one] one year
           *[other] { $number } years
        }
