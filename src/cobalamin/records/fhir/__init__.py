"""FHIR R4 in bulk: ViewDefinitions, the compiler that runs them on DuckDB, and the reader of Bundles and NDJSON."""
