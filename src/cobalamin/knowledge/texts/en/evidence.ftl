# How strong a rule is and how well its source was checked.

strength-must = must
    .lay = this should be done
strength-should = should
    .lay = this is advised
strength-may = may
    .lay = this can be done
strength-note = for information
    .lay = good to know

checked-primary = read in the source itself
    .lay = read in the source itself
checked-secondary = read as another text reports it
    .lay = read as another text reports it
checked-recalled = remembered, still to be looked up
    .lay = remembered, still to be looked up
checked-own = our own judgement
    .lay = our own judgement

reviewed-by = reviewed by { $reviewer }
    .lay = reviewed by { $reviewer }
undecided = could not be decided
    .lay = could not be decided
unreviewed =
    { $count ->
        [one] One of the rules used here has not yet been reviewed by a clinician.
       *[other] Of the rules used here, { $number } have not yet been reviewed by a clinician.
    }
    .lay =
        { $count ->
            [one] One of the rules used here has not yet been reviewed by a clinician.
           *[other] Of the rules used here, { $number } have not yet been reviewed by a clinician.
        }
