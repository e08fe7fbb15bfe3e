"""Take the pictures of docs/how-to/make-worklists.md again: an invented region, its worklists, and Chromium as the camera.

    python docs/worklist_pictures.py        needs chromium and pngquant
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

PICTURES = Path(__file__).parent / "pictures"
DAY, PEOPLE, SEED = "2026-11-20", "4000", "3"
FEW = ("<style>tbody tr:nth-child(n+3), details, fieldset, section > ul { display: none } h2 { margin-top: 1.25rem } "
       "body { padding: 1rem 1.5rem }</style></head>")  # fmt: skip
"""Two rows of every list are enough for a picture."""
SIZES = {"en": "1300,2560", "ar": "1300,700"}


def main() -> None:
    """Write docs/pictures/worklists-<language>.png."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        cobalamin = [sys.executable, "-m", "cobalamin.app.cli"]
        subprocess.run([*cobalamin, "simulate", "uk_practice", "--people", PEOPLE, "--seed", SEED, "--as-of", DAY, "--out", str(folder / "region")], check=True)
        for lang, size in SIZES.items():
            page, shot = folder / f"{lang}.html", folder / f"{lang}.png"
            subprocess.run([*cobalamin, "worklist", str(folder / "region"), "--as-of", DAY, "--lang", lang, "--out", str(page)], check=True)
            page.write_text(page.read_text(encoding="utf-8").replace("</head>", FEW), encoding="utf-8")
            subprocess.run(["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--force-device-scale-factor=0.8", f"--window-size={size}",
                            f"--screenshot={shot}", page.as_uri()], check=True, capture_output=True)  # fmt: skip
            subprocess.run(["pngquant", "--force", "--strip", "--output", str(PICTURES / f"worklists-{lang}.png"), "24", str(shot)], check=True)


if __name__ == "__main__":
    main()
