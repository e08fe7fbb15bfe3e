"""Old and invasive tests are read where a record holds them and are never asked for."""

from cobalamin.rules.answer import TEST_FIELDS
from cobalamin.rules.load import load


def test_no_schilling_test_or_marrow_is_ever_ordered():
    """No row of any table puts an old test on a list of tests to do, though the knowledge reads them all."""
    knowledge = load()
    ordered = {word for table in knowledge.tables.values() for row in table.rows for name, words in row.then if name in TEST_FIELDS.values() for word in words}
    old = {name for name in knowledge.concepts if name.startswith(("schilling_test", "bone_marrow"))}

    assert {"schilling_test_stage_1", "bone_marrow_megaloblastic"} < old
    assert not ordered & old


def test_every_test_that_is_ordered_is_a_concept():
    """A page can name every test on its lists."""
    knowledge = load()
    lists = set(TEST_FIELDS.values()) - {"test_reasons"}
    ordered = {word for table in knowledge.tables.values() for row in table.rows for name, words in row.then if name in lists for word in words}

    assert ordered <= set(knowledge.concepts)
