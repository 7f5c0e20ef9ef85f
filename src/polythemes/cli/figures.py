"""Commands that cite the figures, prove them, and trace them back to passages."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import click

from polythemes import paths
from polythemes.cli.program import corpus_argument, example, program, say
from polythemes.cli.tables import to_files
from polythemes.cli.work import load

if TYPE_CHECKING:
    from polythemes.paths import Corpus

#: What the exit code of a corpus that does not hold tells.
MOVED = 1


@program.command(**example("polythemes cite press/04-themes-share --format bibtex"))
@click.argument("figure", metavar="FIGURE|CORPUS")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "bibtex", "csl"]),
    default="text",
    show_default=True,
    help="A sentence for a report, BibTeX, or CSL-JSON.",
)
def cite(figure: str, form: str) -> None:
    """Tell how to cite a figure, as in press/04-themes-share, or all of a corpus."""
    from polythemes import citation
    from polythemes.figures import manifest

    corpus = corpus_of(figure)
    work = citation.find(corpus, manifest.load(corpus), figure)
    commit = citation.commit_of(corpus.root, corpus.figures)
    note(corpus)
    click.echo(
        citation.cite(work, citation.software(corpus.root), form=form, commit=commit), nl=False
    )


@program.command(**example("polythemes verify press --quick"))
@corpus_argument
@click.option("--quick", is_flag=True, help="Leave out the notebooks: no figure is drawn anew.")
@click.option("--results", is_flag=True, help="Changed code that gives the same is no fault.")
@to_files
def verify(name: str, *, quick: bool, results: bool, csv: Path | None, json: Path | None) -> None:
    """Rebuild a corpus in a scratch folder, compare, and tell what moved and why.

    From its texts where they are at hand, each embedded anew; else from its features. The exit code
    is 1 if anything is not as it was when the figures were drawn.
    """
    from polythemes import verification
    from polythemes.figures import manifest
    from polythemes.show import show

    corpus = paths.corpus(name)
    listed = manifest.load(corpus)
    with tempfile.TemporaryDirectory(prefix="polythemes-verify-") as scratch:
        copy = verification.lay_out(corpus, Path(scratch))
        rebuilt = verification.rebuild(copy, say=say, quick=quick)
        now = manifest.made(corpus)["made_from"]
        # The tables of the committed corpus may be old, or absent.
        now["texts"] = manifest.made(copy)["made_from"]["texts"] or listed["made_from"]["texts"]
        changes = verification.changes(listed["made_from"], now)
        sides = verification.Sides(
            corpus, copy, listed, changes, drawn=not quick, source=rebuilt.source
        )
        rows = verification.report(sides, manifest.tables(copy), rebuilt)
    begun = rebuilt.source or "texts, as far as it came"
    show(verification.table(rows), f"{name}, rebuilt from its {begun}", csv=csv, json=json)
    wrong = verification.wrong(rows, results=results)
    say(f"{name}: {wrong} not as they were" if wrong else f"{name}: all holds")
    if wrong:
        sys.exit(MOVED)


@program.command(**example("polythemes trace press/04-themes-share --row 3"))
@click.argument("figure", metavar="FIGURE")
@click.option("--row", "number", type=int, required=True, help="Row of its CSV, the first is 1.")
@to_files
def trace(figure: str, number: int, csv: Path | None, json: Path | None) -> None:
    """Show the passages behind a row of a figure's data: article, lines and characters.

    Their text is shown where it is at hand, else their terms.
    """
    from polythemes import pipeline, trace
    from polythemes.show import show

    corpus = corpus_of(figure)
    row = trace.pick(trace.rows(corpus, figure), number, figure)
    results = load(corpus.name)
    table = trace.behind(results.tables, row)
    note(corpus)
    if results.source == "texts":
        table = pipeline.excerpts(results, table).drop(columns="terms", errors="ignore")
    told = ", ".join(f"{column} {value}" for column, value in row.items())
    say(f"row {number} of {figure}: {told}")
    show(table, f"{len(table)} places behind it", csv=csv, json=json)


def note(corpus: Corpus) -> None:
    """Say it where figures are older than the tables; without a list of figures nobody knows."""
    from polythemes.figures import manifest

    line = manifest.stale(corpus) if manifest.place(corpus).exists() else ""
    if line:
        say(line)


def corpus_of(figure: str) -> Corpus:
    """Find the corpus that the id of a figure begins with."""
    return paths.corpus(figure.partition("/")[0])
