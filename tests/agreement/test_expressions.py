"""Generated expressions have the same truth on both engines, for every node the rule language has."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
from generated_patients import AS_OF, Maker
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cobalamin.assessing import memory_engine
from cobalamin.engines.memory.expressions import Expressions as MemoryExpressions
from cobalamin.engines.memory.expressions import Values
from cobalamin.engines.memory.features import state_of
from cobalamin.engines.sql.expressions import Expressions
from cobalamin.engines.sql.tables import nested
from cobalamin.errors import Place
from cobalamin.records.case import read_case
from cobalamin.records.people import learn_people
from cobalamin.records.tables import open_cases
from cobalamin.records.typed import TypedFacts
from cobalamin.rules import nodes as n
from cobalamin.rules.bind import Program, Step, bind
from cobalamin.rules.knowledge import KnowledgeScope
from cobalamin.rules.load import load
from cobalamin.rules.parse import parse

pytest.importorskip("duckdb", reason="DuckDB is not installed: pip install 'cobalamin[population]'")

KNOWLEDGE = load()
MAKER = Maker(KNOWLEDGE)
PARAMETERS = [spec for spec in KNOWLEDGE.parameters.values() if not spec.by]
WINDOWS = [spec.name for spec in PARAMETERS if spec.of == "days"]
NUMBERS = [spec.name for spec in PARAMETERS if spec.of == "number"]
LIMITED = [(c.id, [spec.name for spec in PARAMETERS if spec.of == c.id]) for c in KNOWLEDGE.concepts.values() if c.is_result]
LIMITED = [(concept, names) for concept, names in LIMITED if names]
PRESENT = [c.id for c in KNOWLEDGE.concepts.values() if not c.is_result and c.kind != "panel"]
WORDED = [c for c in KNOWLEDGE.concepts.values() if c.is_result and c.words]
OPS = ("<", "<=", ">", ">=")


def truth(random: Random, depth: int) -> str:
    """A random expression that is true, false or unknown."""
    if depth > 0 and random.random() < 0.6:
        inner = [truth(random, depth - 1) for _ in range(random.randint(1, 3))]
        match random.randrange(6):
            case 0:
                return f"({' and '.join(inner)})"
            case 1:
                return f"any_of({', '.join(inner)})"
            case 2:
                return f"not {inner[0]}" if " " not in inner[0] else f"not ({inner[0]})"
            case 3:
                return f"certain({inner[0]})"
            case 4:
                return f"count_of({', '.join(inner)}) {random.choice(OPS)} two"
            case _:
                return f"({' or '.join(inner)})"
    concept, limits = random.choice(LIMITED)
    within = random.choice(("", f", within={random.choice(WINDOWS)}"))
    result = f"{random.choice(('latest', 'latest', 'earliest'))}({concept}{within})"
    limit = random.choice(limits)
    match random.randrange(10):
        case 0 | 1:
            return f"{result} {random.choice(OPS)} {limit}"
        case 2:
            return f"{limit} {random.choice(OPS)} {result}"
        case 3:
            return f"({result} is known)"
        case 4:
            worded = random.choice(WORDED)
            return f"(latest({worded.id}) in ({', '.join(random.sample(worded.words, min(2, len(worded.words))))},))"
        case 5:
            return f"{random.choice(('has', 'ever', 'denied'))}({random.choice(PRESENT)})"
        case 6:
            return f"recent({random.choice(PRESENT)}, within={random.choice(WINDOWS)})"
        case 7:
            function, parameter = random.choice((("days_since", "result_valid_for"), ("days_on", "third_trimester_from"), ("months_on", "months_6")))
            return f"({function}({random.choice(PRESENT)}) {random.choice(OPS)} {parameter})"
        case 8:
            return f"(count({concept}, above={limit}{within}) {random.choice(OPS)} two)"
    return random.choice((f"({number(random, 2)} {random.choice(OPS)} {random.choice(NUMBERS)})", "(age_years >= years_16)", "(sex is female)",
                          "(age_months < months_6)"))  # fmt: skip


def number(random: Random, depth: int) -> str:
    """A random formula."""
    if depth == 0 or random.random() < 0.3:
        concept, _ = random.choice(LIMITED)
        units = KNOWLEDGE.concepts[concept].units
        assert units is not None
        return random.choice((f"value(latest({concept}), '{random.choice(units.units).name}')", random.choice(NUMBERS), "value(age_years, 'years')"))
    a, b = number(random, depth - 1), number(random, depth - 1)
    return random.choice((f"({a} + {b})", f"({a} - {b})", f"({a} * {b})", f"({a} / {b})", f"log10({a})", f"min({a}, {b})", f"max({a}, {b})",
                          f"default({a}, {b})", f"({a} if {truth(random, 0)} else {b})"))  # fmt: skip


def check(texts: list[str], random: Random, people: int, folder: Path) -> None:
    """Evaluate every expression for every patient on both engines and compare the truths."""
    import duckdb

    from cobalamin.engines.duckdb.expressions import DuckDB
    from cobalamin.engines.sql.features import Features
    from cobalamin.records.database import DuckDBDatabase

    engine = memory_engine(AS_OF.isoformat())
    base = bind(KNOWLEDGE, AS_OF.isoformat(), ("ng239",))
    table = KNOWLEDGE.tables["test.next"]
    conditions = tuple(_bound(base, parse(text, KnowledgeScope(KNOWLEDGE), Place("generated"), n.TRUTH)) for text in texts)
    program = Program(KNOWLEDGE, base.day, (Step(0, table, (), conditions),), {"ng239": (0,)}, {"ng239": {}})
    memory = MemoryExpressions(engine.words)
    functions = [memory.function(condition) for condition in conditions]
    cases = [MAKER.case(random, index) for index in range(people)]
    expected = []
    for case in cases:
        values = Values(state_of(read_case(case, engine.words, engine.day), engine.day, engine.words), memory.slots, 1)
        expected.append(tuple(function(values) for function in functions))
    con = duckdb.connect()
    opened = open_cases(con, cases, folder)
    database = DuckDBDatabase(con)
    typed = TypedFacts(database, opened, engine.words, engine.day)
    features = Features(program, DuckDB(), engine.day, typed.met)
    typed.carry(features.bits, features.carried)
    sql = Expressions(KNOWLEDGE, DuckDB(), features.leaves, features.presence_bits)
    names = [sql.add(f"x{index}", sql.truth(condition)).text for index, condition in enumerate(conditions)]
    learn_people(database, engine.words, engine.day, opened.has_patients)
    query = nested(sql, features.query(typed))
    found = con.execute(f"SELECT {', '.join(names)} FROM ({query}) ORDER BY place").fetchall()
    for case, a, b in zip(cases, expected, found, strict=True):
        for text, left, right in zip(texts, a, b, strict=True):
            assert left == right, (text, left, right, case)


def _bound(program: Program, node: n.Node) -> n.Node:
    from cobalamin.rules.bind import _Binder

    return _Binder(KNOWLEDGE, "ng239", program.day, []).bound(node)


@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.randoms(use_true_random=False))
def test_engines_agree_on_expressions_that_shrink(tmp_path_factory: pytest.TempPathFactory, random: Random) -> None:
    """A few expressions and patients drawn by Hypothesis, so that a disagreement comes back small."""
    check([truth(random, 2) for _ in range(4)], random, 6, tmp_path_factory.mktemp("expressions"))


@pytest.mark.parametrize("seed", range(4))
def test_engines_agree_on_many_expressions(tmp_path: Path, seed: int) -> None:
    """Sixty expressions on three hundred patients, four times over."""
    random = Random(f"expressions-{seed}")
    check([truth(random, 3) for _ in range(60)], random, 300, tmp_path)
