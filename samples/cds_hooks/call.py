"""Call a service as a record system would: print the cards for a file with a call.

    python samples/cds_hooks/call.py samples/cds_hooks/order_sign.json                            here, without a server
    python samples/cds_hooks/call.py samples/cds_hooks/order_sign.json http://127.0.0.1:8012      of a server
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from urllib.request import Request, urlopen


def main(file: str, server: str = "", lang: str = "en") -> None:
    """Print the answer as JSON."""
    body = json.loads(Path(file).read_text(encoding="utf-8"))
    service = f"cobalamin-{body['hook']}"
    if server:
        headers = {"Content-Type": "application/json", "Accept-Language": lang}
        with urlopen(Request(f"{server}/cds-services/{service}", json.dumps(body).encode(), headers)) as answer:
            found = json.load(answer)
    else:
        from cobalamin.app.cds_hooks.service import answer as answered
        from cobalamin.app.cds_hooks.service import engine_for

        found = answered(service, body, engine_for("2026-11-20"), lang)
    print(json.dumps(found, indent=1, ensure_ascii=False))


if __name__ == "__main__":
    main(*sys.argv[1:])
