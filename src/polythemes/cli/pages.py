"""Commands that write the report and the explorer of a corpus."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from polythemes.cli.figures import note
from polythemes.cli.program import example, program, say
from polythemes.cli.work import begun, load
from polythemes.errors import PolythemesError

if TYPE_CHECKING:
    from polythemes.pipeline import Results


@program.command(**example("polythemes report press"))
@click.argument("names", nargs=-1, metavar="[CORPUS]...")
@click.option("--texts", is_flag=True, help="Show the passages' texts: for your own machine only.")
@click.option("--no-pdf", is_flag=True, help="Write no report.pdf.")
def report(names: tuple[str, ...], *, texts: bool, no_pdf: bool) -> None:
    """Write report/CORPUS/ (of all corpora, if none is named): report and explorer.

    index.html, report.pdf and explorer.html each open from disk and reach no network. The figures
    must be drawn before.
    """
    from polythemes import explorer, provenance, report
    from polythemes.tables import write_text

    for corpus in begun(names):
        results = load(corpus.name)
        shown = _texts(results) if texts else {}
        record = provenance.read(corpus)
        content = report.content(corpus, results.tables, results.settings, record, texts=shown)
        made = report.write(content, corpus.report, pdf=not no_pdf)
        made.append(corpus.report / "explorer.html")
        title = results.settings.title
        page = explorer.html(results.tables, name=corpus.name, title=title, texts=shown)
        write_text(made[-1], page)
        files = ", ".join(path.name for path in made)
        say(f"{corpus.name}: {files} in report/{corpus.name}/")
        note(corpus)


def _texts(results: Results) -> dict[str, str]:
    """Give the texts of the passages."""
    from polythemes import pipeline

    if results.source != "texts":
        name = results.corpus.name
        msg = (
            f"the texts of {name} are not at hand; --texts needs all of them in "
            f"data/{name}/articles/: import them, or leave --texts out"
        )
        raise PolythemesError(msg)
    table = pipeline.excerpts(results, results["passages"])
    return dict(zip(table["passage_id"], table["text"], strict=True))
