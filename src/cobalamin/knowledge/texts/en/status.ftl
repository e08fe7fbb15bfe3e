# The status of one person: its short name, what it means, what follows, and what it rests on.
# The value of a message is the clinical voice, `.lay` the voice for the person concerned.

status-name-deficient = deficient
    .lay = too little B12
status-name-probable = probable
    .lay = probably too little B12
status-name-indeterminate = indeterminate
    .lay = not clear yet
status-name-unlikely = unlikely
    .lay = too little B12 is unlikely
status-name-unknown = unknown
    .lay = cannot be told yet

status-deficient = Vitamin B12 deficiency is confirmed by what is on record. Treat, and look for the cause.
    .lay = These results point to too little vitamin B12. This is common, and it can be treated.
status-probable = Vitamin B12 deficiency is probable: enough to start treatment while tests are awaited or cannot be had.
    .lay = There are good reasons to think that the body is short of vitamin B12. Treatment is often started before every test result is back.
status-indeterminate = The record neither confirms nor excludes vitamin B12 deficiency. A further test or the clinical picture has to decide.
    .lay = These results do not give a clear answer yet. Another test can often settle the question.
status-unlikely = Vitamin B12 deficiency is unlikely on these results, but not excluded. If signs persist, look for other causes and reconsider.
    .lay = On these results, too little vitamin B12 is unlikely.
status-unknown = Nothing on record decides whether vitamin B12 is lacking. Unknown is not normal.
    .lay = This record does not tell us whether vitamin B12 is low. More information is needed first.

next-deficient =
    Start treatment, or go on with it; where it causes no delay, take blood for open tests first.
    Do not give folic acid alone while B12 deficiency is untreated.
    .lay = Until then, please do not start folic acid on its own; in pregnancy, take it together with B12.
next-probable =
    Take blood for open tests first where it causes no delay, then start treatment without waiting for the results.
    Do not give folic acid alone.
    .lay = Until then, please do not start folic acid on its own; in pregnancy, take it together with B12.
next-indeterminate = Do the open tests, and read them together with symptoms and risks.
    .lay =
        Take this page to your clinic and ask which test comes next.
        Unless a clinician advises it, wait with B12 tablets until blood has been taken, because they can blur the result.
next-unlikely = These results alone call for no B12 treatment. Test again if signs persist or appear, or if a risk remains.
    .lay = If complaints go on or new ones appear, tell your clinician. There may be another reason, or a test may be worth repeating.
next-unknown = Test where there is a symptom, a sign or a risk of B12 deficiency.
    .lay =
        If you have complaints, eat little or no food from animals, or take medicines for a long time,
        ask your clinic whether a B12 test makes sense.

seek-help =
    New trouble walking, weakness, loss of vision, confusion, or bladder or bowel trouble needs assessment the same day,
    as does an infant who becomes floppy, drowsy or loses skills.
    .lay =
        See a doctor the same day if walking becomes unsteady, or if weakness, spreading numbness, confusion,
        loss of sight or trouble holding urine appears; also if a baby becomes floppy, very sleepy or loses skills.

basis-serum-b12 = It rests on total B12 in serum.
    .lay = This rests on the blood level of vitamin B12.
basis-holotranscobalamin = It rests on active B12 (holotranscobalamin).
    .lay = This rests on the blood level of active vitamin B12, the part the body can use.
basis-functional = It rests on methylmalonic acid or homocysteine, which show whether the cells have enough B12.
    .lay = This rests on a blood test that shows whether the body's cells have enough B12.
basis-combined-indicator = It rests on the combined indicator of four markers.
    .lay = This rests on four blood tests read together.
basis-clinical = It rests on history, signs and circumstances rather than on a B12 level.
    .lay = This rests on the history and the signs, not on a blood level alone.
basis-none = It rests on no result.
    .lay = There is no result yet that it could rest on.
