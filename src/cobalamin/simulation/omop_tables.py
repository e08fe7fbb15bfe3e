"""The columns of the OMOP CDM 5.4 tables that invented people are written to, in the model's order, and what of a row says what."""

from __future__ import annotations

from dataclasses import dataclass

EVERY = "v5.4"
KINDS = {"i": "INTEGER", "t": "VARCHAR", "d": "DATE", "s": "TIMESTAMP", "n": "DOUBLE"}


@dataclass(frozen=True)
class Event:
    """A table of what happened: what its columns begin with, the column of its first day, and the domain of its concepts."""

    of: str
    start: str
    domain: str


EVENTS = {
    "measurement": Event("measurement", "measurement_date", "Measurement"),
    "observation": Event("observation", "observation_date", "Observation"),
    "condition_occurrence": Event("condition", "condition_start_date", "Condition"),
    "drug_exposure": Event("drug", "drug_exposure_start_date", "Drug"),
    "procedure_occurrence": Event("procedure", "procedure_date", "Procedure"),
}


def _columns(text: str) -> dict[str, str]:
    """Columns written as `name:kind`."""
    return {name: KINDS[kind] for name, kind in (column.split(":") for column in text.split())}


VISIT = "provider_id:i visit_occurrence_id:i visit_detail_id:i"
COLUMNS = {
    name: _columns(text)
    for name, text in {
        "person": "person_id:i gender_concept_id:i year_of_birth:i month_of_birth:i day_of_birth:i birth_datetime:s race_concept_id:i ethnicity_concept_id:i "
        "location_id:i provider_id:i care_site_id:i person_source_value:t gender_source_value:t gender_source_concept_id:i race_source_value:t "
        "race_source_concept_id:i ethnicity_source_value:t ethnicity_source_concept_id:i",
        "observation_period": "observation_period_id:i person_id:i observation_period_start_date:d observation_period_end_date:d period_type_concept_id:i",
        "measurement": "measurement_id:i person_id:i measurement_concept_id:i measurement_date:d measurement_datetime:s measurement_time:t "
        "measurement_type_concept_id:i operator_concept_id:i value_as_number:n value_as_concept_id:i unit_concept_id:i range_low:n range_high:n "
        f"{VISIT} measurement_source_value:t measurement_source_concept_id:i unit_source_value:t unit_source_concept_id:i value_source_value:t "
        "measurement_event_id:i meas_event_field_concept_id:i",
        "observation": "observation_id:i person_id:i observation_concept_id:i observation_date:d observation_datetime:s observation_type_concept_id:i "
        f"value_as_number:n value_as_string:t value_as_concept_id:i qualifier_concept_id:i unit_concept_id:i {VISIT} observation_source_value:t "
        "observation_source_concept_id:i unit_source_value:t qualifier_source_value:t value_source_value:t observation_event_id:i obs_event_field_concept_id:i",
        "condition_occurrence": "condition_occurrence_id:i person_id:i condition_concept_id:i condition_start_date:d condition_start_datetime:s "
        f"condition_end_date:d condition_end_datetime:s condition_type_concept_id:i condition_status_concept_id:i stop_reason:t {VISIT} "
        "condition_source_value:t condition_source_concept_id:i condition_status_source_value:t",
        "drug_exposure": "drug_exposure_id:i person_id:i drug_concept_id:i drug_exposure_start_date:d drug_exposure_start_datetime:s drug_exposure_end_date:d "
        "drug_exposure_end_datetime:s verbatim_end_date:d drug_type_concept_id:i stop_reason:t refills:i quantity:n days_supply:i sig:t route_concept_id:i "
        f"lot_number:t {VISIT} drug_source_value:t drug_source_concept_id:i route_source_value:t dose_unit_source_value:t",
        "procedure_occurrence": "procedure_occurrence_id:i person_id:i procedure_concept_id:i procedure_date:d procedure_datetime:s procedure_end_date:d "
        f"procedure_end_datetime:s procedure_type_concept_id:i modifier_concept_id:i quantity:i {VISIT} procedure_source_value:t "
        "procedure_source_concept_id:i modifier_source_value:t",
        "care_site": "care_site_id:i care_site_name:t place_of_service_concept_id:i location_id:i care_site_source_value:t place_of_service_source_value:t",
        "concept": "concept_id:i concept_name:t domain_id:t vocabulary_id:t concept_class_id:t standard_concept:t concept_code:t valid_start_date:d "
        "valid_end_date:d invalid_reason:t",
        "cdm_source": "cdm_source_name:t cdm_source_abbreviation:t cdm_holder:t source_description:t source_documentation_reference:t cdm_etl_reference:t "
        "source_release_date:d cdm_release_date:d cdm_version:t cdm_version_concept_id:i vocabulary_version:t",
    }.items()
}
