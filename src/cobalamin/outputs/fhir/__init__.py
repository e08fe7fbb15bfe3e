"""FHIR R4 out: an assessment as resources. Everything proposed is a draft proposal; a person makes it an order."""
