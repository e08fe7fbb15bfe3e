# The stages of the pathway, in the order in which they answer.

stage-safety = What must not wait, whatever any result says.
    .lay = What should not wait.
stage-recognize = Who may be short of B12, how severe the picture is, and whether to test.
    .lay = Who may be short of B12, and whether a test makes sense.
stage-test = Which test comes first, and which next.
    .lay = Which test comes first, and which next.
stage-interpret = What the results mean.
    .lay = What the test results mean.
stage-cause = Why B12 is short, and which tests find the reason.
    .lay = What may be behind it.
stage-treat = How B12 is given, for how long, and what to mind.
    .lay = How it is treated.
stage-respond = Whether treatment works, what to expect, and when to look again.
    .lay = Whether treatment works, and when to come back.
stage-prevent = What keeps B12 from running short.
    .lay = How to keep B12 up.
stage-context = Who the person is: age, pregnancy, kidneys, and whose limits hold.
    .lay = Which limits are used for you.
stage-cascade = How far people have come from risk to recovery, counted for a programme.
    .lay = How many people get the care they need.
stage-worklist = Who should be called, seen, tested or reviewed, and why.
    .lay = Who should be called, seen, tested or reviewed, and why.
stage-replay = What the record of a past day already called for.
    .lay = What the record of a past day already called for.
stage-ask = What is not asked of a person when we say what would change the answer.
    .lay = What we do not ask you, because it cannot be so or is known already.
