# What FHIR resources say that no other page does.

fhir-person = the person assessed
    .lay = you
fhir-outcome = vitamin B12 deficiency
    .lay = too little vitamin B12
fhir-program = a program for decision support
    .lay = a program
fhir-parts = { $number } times a day, in equal parts
    .lay = { $number } times a day, in equal parts
