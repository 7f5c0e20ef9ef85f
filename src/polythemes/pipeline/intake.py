"""Bring articles into a corpus, and begin a new corpus."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from importlib import resources
from pathlib import Path

import pandas as pd

from polythemes import articles, paths, settings
from polythemes.errors import PolythemesError, choices
from polythemes.paths import Corpus
from polythemes.pipeline.given import Say
from polythemes.tables import whole, write_text


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


def is_empty(corpus: Corpus) -> bool:
    """Tell whether a corpus holds no article yet.

    Parameters
    ----------
    corpus : Corpus
        The corpus.

    Returns
    -------
    bool
        True if it has neither texts nor features, nor a catalogue.
    """
    kept = (corpus.catalogue, corpus.features)
    return not articles.files(corpus.texts) and not any(path.exists() for path in kept)


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
    from polythemes import identify  # its model is slow to load, and new texts are rare

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
        The files that were not there before, or not as they are catalogued.

    Raises
    ------
    PolythemesError
        If the folder holds no article text, a file is no text, or a catalogued file's text is
        another.
    """
    corpus, content = paths.corpus(name), articles.collect(folder)
    table = catalogue(corpus, say=say)
    known, new = _sorted_out(table, content)
    if new:
        table = enter(table, new)
        articles.write_catalogue(table, corpus.catalogue)
    copied = [file for file, data in (known | new).items() if not _holds(corpus.texts / file, data)]
    for file in copied:
        with whole(corpus.texts / file) as scratch:
            scratch.write_bytes((known | new)[file])
    there = articles.present(table, corpus.texts)
    say(
        f"{name}: {len(copied)} copied, {len(known) + len(new) - len(copied)} there already; "
        f"{len(new)} new in catalogue.csv; {len(there)} of {len(table)} catalogued texts at hand"
    )
    return copied


def _sorted_out(
    table: pd.DataFrame, content: Mapping[str, bytes]
) -> tuple[dict[str, bytes], dict[str, bytes]]:
    """Tell the texts that are catalogued, under the names they have there, from new ones."""
    named = dict(zip(table["sha256"], table["file"], strict=True))
    wanted = dict(zip(table["file"], table["sha256"], strict=True))
    known, new = dict[str, bytes](), dict[str, bytes]()
    for file, data in content.items():
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
    return known, new


def _holds(path: Path, data: bytes) -> bool:
    """Tell whether a file is there and whole."""
    return path.is_file() and path.read_bytes() == data


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
    try:
        corpus.texts.mkdir(parents=True)
    except OSError as error:
        msg = f"cannot make {corpus.texts}: {error.strerror}; free the place or the rights"
        raise PolythemesError(msg) from error
    try:
        for path in (corpus.themes, corpus.settings):
            text = (templates / path.name).read_text("utf-8")
            write_text(path, text.replace("NAME", name))
    except PolythemesError:
        shutil.rmtree(corpus.folder, ignore_errors=True)
        raise
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
                "texts": len(articles.files(corpus.texts)),
                "features": "yes" if corpus.features.exists() else "no",
                "figures": len(list(corpus.figures.glob("*.png"))),
            }
        )
    return pd.DataFrame(rows)
