# Headings of what can be looked up.

heading-differs = Where sources differ
    .lay = Where sources differ
heading-why = Why it shows here
    .lay = Why it shows here
heading-sources = Sources
    .lay = Where this is from
heading-suits = Fits these diets
    .lay = Who can eat it
heading-explains = Explains these complaints
    .lay = These complaints can come from it
heading-measured-by = Tests that show it
    .lay = Tests that can show it
