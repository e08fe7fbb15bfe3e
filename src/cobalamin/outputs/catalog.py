"""What a catalog says, as plain data in one language: every value with its source and grade, gaps as gaps, differences in words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from cobalamin.outputs.evidence import told
from cobalamin.outputs.language import Language, Voice, quantity_run
from cobalamin.rules.catalog import Amount, Catalog, Entry, Field, Value
from cobalamin.rules.foods import HUNDRED, per_hundred, per_portion
from cobalamin.rules.knowledge import Knowledge
from cobalamin.rules.shelf import Shelf, differences

Told = dict[str, Any]
VOICES: tuple[Voice, ...] = ("lay", "clinical")
FEW = 2
"""So many different amounts are said one by one; more are said from the lowest to the highest."""


class Librarian:
    """Answers from the shelf in one language."""

    def __init__(self, shelf: Shelf, knowledge: Knowledge, words: Language):
        self.shelf, self.knowledge, self.words = shelf, knowledge, words

    # ---- whole answers

    def catalog(self, catalog: Catalog) -> Told:
        """A catalog with all its entries, then where its sources differ."""
        entries = sorted(catalog.entries.values(), key=lambda entry: self._order(catalog, entry))
        return {"kind": "catalog", "id": catalog.id, "label": self.words.label(catalog.label), "says": self._voices(f"catalog-{catalog.id}", {}),
                "entries": [self._short(catalog, entry) for entry in entries],
                "differs": [self._difference(catalog, id) for id in catalog.disagreements]}  # fmt: skip

    def entry(self, catalog: Catalog, entry: Entry) -> Told:
        """One entry with everything that is known of it."""
        found = self._short(catalog, entry)
        fields = {name: self._field(field, entry.fields[name]) for name, field in catalog.entry_fields.items() if name in entry.fields}
        return {"kind": catalog.id, **found, "also": {code: list(names) for code, names in entry.also.items()}, **fields,
                "differs": [self._difference(catalog, held.id) for held in differences(catalog, entry)]}  # fmt: skip

    def why(self, concept: str) -> list[Told]:
        """Why a lack of B12 shows in a complaint or test: the functions that explain it or what it is a kind of."""
        held = self.knowledge.concepts[concept]
        found = self.shelf.explaining((concept, *held.is_a))
        return [{"function": entry.id, "label": self.words.label(entry.label), **self._sentence(catalog, entry), "values": self._values(catalog, entry)}
                for catalog, entry in found]  # fmt: skip

    # ---- parts of an answer

    def _order(self, catalog: Catalog, entry: Entry) -> int:
        return list(catalog.entry_fields[catalog.by].words).index(entry.fields[catalog.by]) if catalog.by else 0

    def _short(self, catalog: Catalog, entry: Entry) -> Told:
        group = {"group": self.words.label(catalog.entry_fields[catalog.by].words[entry.fields[catalog.by]])} if catalog.by else {}
        return {"id": entry.id, "label": self.words.label(entry.label), "labels": entry.label, **group, **self._sentence(catalog, entry),
                "values": self._values(catalog, entry)}  # fmt: skip

    def _sentence(self, catalog: Catalog, entry: Entry) -> Told:
        if not catalog.says:
            return {}
        held = {name: [value.fields[name] for value in entry.values if name in value.fields] for name, field in catalog.value_fields.items() if field.type == "number"}
        return {"says": self._voices(f"{catalog.says}-{entry.id}", {name: amounts for name, amounts in held.items() if amounts})}

    def _difference(self, catalog: Catalog, id: str) -> Told:
        held = catalog.disagreements[id]
        amounts = {entry: [self._main(catalog, value) for value in catalog.entries[entry].values if not value.gap] for entry in held.between}
        return {"id": id, "between": list(held.between), "says": self._voices(f"disagreement-{id}", amounts), **told(held.evidence, self.knowledge, self.words)}

    def _voices(self, id: str, amounts: dict[str, list[Amount]]) -> dict[str, str]:
        return {voice: self.words.say(id, voice, **{name: self._joined(held, voice) for name, held in amounts.items()}) for voice in VOICES}

    def _joined(self, amounts: Iterable[Amount], voice: Voice) -> str:
        different = list(dict.fromkeys(amounts))
        if len(different) > FEW and not any(amount.sign for amount in different):
            low, high = min(amount.low for amount in different), max(amount.high for amount in different)
            different = [Amount(low, high, unit=different[0].unit)]
        return self.words.joined((self.amount(amount, "lay") for amount in different), voice)

    def _main(self, catalog: Catalog, value: Value) -> Amount:
        """The amount by which values of an entry are compared."""
        if "per" in value.fields and (hundred := per_hundred(value)):
            return hundred
        amount = next(value.fields[name] for name, field in catalog.value_fields.items() if field.type == "number" and name in value.fields)
        assert isinstance(amount, Amount)
        return amount

    def _values(self, catalog: Catalog, entry: Entry) -> list[Told]:
        return [{"says": self.value(catalog, entry, value), **{name: self._field(catalog.value_fields[name], held) for name, held in value.fields.items()},
                 **({"gap": value.gap} if value.gap else {}), **told(value.evidence, self.knowledge, self.words)} for value in entry.values]  # fmt: skip

    def _field(self, field: Field, held: Any) -> Any:
        if field.type == "concepts":
            return {id: self.words.label(self.knowledge.concepts[id].label) for id in held}
        if field.type == "words":
            return {word: self.words.label(field.words[word]) for word in held}
        return self.words.label(field.words[held]) if field.type == "word" else str(held)

    # ---- one value in words

    def amount(self, amount: Amount, voice: Voice = "clinical") -> str:
        """An amount as one run; for lay readers a sign of comparison becomes a word."""
        return self.words.quantity(str(amount), voice)

    def value(self, catalog: Catalog, entry: Entry, value: Value, voice: Voice = "lay") -> str:
        """What a value says, with the words that qualify it, or why there is none."""
        held = {name: self.amount(amount, voice) for name, amount in value.fields.items() if isinstance(amount, Amount)}
        labels = {name: self.words.label(catalog.value_fields[name].words[word]) for name, word in value.fields.items() if catalog.value_fields[name].type == "word"}
        said = self.words.label(catalog.gaps[value.gap]) if value.gap else self._said(entry, value, held, labels, voice)
        if value.gap and "body" in labels:
            said = self.words.say("label-value", voice, label=labels["body"], value=said)
        notes = [label for name, label in labels.items() if name not in ("body", "counted")]
        return f"{said} ({self.words.joined(notes, voice)})" if said and notes else said

    def _said(self, entry: Entry, value: Value, held: dict[str, str], labels: dict[str, str], voice: Voice) -> str:
        say = self.words.say
        if "per" in held:
            return self._food(entry, value, voice)
        if "body" in labels:
            asked = {"body": labels["body"], "ug": held["ug"]}
            return say("intake-value-years", voice, **asked, years=held["years"]) if "years" in held else say("intake-value", voice, **asked)
        if "counted" in labels:
            asked = {"percent": held["percent"], "counted": labels["counted"]}
            return say("prevalence-value-limit", voice, **asked, limit=held["limit"]) if "limit" in held else say("prevalence-value", voice, **asked)
        if "lost" in held:
            return say("cooking-lost-after", voice, lost=held["lost"], minutes=held["minutes"]) if "minutes" in held else say("cooking-lost", voice, lost=held["lost"])
        return say("cooking-absorbed", voice, absorbed=held["absorbed"]) if "absorbed" in held else ""

    def _food(self, food: Entry, value: Value, voice: Voice) -> str:
        """How much is in a hundred grams, and in a portion as people say it."""
        say, parts, per = self.words.say, [], value.fields["per"]
        portion, served, hundred = food.fields.get("portion"), per_portion(food, value), per_hundred(value)
        called = self.words.label(self._portions()[food.fields["portion_is"]]) if "portion_is" in food.fields else ""
        if served and called and portion:
            parts.append(say("food-portion", voice, portion=called, amount=quantity_run(str(portion)), ug=self.amount(served, voice)))
        elif served and called:
            parts.append(say("food-serving", voice, portion=called, ug=self.amount(served, voice)))
        if hundred:
            parts.append(say("food-hundred", voice, ug=self.amount(hundred, voice), amount=quantity_run(f"{HUNDRED} {per.unit}")))
        return (say("part-separator", voice) + " ").join(parts)

    def _portions(self) -> dict[str, dict[str, str]]:
        return self.shelf.catalogs["foods"].entry_fields["portion_is"].words
