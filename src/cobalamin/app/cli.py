"""The command line: assess, plan, compare, worklist, simulate, explain, check. Answers go to standard output, everything else to standard error."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cobalamin.errors import CobalaminError, UsageError

if TYPE_CHECKING:
    from cobalamin.model.account import Account
    from cobalamin.run import Run

LANGUAGES = click.Choice(["en", "hi", "ar"])
FORMATS = ("text", "json", "jsonl", "csv", "parquet")
KINDS = ("recall", "overdue", "test-due", "missed", "injection-review")
PLAN = ("patient_id", "as_of", "guideline", "pathway_version", "status", "urgency", "red_flags", "treatment", "response", "review")
"""What of an assessment a plan says."""
Command = Callable[..., None]


class Cobalamin(click.Group):
    """A command group in which a user's mistake is one clear line and an exit code, never a traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except CobalaminError as error:
            click.echo(f"cobalamin: {error}", err=True)
            ctx.exit(error.exit_code)


def knowledge_options(command: Command) -> Command:
    """Options of every command that uses the rules."""
    command = click.option("--guideline-file", "guideline_files", multiple=True, type=click.Path(path_type=Path), metavar="FILE",
                           help="A guideline of your own (YAML); may be given more than once.")(command)  # fmt: skip
    return click.option("--lang", type=LANGUAGES, default="en", show_default=True, help="Language of texts.")(command)


def run_options(command: Command) -> Command:
    """Options of every command that reads patients."""
    command = click.option("--engine", default="auto", show_default=True, metavar="ENGINE", help="auto, memory, duckdb or spark.")(command)
    command = click.option("--guideline", metavar="ID", help="Guideline to answer by (ng239 unless named).")(command)
    command = click.option("--mapping", type=click.Path(path_type=Path), metavar="FILE", help="How the columns of a wide table are named.")(command)
    command = click.option("--assume-unit", "assume_units", multiple=True, metavar="CONCEPT=UNIT",
                           help="The unit of results that are printed without one; each is marked as assumed. May be given more than once.")(command)  # fmt: skip
    command = click.option("--memory-limit", default="", metavar="SIZE", help="Memory the run may use, such as 4GB.")(command)
    return click.option("--as-of", metavar="DAY", help="Day to assess on, such as 2026-11-20 (today unless given).")(command)


@click.group(cls=Cobalamin, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="cobalamin")
def main() -> None:
    """Vitamin B12 deficiency: who is short of it, what the results mean, by which guideline, and why.

    Decision support with its sources, for use with a clinician; not a certified medical device.
    """
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")


@main.command()
@click.argument("input")
@click.option("--format", "format_", type=click.Choice(FORMATS), help="text unless --out names another by its ending.")
@click.option("--out", type=click.Path(path_type=Path), metavar="PATH", help="Write the answers here; the file appears whole or not at all.")
@click.option("--patient", metavar="ID", help="Only this person of the input.")
@click.option("--replay", is_flag=True, help="Assess each day on which something was recorded: what the record called for first, and when it was done.")
@click.option("--resume", is_flag=True, help="Use the finished parts of a run to the same file that was ended.")
@click.option("--progress", is_flag=True, help="Say how far the run is, also where standard error is no terminal.")
@click.option("--voice", type=click.Choice(["both", "clinical", "lay"]), default="both", show_default=True, help="Whom the text speaks to.")
@run_options
@knowledge_options
def assess(input: str, format_: str | None, out: Path | None, patient: str | None, replay: bool, resume: bool, progress: bool, voice: str, lang: str, as_of: str | None,
           guideline: str | None, engine: str, memory_limit: str, mapping: Path | None, assume_units: tuple[str, ...],
           guideline_files: tuple[Path, ...]) -> None:  # fmt: skip
    """Assess everybody in INPUT: a case (.json, .yaml), cases (.jsonl), a folder of patients and facts, a facts file, FHIR (a Bundle, NDJSON) or OMOP."""
    from cobalamin.app.accounting import write_account
    from cobalamin.app.answers import answer_file, answer_stream, answer_text
    from cobalamin.app.progress import progress_lines
    from cobalamin.run import Run

    run = Run(input, as_of=as_of, guideline=guideline, engine=engine, guideline_files=guideline_files, memory_limit=memory_limit, mapping=mapping,
              assume_units=assume_units)
    if out is not None:
        _refuse(run, out)
    if patient is not None:
        run = run.only(patient)
    format_ = format_ or _format_of(out)
    if format_ == "parquet" and out is None:
        raise click.UsageError("Parquet cannot be printed; say where to with --out FILE.parquet.")
    if replay:
        from cobalamin.app.replaying import replay_all

        replay_all(run, lang, format_, out)
        _notices(run)
    elif format_ == "text":
        answer_text(run, lang, voice, out)
        _notices(run)
    elif out is not None:
        account = answer_file(run, out, format_, resume=resume, progress=progress_lines(progress))
        write_account(account, out)
        _report(run, account)
    else:
        _report(run, answer_stream(run, format_))


@main.command()
@click.argument("input", metavar="CASE")
@click.option("--regimen", metavar="ID", help="Date this regimen, one of those the assessment offers beside the first.")
@click.option("--patient", metavar="ID", help="Whose plan, where the input holds several people.")
@click.option("--format", "format_", type=click.Choice(("text", "json")), default="text", show_default=True)
@click.option("--voice", type=click.Choice(["clinical", "lay"]), default="clinical", show_default=True, help="Whom the text speaks to.")
@run_options
@knowledge_options
def plan(input: str, regimen: str | None, patient: str | None, format_: str, voice: str, lang: str, as_of: str | None, guideline: str | None, engine: str,
         memory_limit: str, mapping: Path | None, assume_units: tuple[str, ...], guideline_files: tuple[Path, ...]) -> None:  # fmt: skip
    """Print the dated doses and reviews of one person: a case, or a person of a table with --patient."""
    from cobalamin.app.planning import plan_of
    from cobalamin.outputs.plain import to_json
    from cobalamin.outputs.text import render_plan
    from cobalamin.run import Run

    run = Run(input, as_of=as_of, guideline=guideline, engine=engine, guideline_files=guideline_files, memory_limit=memory_limit, mapping=mapping,
              assume_units=assume_units)
    if patient is not None:
        run = run.only(patient)
    found = plan_of(run, regimen)
    if format_ == "json":
        click.echo(to_json({name: getattr(found, name) for name in PLAN}, indent=1))
    else:
        click.echo(render_plan(found, run.knowledge, lang, voice))
    _notices(run)


@main.command()
@click.argument("input")
@click.option("--out", type=click.Path(path_type=Path), metavar="PATH", help="Write everybody whose status differs, with the deciding rule (.csv or .jsonl).")
@click.option("--truth", type=click.Path(path_type=Path), metavar="FILE", help="The truth.parquet of invented people: print how well each guideline finds them.")
@click.option("--format", "format_", type=click.Choice(("text", "json")), default="text", show_default=True)
@run_options
@knowledge_options
def compare(input: str, out: Path | None, truth: Path | None, format_: str, lang: str, as_of: str | None, guideline: str | None, engine: str,
            memory_limit: str, mapping: Path | None, assume_units: tuple[str, ...], guideline_files: tuple[Path, ...]) -> None:  # fmt: skip
    """Put every guideline beside every other: how many have which status, who changes, and by which rule."""
    from cobalamin.app.comparison import compare_all
    from cobalamin.run import Run

    run = Run(input, as_of=as_of, guideline=guideline, engine=engine, guideline_files=guideline_files, memory_limit=memory_limit, mapping=mapping,
              assume_units=assume_units)
    if out is not None:
        _refuse(run, out)
    if truth is not None:
        from cobalamin.app.judging import judge_all

        if out is not None:
            raise UsageError("--truth prints a table; leave --out away.")
        judge_all(run, truth, lang, format_)
    else:
        compare_all(run, lang, format_, out)
    _notices(run)


@main.command()
@click.argument("input")
@click.option("--out", type=click.Path(path_type=Path), metavar="PATH", default=Path("report.html"), show_default=True, help="Where the page goes; whole or not at all.")
@click.option("--format", "format_", type=click.Choice(("html", "json")), help="html unless --out ends in .json.")
@click.option("--small-cells", type=click.IntRange(0), metavar="N", help="Leave out counts from 1 to N - 1, and what they could be computed from; 0 shows all.")
@click.option("--replay", is_flag=True, help="Also how long people waited for a test and for treatment, every day of each record judged as it stood.")
@click.option("--truth", type=click.Path(path_type=Path), metavar="FILE", help="The truth.parquet of invented people: also how well each guideline finds them.")
@run_options
@knowledge_options
def report(input: str, out: Path, format_: str | None, small_cells: int | None, replay: bool, truth: Path | None, lang: str, as_of: str | None,
           guideline: str | None, engine: str, memory_limit: str, mapping: Path | None, assume_units: tuple[str, ...],
           guideline_files: tuple[Path, ...]) -> None:  # fmt: skip
    """Write one page on everybody in INPUT: the cascade of care, statuses by guideline, prevalence with intervals, and the account of every row."""
    from cobalamin.app.reporting import write_report
    from cobalamin.run import Run

    run = Run(input, as_of=as_of, guideline=guideline, engine=engine, guideline_files=guideline_files, memory_limit=memory_limit, mapping=mapping,
              assume_units=assume_units)
    _refuse(run, out)
    account = write_report(run, out, lang, format_ or ("json" if out.suffix == ".json" else "html"), small_cells, replay, truth)
    _report(run, account)


@main.command()
@click.argument("region")
@click.option("--people", type=int, default=10_000, show_default=True, metavar="N", help="How many people to invent.")
@click.option("--seed", type=int, default=1, show_default=True, metavar="S", help="The same seed gives the same people.")
@click.option("--out", type=click.Path(path_type=Path), required=True, metavar="FOLDER", help="A folder for patients, facts and the truth.")
@click.option("--as", "format_", type=click.Choice(("facts", "fhir", "omop")), default="facts", show_default=True,
              help="Tables of facts, FHIR R4 as NDJSON, or the OMOP CDM 5.4 as Parquet.")  # fmt: skip
@click.option("--as-of", metavar="DAY", help="The last day of the record, such as 2026-11-20 (today unless given).")
@click.option("--memory-limit", default="", metavar="SIZE", help="Memory the run may use, such as 4GB.")
@click.option("--lang", type=LANGUAGES, default="en", show_default=True, help="Language of texts.")
def simulate(region: str, people: int, seed: int, out: Path, format_: str, as_of: str | None, memory_limit: str, lang: str) -> None:
    """Invent the people of REGION (uk_practice, west_india, gulf) with their records and, apart, the truth. Nobody is real."""
    from cobalamin.app.inventing import invent, print_invented

    click.echo(print_invented(invent(region, people, seed, out, as_of, memory_limit, format=format_), out, lang))


@main.command()
@click.argument("input")
@click.option("--kind", "kinds", multiple=True, type=click.Choice(("all", *KINDS)), default=("all",), show_default=True,
              help="Which lists; may be given more than once.")  # fmt: skip
@click.option("--out", type=click.Path(path_type=Path), metavar="PATH", help="Write the rows here (.csv, .html, .parquet, .jsonl); the file appears whole or not at all.")
@click.option("--format", "format_", type=click.Choice(("text", "csv", "html", "parquet", "jsonl")), help="text unless --out names another by its ending.")
@run_options
@knowledge_options
def worklist(input: str, kinds: tuple[str, ...], out: Path | None, format_: str | None, lang: str, as_of: str | None, guideline: str | None, engine: str,
             memory_limit: str, mapping: Path | None, assume_units: tuple[str, ...], guideline_files: tuple[Path, ...]) -> None:  # fmt: skip
    """List who needs somebody to act, one row a person and kind of list, the most urgent first: who is short of B12 and untreated (recall), late for an
    injection or a review (overdue), at risk and untested (test-due), shown and never followed up (missed), on injections (injection-review)."""
    from cobalamin.app.worklist import FORMATS as known
    from cobalamin.app.worklist import worklist as listed
    from cobalamin.run import Run

    run = Run(input, as_of=as_of, guideline=guideline, engine=engine, guideline_files=guideline_files, memory_limit=memory_limit, mapping=mapping,
              assume_units=assume_units)
    if out is not None:
        _refuse(run, out)
    format_ = format_ or _format_of(out, known)
    if format_ == "parquet" and out is None:
        raise click.UsageError("Parquet cannot be printed; say where to with --out FILE.parquet.")
    chosen = KINDS if "all" in kinds else kinds
    _report(run, listed(run, [kind.replace("-", "_") for kind in chosen], lang, format_, out))


@main.command()
@click.argument("name")
@click.option("--format", "format_", type=click.Choice(("text", "json")), default="text", show_default=True)
@knowledge_options
def explain(name: str, format_: str, lang: str, guideline_files: tuple[Path, ...]) -> None:
    """Say what NAME is: a rule, table, parameter, feature, guideline or source; a concept or a food in any of the three languages;
    or all foods, cooking, intakes, prevalence or functions."""
    from cobalamin.outputs.explanation import explain as explained
    from cobalamin.outputs.explanation import print_explanation
    from cobalamin.outputs.plain import to_json
    from cobalamin.records.folding import fold
    from cobalamin.records.words import Words
    from cobalamin.rules.load import load

    knowledge = load(extra=guideline_files)
    words = Words(knowledge)
    found = explained(name, knowledge, lang, lambda text: words.concept(text)[0], fold)
    click.echo(to_json(found, indent=1) if format_ == "json" else print_explanation(found, lang))


@main.command()
@click.option("--guideline", "guidelines", multiple=True, metavar="ID", help="Only prove this guideline; may be given more than once.")
@click.option("--knowledge", "folder", type=click.Path(path_type=Path), metavar="FOLDER", help="Check this folder of knowledge, not the one shipped.")
@click.option("--timeout", default=60, show_default=True, metavar="SECONDS", help="Time for each proof; one that takes longer counts as failed.")
@click.option("--guideline-file", "guideline_files", multiple=True, type=click.Path(path_type=Path), metavar="FILE")
def check(guidelines: tuple[str, ...], folder: Path | None, timeout: int, guideline_files: tuple[Path, ...]) -> None:
    """Check the knowledge: names, kinds, units, sources and sentences; then prove its tables, with a patient for each fault."""
    from importlib.util import find_spec

    from cobalamin.rules.load import load

    knowledge = load(folder, extra=guideline_files, places=True)
    if not find_spec("z3"):
        raise click.UsageError("Proofs need z3: pip install 'cobalamin[check]'.")
    from cobalamin.verify import run

    report = run(knowledge, guidelines or None, timeout_seconds=timeout, folder=folder)
    click.echo(str(report))
    if not report.ok:
        raise SystemExit(11)


@main.command("map")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--out", type=click.Path(path_type=Path), metavar="PATH", help="Write the mapping here; the file appears whole or not at all.")
def map_(file: Path, out: Path | None) -> None:
    """Propose how the columns of FILE are read: a wide table (.csv, .tsv, .parquet) with a column for each test.

    The mapping is YAML, with a comment on each column that says why; look it over, correct it, and give it to --mapping.
    """
    from cobalamin.app.proposing import propose
    from cobalamin.outputs.whole_file import checked_target, whole_file

    if out is not None:
        checked_target(out)
        if out.exists() and file.exists() and out.samefile(file):
            raise UsageError(f"{out} is the input itself; name another file to write to.")
    text = propose(file)
    if out is None:
        click.echo(text, nl=False)
    else:
        with whole_file(out) as draft:
            draft.write_text(text, encoding="utf-8")


def _format_of(out: Path | None, known: Sequence[str] = FORMATS) -> str:
    ending = out.suffix.lstrip(".") if out else ""
    return ending if ending in known else "text"


def _refuse(run: Run, out: Path) -> None:
    """Refuse, before any work, to write where nothing can be written or where the input stands."""
    from cobalamin.outputs.whole_file import checked_folder, checked_target

    (checked_folder if run.engine == "spark" and _format_of(out) == "parquet" else checked_target)(out)
    if run.reads(out):
        raise UsageError(f"{out} is the input itself; name another file to write to.")


def _report(run: Run, account: Account) -> None:
    """Say on standard error where every row went."""
    from cobalamin.app.accounting import lines_of_account

    _notices(run)
    for line in lines_of_account(account):
        click.echo(line, err=True)


def _notices(run: Run) -> None:
    for notice in run.notices:
        click.echo(f"note: {notice}", err=True)


if __name__ == "__main__":
    main()
