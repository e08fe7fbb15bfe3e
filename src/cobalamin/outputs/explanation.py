"""What a name of the knowledge means: what it says, where it is from, how well that was checked, and what it feeds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from cobalamin.errors import UsageError, nearest
from cobalamin.outputs.catalog import Librarian
from cobalamin.outputs.catalog_page import render
from cobalamin.outputs.evidence import told
from cobalamin.outputs.language import VOICES, Language, language
from cobalamin.outputs.treatment import Treatment
from cobalamin.rules import nodes as n
from cobalamin.rules.knowledge import Knowledge
from cobalamin.rules.parameters import Evidence, ParameterSpec
from cobalamin.rules.schedules import dated_doses, dated_review
from cobalamin.rules.shelf import shelf
from cobalamin.rules.tables import Row, Table

Explained = dict[str, Any]


def explain(name: str, knowledge: Knowledge, lang: str, concept_of: Callable[[str], str | None], fold: Callable[[str], str]) -> Explained:
    """Everything the knowledge holds under *name*, as plain data; a name it does not hold is answered with the nearest.

    *concept_of* finds a concept by any of its names; *fold* makes spellings of one name of a catalog the same.
    """
    explainer = _Explainer(knowledge, lang)
    for look in (explainer.rule, explainer.table, explainer.parameter, explainer.feature, explainer.guideline, explainer.source, explainer.conclusion,
                 explainer.regimen, explainer.review, explainer.received, explainer.stage):
        if (found := look(name)) is not None:
            return found
    concept = concept_of(name)
    if concept is not None:
        return explainer.concept(concept)
    books = shelf().names(fold)
    if (held := books.get(fold(name))) is not None:
        catalog, entry = held
        return explainer.librarian.entry(catalog, entry) if entry else explainer.librarian.catalog(catalog)
    known = [*knowledge.concepts, *knowledge.parameters, *knowledge.features, *knowledge.tables, *knowledge.guidelines, *knowledge.sources,
             *knowledge.regimens, *knowledge.reviews, *(f"received.{id}" for id in (knowledge.judging.verdicts if knowledge.judging else ())),
             *(f"{table.id}.{row.id}" for table in knowledge.tables.values() for row in table.rows)]  # fmt: skip
    raise UsageError(f"Nothing is called '{name}'. {nearest(fold(name), [*known, *books])}".strip())


class _Explainer:
    def __init__(self, knowledge: Knowledge, lang: str):
        self.knowledge, self.words = knowledge, language(lang)
        self.librarian = Librarian(shelf(), knowledge, self.words)

    def _evidence(self, evidence: Evidence) -> Explained:
        return told(evidence, self.knowledge, self.words)

    # ---- rules and tables

    def rule(self, name: str) -> Explained | None:
        """A rule as the trace names it (table.guideline.row) or without the guideline."""
        for table in self.knowledge.tables.values():
            if not name.startswith(table.id + "."):
                continue
            parts = name.removeprefix(table.id + ".").split(".")
            row = next((row for row in table.rows if row.id == parts[-1]), None)
            if row and len(parts) <= 2 and (len(parts) == 1 or parts[0] in self.knowledge.guidelines):
                return self._rule(table, row, parts[0] if len(parts) == 2 else "")
        return None

    def _rule(self, table: Table, row: Row, guideline: str) -> Explained:
        condition = self.knowledge.conditions[table.id][table.rows.index(row)]
        names = {node.name for node in condition.walk() if isinstance(node, n.Parameter)}
        limits = {name: self._values(self.knowledge.parameters[name], guideline) for name in sorted(names)}
        then = {name: list(words) if table.collects else words[0] for name, words in row.then}
        text = {voice: self.words.say(row.text, voice, given="word") for voice in VOICES} if row.text in self.words.sources else {}
        lets = {name: text_ for name, text_, _ in table.let}
        return {"kind": "rule", "id": f"{table.id}.{row.id}", "table": table.title, "hit_policy": table.hit,
                "guidelines": list(row.guidelines or table.guidelines) or "all", "when": " ".join(row.when.split()), "short_names": lets,
                "then": then, "strength": row.strength, "says": text, "limits": limits, **self._evidence(row.evidence),
                "note": row.note, "feeds": sorted({user for name, _ in row.then for user in self._readers(name)})}  # fmt: skip

    def table(self, name: str) -> Explained | None:
        table = self.knowledge.tables.get(name)
        if table is None:
            return None
        rows = [{"id": row.id, "when": " ".join(row.when.split()), "then": {k: v[0] if len(v) == 1 else list(v) for k, v in row.then},
                 "source": row.evidence.source, "checked": row.evidence.checked} for row in table.rows]  # fmt: skip
        return {"kind": "table", "id": table.id, "what": table.title, "hit_policy": table.hit, "guidelines": list(table.guidelines) or "all",
                "concludes": {k: sorted(v) for k, v in table.concludes().items()}, "rows": rows,
                "feeds": sorted({user for name in table.concludes() for user in self._readers(name)})}  # fmt: skip

    def stage(self, name: str) -> Explained | None:
        tables = [table for table in self.knowledge.tables.values() if table.stage == name]
        if not tables:
            return None
        return {"kind": "stage", "id": name, "says": {voice: self.words.say(f"stage-{name}", voice) for voice in VOICES},
                "tables": [{"id": table.id, "what": table.title, "rows": len(table.rows)} for table in tables]}  # fmt: skip

    def conclusion(self, name: str) -> Explained | None:
        if name not in self.knowledge.words_of and name not in self.knowledge.collections:
            return None
        words = self.knowledge.words_of.get(name) or tuple(sorted(self.knowledge.collections[name]))
        makers = [table.id for table in self.knowledge.tables.values() if name in table.concludes()]
        return {"kind": "conclusion", "id": name, "words": list(words), "concluded_by": makers, "feeds": sorted(self._readers(name))}

    def _readers(self, name: str) -> Iterator[str]:
        return self._users(lambda node: isinstance(node, (n.Conclusion, n.Member)) and node.name == name)

    def _users(self, test: Callable[[n.Node], bool]) -> Iterator[str]:
        for table in self.knowledge.tables.values():
            for row, condition in zip(table.rows, self.knowledge.conditions[table.id], strict=True):
                if any(test(node) for node in condition.walk()):
                    yield f"{table.id}.{row.id}"

    # ---- schedules

    def regimen(self, name: str) -> Explained | None:
        regimen = self.knowledge.regimens.get(name)
        if regimen is None:
            return None
        said = Treatment(self.knowledge, self.words)
        day = date.fromisoformat(self.knowledge.knowledge_from)
        doses = [{key: value for key, value in dose.items() if value is not None} for dose in dated_doses(regimen, day, None)]
        return {"kind": "regimen", "id": name, "says": {voice: said.regimen(name, voice) for voice in VOICES}, "sure": self.words.say(f"sure-{regimen.sure}"),
                "route": regimen.route, "counted_from": regimen.counted_from, "begun_on": day.isoformat(), "doses": doses, **self._evidence(regimen.evidence),
                "note": regimen.note, "chosen_by": sorted(self._makers(name))}  # fmt: skip

    def review(self, name: str) -> Explained | None:
        review = self.knowledge.reviews.get(name)
        if review is None:
            return None
        said, day = Treatment(self.knowledge, self.words), date.fromisoformat(self.knowledge.knowledge_from)
        return {"kind": "review", "id": name, "looks_at": [said.look(word, "clinical") for word in review.what], "counted_from": review.counted_from,
                "begun_on": day.isoformat(), "due_on": dated_review(review, day, None)["date"], **self._evidence(review.evidence),
                "chosen_by": sorted(self._makers(name))}  # fmt: skip

    def received(self, name: str) -> Explained | None:
        """How a dose given in some way is judged, as the dose calendar names it (`received.too_early`)."""
        judging = self.knowledge.judging
        verdict = judging.verdicts.get(name.removeprefix("received.")) if judging and name.startswith("received.") else None
        if verdict is None:
            return None
        says = {voice: self.words.say(f"received-{verdict.id}", voice, due="...") for voice in VOICES}
        return {"kind": "verdict on a dose given", "id": name, "says": says, **({"then": verdict.then} if verdict.then else {"counts": verdict.counts}),
                **self._evidence(verdict.evidence)}  # fmt: skip

    def _makers(self, word: str) -> Iterator[str]:
        return (f"{table.id}.{row.id}" for table in self.knowledge.tables.values() for row in table.rows if any(word in words for _, words in row.then))

    # ---- what rules are made of

    def parameter(self, name: str) -> Explained | None:
        spec = self.knowledge.parameters.get(name)
        if spec is None:
            return None
        users = self._users(lambda node: isinstance(node, n.Parameter) and node.name == name)
        return {"kind": "parameter", "id": name, "what": spec.what, "of": spec.of, "chosen_by": spec.by, "values": self._values(spec, ""),
                "not_printed_by": list(spec.silent), "feeds": sorted(set(users))}  # fmt: skip

    def _values(self, spec: ParameterSpec, guideline: str) -> list[Explained]:
        wanted = self.knowledge.chain(guideline) if guideline else tuple(spec.values)
        shown = next(([g] for g in wanted if g in spec.values), []) if guideline else list(spec.values)
        return [{"guideline": g, **dict(dated.printed), **self._evidence(dated.evidence)} for g in shown for dated in spec.values[g]]

    def feature(self, name: str) -> Explained | None:
        feature = self.knowledge.features.get(name)
        if feature is None:
            return None
        tree, _ = self.knowledge._drafts[name]
        users = self._users(lambda node: isinstance(node, n.Named) and node.name == name)
        return {"kind": "feature", "id": name, "what": feature.what, "is": " ".join(str(tree["is"]).split()), "answers": feature.node.kind,
                **(self._evidence(feature.evidence) if feature.evidence else {}), "feeds": sorted(set(users))}  # fmt: skip

    def concept(self, id: str) -> Explained:
        concept = self.knowledge.concepts[id]
        units = [unit.name for unit in concept.units.units] if concept.units else []
        narrower = [other for other in self.knowledge.narrower(id) if other != id]
        users = self._users(lambda node: getattr(node, "concept", None) in (id, *concept.is_a))
        return {"kind": concept.kind, "id": id, "label": self.words.label(concept.label), "why": self.librarian.why(id), "labels": concept.label,
                "also": {k: list(v) for k, v in concept.also.items()},
                "codes": [f"{c.system}|{c.code}" + (" (recalled, check before use)" if c.checked == "recalled" else "") for c in concept.codes],
                "no_code": concept.no_code, "units": units, "words": list(concept.words), "is_a": list(concept.is_a), "narrower": narrower,
                "parameters": sorted(p.name for p in self.knowledge.parameters.values() if p.of == id), "feeds": sorted(set(users))}  # fmt: skip

    def guideline(self, name: str) -> Explained | None:
        guideline = self.knowledge.guidelines.get(name)
        if guideline is None:
            return None
        own = {spec.name: self._values(spec, name)[0] for spec in self.knowledge.parameters.values() if name in spec.values}
        silent = [spec.name for spec in self.knowledge.parameters.values() if name in spec.silent]
        source = self.knowledge.sources[guideline.source]
        return {"kind": "guideline", "id": name, "title": self.words.label(guideline.title), "since": guideline.since, "source": source.title,
                "address": source.url, "based_on": guideline.based_on, "note": guideline.note.get("en", ""), "own_values": own, "does_not_print": silent}  # fmt: skip

    def source(self, name: str) -> Explained | None:
        source = self.knowledge.sources.get(name)
        if source is None:
            return None
        rows = [f"{t.id}.{row.id}" for t in self.knowledge.tables.values() for row in t.rows if row.evidence.source == name]
        values = [spec.name for spec in self.knowledge.parameters.values() if any(d.evidence.source == name for v in spec.values.values() for d in v)]
        return {"kind": "source", "id": name, "title": source.title, "publisher": source.publisher, "year": source.year, "address": source.url,
                "seen": source.seen, "backs_rules": rows, "backs_parameters": values}  # fmt: skip


def print_explanation(found: Explained, lang: str) -> str:
    """An explanation as text: a page for a catalog or an entry of one, else indented lines, empty parts left out."""
    if found["kind"] == "catalog" or found["kind"] in shelf().catalogs:
        return render(found, language(lang))
    return "\n".join(_lines(found, language(lang), ""))


def _lines(tree: Explained, words: Language, indent: str) -> Iterator[str]:
    for key, value in tree.items():
        if value in ("", [], {}, None):
            continue
        heading = f"key-{key}".replace("_", "-")
        name = words.say(heading) if heading in words.sources else str(key).replace("_", " ")
        if isinstance(value, dict):
            yield f"{indent}{name}:"
            yield from _lines(value, words, indent + "  ")
        elif isinstance(value, list) and any(isinstance(item, dict) for item in value):
            yield f"{indent}{name}:"
            for item in value:
                yield f"{indent}  -"
                yield from _lines(item, words, indent + "    ")
        elif isinstance(value, (list, tuple)):
            yield f"{indent}{name}: {', '.join(map(str, value))}"
        else:
            yield f"{indent}{name}: {value}"
