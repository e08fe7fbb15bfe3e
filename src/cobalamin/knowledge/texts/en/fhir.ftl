# What FHIR resources say that no other page does.

fhir-person = the person assessed
    .lay = you
