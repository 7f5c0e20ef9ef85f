"""The list of a corpus's figures: every file with its SHA-256, and what all were made of."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from polythemes import provenance
from polythemes.errors import PolythemesError, choices
from polythemes.figures import told
from polythemes.paths import Corpus
from polythemes.tables import CONTRACTS, as_csv, read, write_text

#: Endings of the files of a figure.
ENDINGS = ("csv", "json", "pdf", "png", "svg")


def place(corpus: Corpus) -> Path:
    """Name the file of the list.

    Parameters
    ----------
    corpus : Corpus
        The corpus.

    Returns
    -------
    Path
        ``figures/<corpus>/manifest.json``.
    """
    return corpus.figures / "manifest.json"


def write(corpus: Corpus) -> Path:
    """List the figures of a corpus once all of them are drawn.

    Notebooks run side by side, so none of them writes it.

    Parameters
    ----------
    corpus : Corpus
        The corpus, worked out and drawn.

    Returns
    -------
    Path
        The file. The same figures, files and versions give the same bytes.
    """
    write_text(place(corpus), told.as_json(content(corpus)))
    return place(corpus)


def content(corpus: Corpus) -> dict[str, Any]:
    """Tell what the figures of a corpus are, and what they were made of.

    Parameters
    ----------
    corpus : Corpus
        The corpus, worked out; its figures may be fewer than all.

    Returns
    -------
    dict
        ``corpus``, ``made_from``, ``tables`` (SHA-256 of each table's rows as CSV) and ``figures``:
        title and SHA-256 of each file, by id.
    """
    return {**made(corpus), "tables": tables(corpus), "figures": figures(corpus)}


def made(corpus: Corpus) -> dict[str, Any]:
    """Tell what figures drawn now would be made of.

    Parameters
    ----------
    corpus : Corpus
        The corpus; its articles are told of once it is worked out.

    Returns
    -------
    dict
        ``corpus`` and ``made_from``: as in the card of a figure, but each text, notebook and
        file of the program by itself.
    """
    material = provenance.material(corpus)
    about = told.of_corpus(corpus, material["settings"]["title"])
    texts = about.pop("texts")
    return {"corpus": about, "made_from": {"texts": texts, "fonts": told.of_fonts(), **material}}


def tables(corpus: Corpus) -> dict[str, str]:
    """Give the SHA-256 of every table of a corpus.

    Parameters
    ----------
    corpus : Corpus
        The corpus, worked out.

    Returns
    -------
    dict of str to str
        By name; of the columns of the contract, numbers rounded to 6 digits.
    """
    hashes = dict[str, str]()
    for name, columns in CONTRACTS.items():
        path = corpus.build / f"{name}.parquet"
        if path.exists():
            rows = as_csv(read(path, name)[list(columns)])
            hashes[name] = hashlib.sha256(rows.encode()).hexdigest()
    return hashes


def figures(corpus: Corpus) -> dict[str, dict[str, Any]]:
    """List the figures that stand in the folder of a corpus.

    Parameters
    ----------
    corpus : Corpus
        The corpus.

    Returns
    -------
    dict of str to dict
        By id: ``title`` and ``files``, the SHA-256 by name.

    Raises
    ------
    PolythemesError
        If what is told of a figure is damaged.
    """
    found = dict[str, dict[str, Any]]()
    for path in sorted(corpus.figures.glob("[0-9]*.json")):
        try:
            card = json.loads(path.read_text(encoding="utf-8"))
            named, title = str(card["id"]), str(card["title"])
        except (KeyError, TypeError, ValueError) as error:
            msg = f"{path} is no card of a figure; draw it again: make figures"
            raise PolythemesError(msg) from error
        beside = [path.with_suffix(f".{ending}") for ending in ENDINGS]
        files = {one.name: provenance.sha256(one) for one in beside if one.exists()}
        found[named] = {"title": title, "files": files}
    return found


def load(corpus: Corpus) -> dict[str, Any]:
    """Read the list of a corpus's figures.

    Parameters
    ----------
    corpus : Corpus
        The corpus.

    Returns
    -------
    dict
        As :func:`content` gives.

    Raises
    ------
    PolythemesError
        If there is none, or it is damaged.
    """
    path = place(corpus)
    try:
        listed: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        if set(listed) < {"corpus", "made_from", "tables", "figures"}:
            raise KeyError(path)
    except (AttributeError, KeyError, OSError, TypeError, ValueError) as error:
        msg = (
            f"{path} is missing or damaged; it lists the figures of {corpus.name}: draw them with "
            f"`polythemes figures {corpus.name}`"
        )
        raise PolythemesError(msg) from error
    return listed


def stale(corpus: Corpus) -> str:
    """Tell whether the figures of a corpus are older than its tables.

    Parameters
    ----------
    corpus : Corpus
        The corpus.

    Returns
    -------
    str
        One line with what to do; "" if the tables are those that the figures were drawn from, or
        there are none.
    """
    drawn, now = load(corpus)["tables"], tables(corpus)
    moved = sorted(name for name in now if now[name] != drawn.get(name))
    if not moved:
        return ""
    return (
        f"note: the figures of {corpus.name} are older than its tables ({choices(moved)} moved "
        f"since): draw them anew with `polythemes figures {corpus.name}`"
    )
