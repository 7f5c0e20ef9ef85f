"""The command line: ``polythemes COMMAND``."""

from __future__ import annotations

import io
import sys
import warnings
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from polythemes import __version__, paths
from polythemes.errors import PolythemesError, choices

if TYPE_CHECKING:
    import pandas as pd

    from polythemes.pipeline import Results

WAYS = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


def example(text: str) -> dict[str, Any]:
    """Give the keyword that puts an example at the end of a command's help."""
    return {"epilog": f"Example: {text}", "context_settings": WAYS}


def corpus_argument(function: Callable[..., None]) -> Callable[..., None]:
    """Add the argument that names a corpus."""
    return click.argument("name", metavar="CORPUS")(function)


def to_files(function: Callable[..., None]) -> Callable[..., None]:
    """Add the options that write a table to a file."""
    kind = click.Path(path_type=Path, dir_okay=False)
    for option in ("--json", "--csv"):
        said = f"Write the table to this {option[2:].upper()} file instead of the terminal."
        function = click.option(option, type=kind, metavar="FILE", help=said)(function)
    return function


class Program(click.Group):
    """Run commands; an error is one line, and exits with 2."""

    def main(self, args: Sequence[str] | None = None, *_: Any, **__: Any) -> Any:
        """Run the command that the arguments name, those of the process by default.

        Parameters
        ----------
        args : sequence of str, optional
            The arguments.
        """
        given = (sys.argv[1:] if args is None else list(args)) or ["--help"]
        with warnings.catch_warnings():
            warnings.showwarning = lambda message, *_, **__: _tell(f"warning: {message}")
            try:
                return super().main(given, prog_name="polythemes", standalone_mode=False)
            except Exception as error:
                if isinstance(error, click.Abort):
                    code, told = 130, "stopped; what was written before stands"
                elif "--debug" in given:
                    raise
                else:
                    code, told = _error(error)
                _tell(told)
                sys.exit(code)


@click.group(cls=Program, context_settings=WAYS, epilog="Each command tells more with --help.")
@click.version_option(__version__, prog_name="polythemes")
@click.option("--debug", is_flag=True, help="Show the traceback of an error.")
def program(debug: bool) -> None:
    """Find themes in press articles, one theme in any language, with the evidence."""
    del debug


@program.command(**example("polythemes figures press"))
@click.argument("names", nargs=-1, metavar="[CORPUS]...")
@click.option("--anew", is_flag=True, help="Work everything out even if nothing has changed.")
def figures(names: tuple[str, ...], anew: bool) -> None:
    """Work out the corpora (all, if none is named), run their notebooks, draw every figure."""
    from polythemes import notebooks

    for corpus in _begun(names):
        _work_out(corpus, anew=anew)
        notebooks.run(corpus)
        drawn = len(list(corpus.figures.glob("*.png")))
        _say(f"{corpus.name}: {drawn} figures in figures/{corpus.name}/")


@program.command(**example("polythemes build press"))
@click.argument("names", nargs=-1, metavar="[CORPUS]...")
@click.option("--anew", is_flag=True, help="Work everything out even if nothing has changed.")
def build(names: tuple[str, ...], anew: bool) -> None:
    """Work out the tables of the corpora (all, if none is named) under build/CORPUS/."""
    for corpus in _begun(names):
        _work_out(corpus, anew=anew)


@program.command("import", **example("polythemes import press ~/Downloads/articles"))
@corpus_argument
@click.argument("folder", type=click.Path(path_type=Path))
def import_(name: str, folder: Path) -> None:
    """Copy the texts of FOLDER (.txt, .md) into a corpus and check them against its catalogue."""
    from polythemes.pipeline import intake

    intake.bring_in(name, folder, say=_say)


@program.command(**example("polythemes new mycorpus"))
@corpus_argument
def new(name: str) -> None:
    """Begin a corpus: data/CORPUS/ with settings and themes to edit."""
    from polythemes.pipeline import intake

    intake.create(name)
    _say(
        f"data/{name}/ is made: drop articles into data/{name}/articles/, edit "
        f"data/{name}/themes.toml, then run `make figures CORPUS={name}`"
    )


@program.command(**example("polythemes info"))
@click.argument("names", nargs=-1, metavar="[CORPUS]...")
@to_files
def info(names: tuple[str, ...], csv: Path | None, json: Path | None) -> None:
    """Tell what each corpus holds and what a run begins from."""
    from polythemes.pipeline import intake

    table = intake.overview(_corpora(names))
    _show(table, f"Polythemes {__version__}, {paths.root()}", csv, json)


@program.command(**example("polythemes themes press --csv themes.csv"))
@corpus_argument
@to_files
def themes(name: str, csv: Path | None, json: Path | None) -> None:
    """Show the share of every theme in every article, with its 95 % interval."""
    results = _load(name)
    table = results["article_themes"].merge(results["articles"][["article_id", "language"]])
    columns = ["article_id", "language", "theme_id", "share", "low", "high"]
    _show(table[columns], f"Themes of {name}", csv, json)


@program.command(**example("polythemes topics press"))
@corpus_argument
@to_files
def topics(name: str, csv: Path | None, json: Path | None) -> None:
    """Show the topics found, with the terms of each in every language."""
    results = _load(name)
    terms = results["topic_terms"].sort_values(["topic_id", "language", "rank"])
    lists = terms.groupby(["topic_id", "language"])["term"].agg(", ".join).reset_index()
    table = results["topics"].merge(lists, on="topic_id", how="left")
    table = table.fillna({"language": "", "term": ""})
    columns = ["topic_id", "passages", "weight", "language", "term"]
    _show(table[columns].rename(columns={"term": "terms"}), f"Topics of {name}", csv, json)


@program.command(**example("polythemes evidence press --theme mlm-concerns"))
@corpus_argument
@click.option("--theme", metavar="ID", help="Only this theme.")
@click.option("--article", metavar="ID", help="Only this article.")
@to_files
def evidence(
    name: str, theme: str | None, article: str | None, csv: Path | None, json: Path | None
) -> None:
    """Show the passages that speak most for each theme: article, lines and telling terms."""
    results = _load(name)
    places = results["passages"][["passage_id", "first_line", "last_line", "start", "end"]]
    table = results["evidence"].merge(places, on="passage_id")
    table["lines"] = [
        f"{first}" if first == last else f"{first}-{last}"
        for first, last in zip(table["first_line"], table["last_line"], strict=True)
    ]
    for column, wanted in (("theme_id", theme), ("article_id", article)):
        known = results["themes" if column == "theme_id" else "articles"][column]
        if wanted and wanted not in set(known):
            msg = f"unknown {column[:-3]} {wanted!r} in {name}; there are: {choices(known)}"
            raise PolythemesError(msg)
        table = table[table[column] == wanted] if wanted else table
    columns = ["theme_id", "article_id", "rank", "share", "lines", "start", "end", "terms"]
    _show(table[columns], f"Evidence in {name}", csv, json)


@program.command(**example("polythemes duplicates press"))
@corpus_argument
@to_files
def duplicates(name: str, csv: Path | None, json: Path | None) -> None:
    """Show the lines that stand twice: word for word, nearly, or in another language."""
    from polythemes.pipeline import repeats

    groups, copies = repeats.find(paths.corpus(name))
    for one in copies.itertuples():
        _say(f"{one.article_id} is a copy ({one.form}) of {one.copy_id}: {one.share:.0%} of it")
    _show(groups, f"What stands twice in {name}", csv, json)


def main() -> None:
    """Run the command line."""
    for stream in (sys.stdout, sys.stderr):
        # A terminal that has no Chinese shows question marks instead.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    program.main()


def _error(error: Exception) -> tuple[int, str]:
    """Give the exit code and the line that tell of an error."""
    if isinstance(error, click.UsageError):
        path = error.ctx.command_path if error.ctx else "polythemes"
        return 2, f"{error.format_message()} `{path} --help` shows what is allowed."
    if isinstance(error, click.ClickException):
        return 2, error.format_message()
    if isinstance(error, PolythemesError):
        return 2, str(error)
    if isinstance(error, OSError):
        place = f"{error.filename}: " if error.filename else ""
        return 2, f"{place}{error.strerror or error}; free the place or the rights and run again"
    told = f"this should not happen: {type(error).__name__}: {error}"
    return 1, f"{told}; `polythemes --debug COMMAND` shows where: please report it"


def _tell(text: object) -> None:
    """Tell of a fault in one line."""
    click.echo(f"polythemes: {' '.join(str(text).split())}", err=True)


def _corpora(names: tuple[str, ...]) -> list[paths.Corpus]:
    """Find the corpora named, each once, or all."""
    found = [paths.corpus(name) for name in dict.fromkeys(names)] or paths.corpora()
    if not found:
        msg = f"{paths.root() / 'data'} holds no corpus; `polythemes new NAME` makes one"
        raise PolythemesError(msg)
    return found


def _begun(names: tuple[str, ...]) -> list[paths.Corpus]:
    """Find the corpora named, or all but those that hold no article yet."""
    from polythemes.pipeline import intake

    found = _corpora(names)
    empty = [] if names else [corpus for corpus in found if intake.is_empty(corpus)]
    for corpus in empty:
        _say(f"{corpus.name}: no article yet; drop some into data/{corpus.name}/articles/")
    return [corpus for corpus in found if corpus not in empty]


def _load(name: str) -> Results:
    """Give the tables of a corpus, worked out anew where something has changed."""
    return _work_out(paths.corpus(name), quiet=True)


def _work_out(corpus: paths.Corpus, *, anew: bool = False, quiet: bool = False) -> Results:
    """Work a corpus out, telling how far it is."""
    from polythemes import pipeline, progress

    say = (lambda _line: None) if quiet else _say
    teller = pipeline.Teller(say, partial(progress.bar, "embedding"))
    return pipeline.build(corpus, teller=teller, anew=anew)


def _show(table: pd.DataFrame, title: str, csv: Path | None, json: Path | None) -> None:
    """Show a table where the user asked for it."""
    from polythemes.show import show

    show(table, title, csv=csv, json=json)


def _say(line: str) -> None:
    """Tell one line of the work; results go to the standard output, this does not."""
    click.echo(line, err=True)
