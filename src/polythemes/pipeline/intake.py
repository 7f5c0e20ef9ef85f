"""Bring articles into a corpus, and begin a new corpus."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from importlib import resources
from pathlib import Path

import pandas as pd

from polythemes import articles, identify, paths, settings
from polythemes.errors import PolythemesError, choices
from polythemes.paths import Corpus
from polythemes.tables import whole, write_text

Say = Callable[[str], None]


def catalogue(corpus: Corpus, *, say: Say) -> pd.DataFrame:
    """Read a corpus's catalogue, after entering texts that were dropped into its folder.

    Parameters
    ----------
    corpus : Corpus
        The corpus.
    say : callable
        Is told of new texts.

    Returns
    -------
    pandas.DataFrame
        The catalogue.
    """
    table = articles.read_catalogue(corpus.catalogue)
    known = set(table["file"])
    new = {p.name: p.read_bytes() for p in articles.files(corpus.texts) if p.name not in known}
    if new:
        table = enter(table, new)
        articles.write_catalogue(table, corpus.catalogue)
        say(f"catalogue.csv: {len(new)} new: {choices(new)}")
    return table


def enter(table: pd.DataFrame, content: Mapping[str, bytes]) -> pd.DataFrame:
    """Enter new texts in a catalogue, with their language and first line.

    Parameters
    ----------
    table : pandas.DataFrame
        The catalogue so far.
    content : mapping of str to bytes
        File name to content.

    Returns
    -------
    pandas.DataFrame
        The catalogue with a row more for each, sorted by ``article_id``.
    """
    rows = articles.rows(table, content)
    rows["language"] = [identify.identify(text)[0] for text in rows.pop("text")]
    both = pd.concat([table, rows], ignore_index=True)
    return both.sort_values("article_id", ignore_index=True)


def bring_in(name: str, folder: Path, *, say: Say) -> list[str]:
    """Copy the texts of a folder into a corpus.

    A text that is catalogued by its SHA-256 goes under the name catalogued; others are entered.
    Nothing is copied unless all can be.

    Parameters
    ----------
    name : str
        The corpus's name.
    folder : Path
        Where the texts lie.
    say : callable
        Is told what was done.

    Returns
    -------
    list of str
        The files that were not there before.

    Raises
    ------
    PolythemesError
        If the folder holds no article text, a file is no text, or a catalogued file's text is
        another.
    """
    corpus = paths.corpus(name)
    table = articles.read_catalogue(corpus.catalogue)
    named = dict(zip(table["sha256"], table["file"], strict=True))
    wanted = dict(zip(table["file"], table["sha256"], strict=True))
    known, new = dict[str, bytes](), dict[str, bytes]()
    for file, data in articles.collect(folder).items():
        sha256 = articles.digest(data)
        if sha256 in named:
            known[named[sha256]] = data
        elif file in wanted:
            msg = (
                f"{file} is not the text catalogued under that name: its SHA-256 is "
                f"{sha256[:12]}…, the catalogue says {wanted[file][:12]}…; rename the file to "
                "enter it as another article"
            )
            raise PolythemesError(msg)
        else:
            new[file] = data
    if new:
        table = enter(table, new)
        articles.write_catalogue(table, corpus.catalogue)
    copied = [file for file in sorted(known | new) if not (corpus.texts / file).exists()]
    for file in copied:
        with whole(corpus.texts / file) as scratch:
            scratch.write_bytes((known | new)[file])
    there = articles.present(table, corpus.texts)
    say(
        f"{name}: {len(copied)} copied, {len(known) + len(new) - len(copied)} there already; "
        f"{len(new)} new in catalogue.csv; {len(there)} of {len(table)} catalogued texts at hand"
    )
    return copied


def create(name: str) -> Corpus:
    """Begin a corpus: a folder with settings and themes to edit, and a place for articles.

    Parameters
    ----------
    name : str
        The corpus's name.

    Returns
    -------
    Corpus
        Its folders and files.

    Raises
    ------
    PolythemesError
        If the name cannot be a folder's, or is taken.
    """
    corpus = paths.new(name)
    templates = resources.files("polythemes") / "templates"
    corpus.texts.mkdir(parents=True)
    for path in (corpus.themes, corpus.settings):
        text = (templates / path.name).read_text("utf-8")
        write_text(path, text.replace("NAME", name))
    return corpus


def overview(corpora: Sequence[Corpus]) -> pd.DataFrame:
    """Tell what each corpus holds.

    Parameters
    ----------
    corpora : sequence of Corpus
        The corpora.

    Returns
    -------
    pandas.DataFrame
        One row a corpus.
    """
    rows = []
    for corpus in corpora:
        table = articles.read_catalogue(corpus.catalogue)
        rows.append(
            {
                "corpus": corpus.name,
                "title": settings.load(corpus.settings).title,
                "articles": len(table),
                "languages": ", ".join(sorted(set(table["language"]))),
                "texts at hand": len(articles.present(table, corpus.texts)),
                "features": "yes" if corpus.features.exists() else "no",
                "figures": len(list(corpus.figures.glob("*.png"))),
            }
        )
    return pd.DataFrame(rows)
