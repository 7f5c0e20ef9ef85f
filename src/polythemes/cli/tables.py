"""Commands that show a table in the terminal, or write it to a file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from polythemes import __version__, paths
from polythemes.cli.program import corpus_argument, example, program, say
from polythemes.cli.work import corpora, load
from polythemes.errors import PolythemesError, choices

if TYPE_CHECKING:
    import pandas as pd


def to_files(function: Callable[..., None]) -> Callable[..., None]:
    """Add the options that write a table to a file."""
    kind = click.Path(path_type=Path, dir_okay=False)
    for option in ("--json", "--csv"):
        said = f"Write the table to this {option[2:].upper()} file instead of the terminal."
        function = click.option(option, type=kind, metavar="FILE", help=said)(function)
    return function


@program.command(**example("polythemes info"))
@click.argument("names", nargs=-1, metavar="[CORPUS]...")
@to_files
def info(names: tuple[str, ...], csv: Path | None, json: Path | None) -> None:
    """Tell what each corpus holds and what a run begins from."""
    from polythemes.pipeline import intake

    table = intake.overview(corpora(names))
    _show(table, f"Polythemes {__version__}, {paths.root()}", csv, json)


@program.command(**example("polythemes themes press --csv themes.csv"))
@corpus_argument
@click.option("--suggest", is_flag=True, help="Print themes for the topics that no theme covers.")
@click.option("--overlaps", is_flag=True, help="Show how alike themes are, and what lies between.")
@to_files
def themes(
    name: str, *, suggest: bool, overlaps: bool, csv: Path | None, json: Path | None
) -> None:
    """Show the share of every theme in every article, with its 95 % interval."""
    results = load(name)
    if overlaps:
        pair = ["theme_id", "other_id"]
        claimed = results["between"].groupby(pair, sort=False)["passage_id"].agg(", ".join)
        table = results["theme_overlaps"].merge(claimed.rename("between"), on=pair, how="left")
        _show(table.fillna({"between": ""}), f"Themes of {name} that overlap", csv, json)
        return
    if suggest:
        table = results["suggested_themes"]
        if csv or json:
            _show(table, f"Themes suggested for {name}", csv, json)
            return
        for entry in table["entry"]:
            click.echo(entry)
        todo = f"put what fits into data/{name}/themes.toml, with a line of your own"
        say(
            f"{len(table)} topics of {name} are covered by no theme"
            + (f"; {todo}" * bool(len(table)))
        )
        return
    table = results["article_themes"].merge(results["articles"][["article_id", "language"]])
    columns = ["article_id", "language", "theme_id", "share", "low", "high"]
    _show(table[columns], f"Themes of {name}", csv, json)


@program.command(**example("polythemes compare press --by source"))
@corpus_argument
@click.option("--by", metavar="COLUMN", help="Only this column of the catalogue; or year, month.")
@to_files
def compare(name: str, by: str | None, csv: Path | None, json: Path | None) -> None:
    """Show the share of every theme by language, source and time, and what differs."""
    import pandas as pd

    results = load(name)
    times = results["theme_times"].rename(columns={"unit": "by", "period": "group"})
    parts = [table for table in (results["theme_groups"], times) if len(table)]
    table = pd.concat(parts, ignore_index=True)
    known = list(dict.fromkeys(table["by"]))
    if by and by not in known:
        msg = (
            f"unknown column {by!r} in {name}; compared are: {choices(known)}; corpus.toml says so"
        )
        raise PolythemesError(msg)
    table = table[table["by"] == by] if by else table
    undated = int((results["articles"]["date"].fillna("") == "").sum())
    if undated:
        say(f"{undated} of {len(results['articles'])} articles have no date: no year holds them")
    if not table["p"].notna().any():
        say("no two sides have five articles or more: nothing can be told of differences")
    _show(table, f"Themes of {name} by group of articles", csv, json)


@program.command(**example("polythemes topics press"))
@corpus_argument
@click.option("--names", is_flag=True, help="Write their names to topics.toml, to be edited.")
@to_files
def topics(name: str, *, names: bool, csv: Path | None, json: Path | None) -> None:
    """Show the topics found, with the name and the terms of each in every language."""
    results = load(name)
    if names:
        from polythemes.pipeline import naming

        say(f"{naming.write(results)} holds the names now; change them there, and run again")
    terms = results["topic_terms"].sort_values(["topic_id", "language", "rank"])
    lists = terms.groupby(["topic_id", "language"])["term"].agg(", ".join).rename("terms")
    table = results["topic_names"].merge(lists.reset_index(), on=["topic_id", "language"])
    table = results["topics"].merge(table, on="topic_id", how="left")
    table = table.fillna({"language": "", "name": "", "terms": ""})
    columns = ["topic_id", "passages", "weight", "language", "name", "terms"]
    _show(table[columns], f"Topics of {name}", csv, json)


@program.command(**example("polythemes actors press --candidates"))
@corpus_argument
@click.option(
    "--candidates", is_flag=True, help="Print entries for names that recur and that none has."
)
@to_files
def actors(name: str, *, candidates: bool, csv: Path | None, json: Path | None) -> None:
    """Show the companies, platforms, products, people and practices named, and how often."""
    results = load(name)
    if candidates:
        from polythemes.pipeline import mentioned

        table = mentioned.candidates(results)
        if csv or json:
            _show(table, "", csv, json)
            return
        say(f"{len(table)} names recur in {name} that actors.toml lacks; put those wanted in")
        for one in table.itertuples():
            places = f"{one.passages} passages, {one.articles} articles ({one.languages})"
            click.echo(f"# {one.form}, {places}, first in {one.first}\n{one.entry}\n")
        return
    _show(results["actors"], f"Actors in {name}", csv, json)


@program.command(**example("polythemes evidence press --theme mlm-concerns"))
@corpus_argument
@click.option("--theme", metavar="ID", help="Only this theme.")
@click.option("--article", metavar="ID", help="Only this article.")
@to_files
def evidence(
    name: str, theme: str | None, article: str | None, csv: Path | None, json: Path | None
) -> None:
    """Show the passages that speak most for each theme: article, lines and telling terms."""
    results = load(name)
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
    columns += ["nearest"]
    _show(table[columns], f"Evidence in {name}", csv, json)


@program.command(**example("polythemes explain press 002:37"))
@corpus_argument
@click.argument("place", metavar="ARTICLE[:LINE]")
@to_files
def explain(name: str, place: str, csv: Path | None, json: Path | None) -> None:
    """Tell what happened to a line, and why: its kind, repairs, copies, passages and themes."""
    from polythemes import explain, pipeline

    results = load(name)
    article, _ = explain.parse(results.tables, place)
    table = explain.explain(results.tables, place, pipeline.text(results, article))
    _show(table, f"{place} of {name}, from the {results.source}", csv, json)


@program.command(**example("polythemes duplicates press"))
@corpus_argument
@to_files
def duplicates(name: str, csv: Path | None, json: Path | None) -> None:
    """Show the lines that stand twice: word for word, nearly, or in another language."""
    from polythemes.duplicates import copies

    results = load(name)
    groups = results["duplicates"]
    for one in copies(groups, results["lines"]).itertuples():
        say(f"{one.article_id} is a copy ({one.form}) of {one.copy_id}: {one.share:.0%} of it")
    _show(groups, f"What stands twice in {name}", csv, json)


def _show(table: pd.DataFrame, title: str, csv: Path | None, json: Path | None) -> None:
    """Show a table where the user asked for it."""
    from polythemes.show import show

    show(table, title, csv=csv, json=json)
