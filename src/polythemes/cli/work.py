"""Commands that work a corpus out, bring articles in, or begin a corpus."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from polythemes import paths
from polythemes.cli.program import corpus_argument, example, program, say
from polythemes.errors import PolythemesError, choices

if TYPE_CHECKING:
    from polythemes.pipeline import Results


#: What the exit code of a run that went on without some texts tells.
LEFT_OUT = 3


@program.command(**example("polythemes figures press"))
@click.argument("names", nargs=-1, metavar="[CORPUS]...")
@click.option("--anew", is_flag=True, help="Work everything out even if nothing has changed.")
@click.option(
    "--style",
    type=click.Choice(["light", "print", "dark"]),
    default="light",
    show_default=True,
    help="print holds without colours; dark is for a dark ground.",
)
@click.option(
    "--size",
    type=click.Choice(["column", "page", "slide"]),
    help="Lay each out for a journal's column or page, or enlarge it for a slide.",
)
@click.option("--out", type=click.Path(path_type=Path), help="Folder to write the figures to.")
def figures(
    names: tuple[str, ...], *, anew: bool, style: str, size: str | None, out: Path | None
) -> None:
    """Work out the corpora (all, if none is named), run their notebooks, draw every figure.

    Another style or size goes to a folder of its own, as in figures/press/dark-slide/, and what is
    listed, cited and verified stays as it is.
    """
    from polythemes import citation
    from polythemes.figures import files, looks, manifest, sizes

    faults = list[str]()
    for corpus in begun(names):
        faults += work_out(corpus, anew=anew)
        folder = files.place(corpus, style, size or "", out)
        if folder != corpus.figures:
            asked = {looks.LOOK: style, sizes.SIZE: size or "", files.OUT: str(folder.resolve())}
            draw(corpus, folder, asked)
            small = sizes.hard_to_read(folder)
            if small:
                say(f"{corpus.name}: {len(small)} have text under 5 pt: {choices(small, most=30)}")
            continue
        draw(corpus, folder, {})
        manifest.write(corpus)
        citation.write(corpus, manifest.load(corpus))
    end(faults)


def draw(corpus: paths.Corpus, folder: Path, variant: Mapping[str, str]) -> None:
    """Run the notebooks of a corpus, and tell what was drawn."""
    from polythemes import notebooks
    from polythemes.tables import sweep

    try:
        notebooks.run(corpus, variant=variant)
    finally:
        sweep(folder)
    shown = folder.relative_to(corpus.root) if folder.is_relative_to(corpus.root) else folder
    say(f"{corpus.name}: {len(list(folder.glob('*.png')))} figures in {shown}/")


@program.command(**example("polythemes build press"))
@click.argument("names", nargs=-1, metavar="[CORPUS]...")
@click.option("--anew", is_flag=True, help="Work everything out even if nothing has changed.")
def build(names: tuple[str, ...], anew: bool) -> None:
    """Work out the tables of the corpora (all, if none is named) under build/CORPUS/."""
    end([fault for corpus in begun(names) for fault in work_out(corpus, anew=anew)])


@program.command("import", **example("polythemes import press ~/Downloads/articles"))
@corpus_argument
@click.argument("folder", type=click.Path(path_type=Path))
def import_(name: str, folder: Path) -> None:
    """Copy the texts of FOLDER into a corpus and check them against its catalogue.

    Read are .txt, .md, .html, .jsonl and .csv files, each also with .gz, in subfolders too. What is
    new goes into catalogue.csv; what stands there is not changed.
    """
    from polythemes import pipeline
    from polythemes.pipeline import intake

    teller = pipeline.Teller(say)
    intake.bring_in(name, folder, teller=teller)
    end(teller.faults)


@program.command(**example("polythemes new mycorpus"))
@corpus_argument
def new(name: str) -> None:
    """Begin a corpus: data/CORPUS/ with settings and themes to edit."""
    from polythemes.pipeline import intake

    intake.create(name)
    say(
        f"data/{name}/ is made: drop articles into data/{name}/articles/, edit "
        f"data/{name}/themes.toml, then run `make figures CORPUS={name}`"
    )


def corpora(names: tuple[str, ...]) -> list[paths.Corpus]:
    """Find the corpora named, each once, or all."""
    found = [paths.corpus(name) for name in dict.fromkeys(names)] or paths.corpora()
    if not found:
        msg = f"{paths.root() / 'data'} holds no corpus; `polythemes new NAME` makes one"
        raise PolythemesError(msg)
    return found


def begun(names: tuple[str, ...]) -> list[paths.Corpus]:
    """Find the corpora named, or all but those that hold no article yet."""
    from polythemes.pipeline import intake

    found = corpora(names)
    empty = [] if names else [corpus for corpus in found if intake.is_empty(corpus)]
    for corpus in empty:
        say(f"{corpus.name}: no article yet; drop some into data/{corpus.name}/articles/")
    return [corpus for corpus in found if corpus not in empty]


def load(name: str) -> Results:
    """Give the tables of a corpus, worked out anew where something has changed."""
    from polythemes import pipeline, progress

    teller = pipeline.Teller(bar=partial(progress.bar, "embedding"))
    return pipeline.build(paths.corpus(name), teller=teller)


def work_out(corpus: paths.Corpus, *, anew: bool = False) -> list[str]:
    """Work a corpus out, telling how far it is, and give what was left out."""
    from polythemes import pipeline, progress

    teller = pipeline.Teller(say, partial(progress.bar, "embedding"))
    pipeline.build(corpus, teller=teller, anew=anew)
    return teller.faults


def end(faults: list[str]) -> None:
    """End a command; where something was left out, say so and give the exit code of that."""
    if faults:
        say(f"{len(faults)} left out (named above); the rest is done")
        sys.exit(LEFT_OUT)
