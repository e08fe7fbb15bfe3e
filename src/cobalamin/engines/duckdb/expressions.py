"""What DuckDB writes differently from the shared SQL."""

from __future__ import annotations

from collections.abc import Sequence

from cobalamin.engines.sql.expressions import Dialect


class DuckDB(Dialect):
    """DuckDB's own forms for lists and structs; everything else is the shared SQL."""

    def texts(self, items: Sequence[str]) -> str:
        """A list of texts without the NULLs among *items*."""
        if not items:
            return "[]::VARCHAR[]"
        return f"list_filter([{', '.join(items)}], lambda x: x IS NOT NULL)"

    def rows(self, items: Sequence[str], kind: str) -> str:
        """A list of structs of *kind* without the NULLs among *items*."""
        if not items:
            return f"[]::{kind}[]"
        return f"list_filter([{', '.join(items)}]::{kind}[], lambda x: x IS NOT NULL)"
