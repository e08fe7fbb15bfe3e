"""Assess everybody in a source."""

from __future__ import annotations

from pathlib import Path

import click

from cobalamin.app.options import FORMATS, Reading, format_of, language_option, notices, refuse, report_rows, run_options


@click.command()
@click.argument("input")
@click.option("--format", "format_", type=click.Choice(FORMATS), help="text unless --out names another by its ending.")
@click.option("--out", type=click.Path(path_type=Path), metavar="PATH", help="Write the answers here; the file appears whole or not at all.")
@click.option("--patient", metavar="ID", help="Only this person of the input.")
@click.option("--replay", is_flag=True, help="Assess each day on which something was recorded: what the record called for first, and when it was done.")
@click.option("--resume", is_flag=True, help="Use the finished parts of a run to the same file that was ended.")
@click.option("--progress", is_flag=True, help="Say how far the run is, also where standard error is no terminal.")
@click.option("--voice", type=click.Choice(["both", "clinical", "lay"]), default="both", show_default=True, help="Whom the text speaks to.")
@run_options
@language_option
def assess(input: str, format_: str | None, out: Path | None, patient: str | None, replay: bool, resume: bool, progress: bool, voice: str, lang: str,
           reading: Reading) -> None:  # fmt: skip
    """Assess everybody in INPUT: a case (.json, .yaml), cases (.jsonl), a folder of patients and facts, a facts file, FHIR (a Bundle, NDJSON) or OMOP."""
    from cobalamin.app.accounting import write_account
    from cobalamin.app.answers import answer_file, answer_stream, answer_text
    from cobalamin.app.progress import progress_lines

    run = reading.run(input)
    if out is not None:
        refuse(run, out)
    if patient is not None:
        run = run.only(patient)
    format_ = format_ or format_of(out)
    # a file of lines is a population: what would change each answer costs many times the answer
    run.would_change = format_ in ("text", "json") and run.of_few and not input.endswith(".jsonl")
    if format_ == "parquet" and out is None:
        raise click.UsageError("Parquet cannot be printed; say where to with --out FILE.parquet.")
    if replay:
        from cobalamin.app.replaying import replay_all

        replay_all(run, lang, format_, out)
        notices(run)
    elif format_ == "text":
        answer_text(run, lang, voice, out)
        notices(run)
    elif out is not None:
        account = answer_file(run, out, format_, lang=lang, resume=resume, progress=progress_lines(progress))
        write_account(account, out)
        report_rows(run, account)
    else:
        report_rows(run, answer_stream(run, format_, lang))
