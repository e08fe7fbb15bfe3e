"""Run the server until it is ended."""

from __future__ import annotations

import gc
from threading import Thread

import click

from cobalamin.app.pages.site import warm
from cobalamin.app.server.settings import Settings
from cobalamin.errors import UsageError


def serve(settings: Settings) -> None:
    """Serve the pages; the log holds starts, stops and faults of ours, no request."""
    try:
        import uvicorn

        from cobalamin.app.server.server import create_app
    except ImportError:
        raise UsageError("The web pages need the web extra: pip install 'cobalamin[web]'.") from None

    app = create_app(settings)
    Thread(target=_get_ready, daemon=True).start()
    click.echo(f"Cobalamin is at http://{settings.host}:{settings.port}{settings.root}/ (end it with Ctrl+C)", err=True)
    # whoever asks for what is nobody's business: not in a log
    uvicorn.run(app, host=settings.host, port=settings.port, access_log=False, log_level="warning", server_header=False, root_path=settings.root,
                proxy_headers=bool(settings.proxies), forwarded_allow_ips=list(settings.proxies) or None, limit_concurrency=512, timeout_keep_alive=15)  # fmt: skip


def _get_ready() -> None:
    """Make what every answer needs, and take it out of the sight of the garbage collector, which would walk through all of it again and again."""
    warm()
    gc.collect()
    gc.freeze()
