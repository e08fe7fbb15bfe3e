"""Take the pictures of the pages again: a server of its own, and Chromium as the camera.

    python docs/page_pictures.py        needs chromium and pngquant
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, sync_playwright

PICTURES = Path(__file__).parent / "pictures"
PORT, DAY = 8098, "2026-11-20"
TYPED = {
    "en": ("tingling in both feet", "b12 205 pg/mL", "metformin", "mcv 104 fL"),
    "hi": ("पैरों में झुनझुनी", "बी12 95 pg/mL", "शाकाहारी", "Hb 10.8 g/dL"),
    "ar": ("تنميل في القدمين", "فيتامين ب12 95 pg/mL", "ميتفورمين", "Hb 10.8 g/dL"),
}
SIZES = {"desktop": {"width": 1180, "height": 820}, "phone": {"width": 390, "height": 780}}
COLORS = "64"


def patient(page: Page, lang: str) -> None:
    """A case of four things, typed in a language."""
    page.goto(f"http://127.0.0.1:{PORT}/patient?lang={lang}")
    page.fill("[name=age]", "57")
    for text in TYPED[lang]:
        rows = page.locator("[name$='.concept']").count()
        page.fill("#add", text)
        page.press("#add", "Enter")
        page.locator("[name$='.concept']").nth(rows).wait_for(state="attached")
    page.wait_for_timeout(800)
    page.evaluate("window.scrollTo(0, 0)")


def home(page: Page, lang: str) -> None:
    """The first page."""
    page.goto(f"http://127.0.0.1:{PORT}/?lang={lang}")
    page.wait_for_timeout(300)


SHOTS: tuple[tuple[str, Any, str, str, str], ...] = (
    ("page-patient-en", patient, "en", "desktop", "light"), ("page-patient-hi", patient, "hi", "desktop", "light"),
    ("page-patient-ar", patient, "ar", "desktop", "light"), ("page-home-ar-phone", home, "ar", "phone", "light"),
    ("page-patient-hi-phone", patient, "hi", "phone", "dark"),
)  # fmt: skip


def main() -> None:
    """Write docs/pictures/page-*.png."""
    server = subprocess.Popen([sys.executable, "-m", "cobalamin.app.cli", "serve", "--port", str(PORT)])
    try:
        time.sleep(6)
        with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
            browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
            for name, make, lang, size, scheme in SHOTS:
                page = browser.new_context(viewport=SIZES[size], color_scheme=scheme).new_page()
                make(page, lang)
                shot = Path(folder) / f"{name}.png"
                page.screenshot(path=str(shot))
                subprocess.run(["pngquant", "--force", "--strip", "--output", str(PICTURES / f"{name}.png"), COLORS, str(shot)], check=True)
    finally:
        server.terminate()


if __name__ == "__main__":
    main()
