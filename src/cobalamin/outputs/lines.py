"""Lines of a terminal page: how wide a text is and where it may break."""

from __future__ import annotations

import re
import unicodedata

from cobalamin.outputs.language import END


def width(text: str) -> int:
    """How many columns *text* takes on a terminal."""
    return sum(unicodedata.category(char) not in ("Mn", "Me", "Cf", "Co") for char in text)


def wrap(text: str, first: str, rest: str, columns: int) -> list[str]:
    """Lines of at most *columns*; a run is kept whole, and one too long for that is closed and opened again at the break."""
    joint = "\ue000"
    words: list[str] = []
    for word in re.findall(rf"(?:[\u2066-\u2068][^{END}]*{END}|[^\s\u2066-\u2068])+", text):
        if width(word) <= columns // 3:
            words.append(word)
        else:
            opener = ""
            spread = ""
            for char in word:
                opener = char if char in "\u2066\u2067\u2068" else "" if char == END else opener
                spread += f"{END}{joint} {joint}{opener}" if char == " " and opener else char
            words.extend(spread.split(" "))
    lines, line = [], first
    for word in words:
        if line.strip() and line != first and width(line) + width(word) >= columns:
            lines.append(line)
            line = rest
        line += word if line in (first, rest) else " " + word
    again = re.compile(f"{END}{joint} {joint}[\u2066-\u2068]")
    return [again.sub(" ", each).replace(joint, "") for each in [*lines, line]]
