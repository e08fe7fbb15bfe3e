"""The pages on this machine."""

from __future__ import annotations

from pathlib import Path

import click

from cobalamin.errors import UsageError


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, metavar="ADDRESS", help="Address to listen on; only this machine can reach the default.")
@click.option("--port", type=click.IntRange(1, 65535), default=8012, show_default=True)
@click.option("--name", "names", multiple=True, metavar="HOST", help="A further name of the server, such as b12.clinic.example; requests for others are refused.")
@click.option("--root", default="", metavar="/PREFIX", help="The prefix under which a proxy shows the pages.")
@click.option("--proxy", "proxies", multiple=True, metavar="ADDRESS", help="A proxy whose word on who is calling is trusted.")
@click.option("--folder", "folders", multiple=True, type=click.Path(path_type=Path, exists=True, file_okay=False), metavar="FOLDER",
              help="A folder on this disk whose records may be opened as a population; may be given more than once.")  # fmt: skip
@click.option("--cds-hooks", "hooks", type=click.Path(path_type=Path, exists=True, dir_okay=False), metavar="FILE",
              help="Settings of the CDS Hooks services: which record systems are trusted, under which address and guideline.")  # fmt: skip
def serve(host: str, port: int, names: tuple[str, ...], root: str, proxies: tuple[str, ...], folders: tuple[Path, ...], hooks: Path | None) -> None:
    """Serve the pages: for me, for a patient, for a population; and CDS Hooks for record systems. Nothing about a patient is stored or logged."""
    from cobalamin.app.cds_hooks.settings import HookSettings, read_settings
    from cobalamin.app.server.serving import serve as run
    from cobalamin.app.server.settings import Settings

    if root and (not root.startswith("/") or root.endswith("/")):
        raise UsageError(f"'{root}' is no prefix; write it like /b12.")
    run(Settings(host, port, names, root, proxies, folders, hooks=read_settings(hooks) if hooks else HookSettings()))
