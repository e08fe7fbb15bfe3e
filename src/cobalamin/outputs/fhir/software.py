"""Who proposes: this program with its version and that of its knowledge, as a Device."""

from __future__ import annotations

from uuid import UUID, uuid5

from cobalamin import __version__
from cobalamin.outputs.content import Section
from cobalamin.outputs.fhir.strings import narrative
from cobalamin.outputs.fhir.writer import Resource
from cobalamin.outputs.language import language
from cobalamin.rules.knowledge import Knowledge

NAME = "Cobalamin"


def software(knowledge: Knowledge, pathway_version: str, lang: str) -> Resource:
    """The Device; the same for everybody who is assessed by the same version of program and knowledge."""
    words = language(lang)
    id = uuid5(UUID(knowledge.fhir_out["id_namespace"]), f"{NAME}\n{__version__}\n{pathway_version}")
    versions = [{"type": {"text": "software"}, "value": __version__}, {"type": {"text": "knowledge"}, "value": pathway_version}]
    disclaimer = words.say("disclaimer")
    said = Section("", f"{NAME} {__version__} ({pathway_version})", (disclaimer,))
    return {
        "resourceType": "Device", "id": str(id), "language": words.code, "text": narrative([said], words), "deviceName": [{"name": NAME, "type": "model-name"}],
        "version": versions, "note": [{"text": disclaimer}],
    }  # fmt: skip
