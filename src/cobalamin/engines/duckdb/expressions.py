"""What DuckDB writes differently from the shared SQL."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cobalamin.engines.sql.expressions import Dialect
from cobalamin.engines.sql.sql import Sql, certainty, disjunction


class DuckDB(Dialect):
    """DuckDB's own forms for lists and structs; everything else is the shared SQL."""

    def joined(self, lists: Sequence[str], kind: str) -> str:
        """One list of *kind* from several, of which any may be NULL."""
        return f"COALESCE(list_concat({', '.join(lists)}), [])::{kind}[]" if lists else f"[]::{kind}[]"

    def collected(self, items: Mapping[str, Sql], kind: str) -> str:
        """A list of the items of *kind* whose truth holds: most people have none, and one cheap test spares building it."""
        found = {item: held for item, held in items.items() if held.may_hold}
        some = disjunction(found.values())
        held = f"list_where([{', '.join(found)}]::{kind}[], [{', '.join(certainty(held).text for held in found.values())}])"
        return f"CASE WHEN {some.text} THEN {held} ELSE [] END" if found else f"[]::{kind}[]"
