"""The command for labelling passages by hand."""

from __future__ import annotations

from pathlib import Path

import click

from polythemes.cli.program import corpus_argument, example, program, say
from polythemes.cli.tables import to_files
from polythemes.cli.work import load


@program.command(**example("polythemes label press"))
@corpus_argument
@click.option("--random", default=60, show_default=True, help="Passages drawn at random.")
@click.option("--uncertain", default=20, show_default=True, help="Of those the model is unsure of.")
@click.option("--read", is_flag=True, help="Read the sheets, and tell who agrees with whom.")
@click.option("--gold", is_flag=True, help="Hold the model against gold/lines.csv instead.")
@to_files
def label(
    name: str, random: int, uncertain: int, *, read: bool, gold: bool, **files: Path | None
) -> None:
    """Write sheets on which two people label passages, or read them back.

    A sheet is never overwritten once somebody has filled in a row.
    """
    from polythemes.pipeline import labelled
    from polythemes.show import show

    results = load(name)
    if not read and not gold:
        sheets = labelled.write(results, random=random, uncertain=uncertain)
        say(
            f"{sheets[0].parent} holds {len(sheets)} sheets: give one to each person with "
            f"themes.csv, then run `polythemes label {name} --read`"
        )
        return
    table = labelled.gold(results) if gold else labelled.read(results)
    say("all is measured on the passages drawn at random; uncertain ones are a biased draw")
    show(table, f"Agreement on {name}", **files)
