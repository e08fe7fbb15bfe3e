"""What the person is to be told, in plain words of the chosen language: a CommunicationRequest."""

from __future__ import annotations

from cobalamin.outputs.content import Content
from cobalamin.outputs.fhir.risk import RISK
from cobalamin.outputs.fhir.strings import passage
from cobalamin.outputs.fhir.writer import Resource, Writer

COMMUNICATION = "CommunicationRequest"


def communication_request(writer: Writer, content: Content) -> Resource:
    """The page for the person as a draft: a payload for each of its sections, and the language it is in.

    A person decides whether it is said: status `draft`.
    """
    sections = [*content.for_the_person(), *content.disclaimer("lay")]
    return writer.resource(
        COMMUNICATION, COMMUNICATION, sections, status="draft", priority=writer.how["priorities"][content.assessment.urgency], subject=writer.subject,
        about=[writer.reference(RISK)], payload=[{"contentString": text} for section in sections if (text := passage(section, writer.words))],
        authoredOn=writer.as_of, requester=writer.author, recipient=[writer.subject],
    )  # fmt: skip
