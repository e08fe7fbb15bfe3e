# Headings and fixed sentences of the page.

page-title = Vitamin B12: what this record says
    .lay = Vitamin B12: what this record says
page-patient = Patient: { $patient }
    .lay = For: { $patient }
page-day = Day of assessment: { $day }
    .lay = Day: { $day }
page-guideline = Guideline: { $guideline }
    .lay = Read by the guideline: { $guideline }

heading-lay = IN PLAIN WORDS
    .lay = IN PLAIN WORDS
heading-clinical = FOR THE CLINICIAN
    .lay = FOR THE CLINICIAN
heading-status = Status: { $status }
    .lay = What this means
heading-next = What follows
    .lay = What to do next
heading-guidelines = The same case under each guideline
    .lay = The same results by each guideline
heading-findings = Findings
    .lay = What else stands out
heading-notes = To keep in mind when reading these results
    .lay = Good to know about these results
heading-alternatives = Other explanations to look at
    .lay = Other possible reasons to ask about
heading-indicator = Combined indicator
    .lay = Four tests read together
heading-tests-first = Tests to do first
    .lay = Tests to ask for first
heading-tests-next = Tests to do next
    .lay = Tests to ask for next
heading-tests-cause = Tests for the cause
    .lay = Tests to find the reason
heading-set-aside = What we could not use
    .lay = What we could not use
heading-flagged = Used, but to be checked
    .lay = Please check these values
heading-reference-ranges = The laboratory's own range beside each result (the guideline's limits may differ)
    .lay = What your laboratory calls usual for these results (the limits used here may differ)
heading-not-understood = What we did not understand
    .lay = What we did not understand
heading-trace = How this answer was reached
    .lay = How this answer was reached
heading-disclaimer = About this page
    .lay = About this page

indicator-value = { $name } is { $value }.
    .lay = The combined value is { $value }.
did-you-mean = Did you mean: { $names }?
    .lay = Did you mean: { $names }?
no-close-name = No similar name was found.
    .lay = We found no similar word.
guidelines-differ = Guidelines differ on this case.
    .lay = Not every guideline reads these results in the same way. Your clinician can see the details.
left-out =
    { $count ->
        [one] One entry of the record was not used; it is listed with its reason.
       *[other] { $number } entries of the record were not used; they are listed with their reasons.
    }
    .lay =
        { $count ->
            [one] One entry could not be used. This page says which one and why.
           *[other] { $number } entries could not be used. This page says which ones and why.
        }
source-line = Source: { $source }, { $where } ({ $checked })
    .lay = Source: { $source }, { $where } ({ $checked })
list-separator = ,
    .lay = ,
part-separator = ;
    .lay = ;
label-value = { $label }: { $value }
    .lay = { $label }: { $value }
disclaimer =
    This is decision support with its sources, for use with a clinician. It is not a certified medical device,
    and it contains rows that no clinician has reviewed yet.
    .lay =
        This page helps you to talk with your doctor or nurse; it does not replace them. It is decision support with its sources,
        not a certified medical device, and it contains rows that no clinician has reviewed yet.
heading-help = When help is needed sooner
    .lay = When to get help sooner

# A population in one page.
summary-title = Vitamin B12: { $number } people assessed
    .lay = Vitamin B12: { $number } people assessed
summary-changes = Where the other guidelines part from { $guideline } (*)
    .lay = Where the other guidelines part from { $guideline } (*)
summary-change = { $number } people: { $status } becomes { $becomes } by { $guideline }
    .lay = { $number } people: { $status } becomes { $becomes } by { $guideline }
summary-no-changes = Nobody's status changes.
    .lay = Nobody's status changes.
summary-account = Rows read: { $people } patients ({ $people_aside } set aside), { $facts } facts = { $used } used + { $aside } set aside.
    .lay = Rows read: { $people } patients ({ $people_aside } set aside), { $facts } facts = { $used } used + { $aside } set aside.
