# The report on many people: steps of care, groups and measures.

step-at-risk = at risk
    .lay = at risk
step-tested = tested
    .lay = tested
step-deficient = found deficient
    .lay = found short of B12
step-treated = treated
    .lay = treated
step-reviewed = reviewed
    .lay = looked at again
step-recovered = recovered
    .lay = recovered

care-at-risk = A risk factor, a complaint or a blood count on record that fits B12 deficiency, or a reason to test by the chosen guideline.
    .lay = The record shows a reason why B12 could be short.
care-tested = A result of total B12, active B12 or methylmalonic acid in the last { $care_looked_back }.
    .lay = B12 was measured in the last { $care_looked_back }.
care-deficient = Deficient or probable on the day of the report by the chosen guideline, or deficiency on record as a diagnosis, or a low first level before treatment in the last { $care_looked_back }.
    .lay = B12 was found to be too low, or probably too low.
care-treated = Vitamin B12 as a treatment (not a multivitamin) in the last { $care_looked_back }.
    .lay = B12 was given as a treatment in the last { $care_looked_back }.
care-reviewed = After treatment began, a blood count, B12, methylmalonic acid or homocysteine was measured, or it is on record how the person fares.
    .lay = After treatment began, somebody looked at whether it works.
care-recovered = Reviewed, with an adequate response or a blood count without anemia and large cells at least eight weeks into treatment, and nothing on record that says otherwise.
    .lay = Treatment works: the blood is well, or the person feels better.

group-all = everybody
    .lay = everybody
group-under-12 = under 12 years
    .lay = under 12 years
group-age-12-to-19 = 12 to 19 years
    .lay = 12 to 19 years
group-age-20-to-39 = 20 to 39 years
    .lay = 20 to 39 years
group-age-40-to-59 = 40 to 59 years
    .lay = 40 to 59 years
group-age-60-to-74 = 60 to 74 years
    .lay = 60 to 74 years
group-age-75-and-over = 75 years and over
    .lay = 75 years and over
group-age-unknown = age unknown
    .lay = age unknown
group-adults = adults of 20 years and over
    .lay = adults of 20 years and over
group-female = female
    .lay = female
group-male = male
    .lay = male
group-sex-unknown = sex unknown
    .lay = sex unknown

measure-b12-inadequate = total B12 at most { $survey_b12_inadequate_up_to }
    .lay = B12 at most { $survey_b12_inadequate_up_to }
measure-b12-deficient = total B12 below { $survey_b12_deficient_below }
    .lay = B12 below { $survey_b12_deficient_below }
measure-b12-marginal = total B12 from { $survey_b12_deficient_below } to { $survey_b12_marginal_up_to }
    .lay = B12 from { $survey_b12_deficient_below } to { $survey_b12_marginal_up_to }
measure-homocysteine-raised = homocysteine above { $survey_homocysteine_above }
    .lay = homocysteine above { $survey_homocysteine_above }

amount-days =
    { $count ->
        [one] one day
       *[other] { $number } days
    }
    .lay =
        { $count ->
            [one] one day
           *[other] { $number } days
        }
