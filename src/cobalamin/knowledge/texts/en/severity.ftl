# How strong the picture is.

heading-severity = Severity: { $severity }
    .lay = How strong the signs are

severity-name-none = none
    .lay = nothing to grade
severity-name-mild = mild
    .lay = few signs or none
severity-name-moderate = moderate
    .lay = clear signs
severity-name-severe = severe
    .lay = strong signs

severity-mild = Mild: few complaints or none, at most mild anemia. Where B12 is lacking, treating now can keep the nerves from being affected later.
    .lay = The signs on record are few. This is a good time to follow the next step named on this page.
severity-moderate = Moderate: general complaints, tingling or moderate anemia, or signs in an infant. Where B12 is lacking, treat before lasting changes of the nerves arise.
    .lay = The signs on record are clear enough to be looked at soon. Please tell your clinician about every complaint, even small ones.
severity-severe =
    Severe: nerves, spinal cord, mind, eyes or heart are affected, or anemia is severe. Where B12 deficiency is the reason, changes can become permanent:
    treat early, without waiting for every result.
    .lay = Some of the signs on record are strong and deserve a doctor's attention without delay. If B12 is the reason, treatment helps most when it starts early.
