"""The command line. Answers go to standard output, everything else to standard error; each command is a module of `commands`."""

from __future__ import annotations

import pkgutil
import sys
from importlib import import_module
from typing import Any

import click

from cobalamin.app import commands
from cobalamin.errors import CobalaminError


class Cobalamin(click.Group):
    """A command group in which a user's mistake is one clear line and an exit code, never a traceback."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(module.name for module in pkgutil.iter_modules(commands.__path__))

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in self.list_commands(ctx):
            return None
        command = getattr(import_module(f"{commands.__name__}.{name}"), name)
        assert isinstance(command, click.Command)
        return command

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except CobalaminError as error:
            click.echo(f"cobalamin: {error}", err=True)
            ctx.exit(error.exit_code)


@click.group(cls=Cobalamin, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="cobalamin")
def main() -> None:
    """Vitamin B12 deficiency: who is short of it, what the results mean, by which guideline, and why.

    Decision support with its sources, for use with a clinician; not a certified medical device.
    """
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")


if __name__ == "__main__":
    main()
