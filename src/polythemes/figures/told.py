"""What is told of a figure beside it: caption, text for who cannot see it, and its making."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

import pandas as pd
from matplotlib.figure import Figure

from polythemes import provenance
from polythemes.errors import PolythemesError
from polythemes.figures import findings, fonts, labels, sheet, sizes, style
from polythemes.paths import Corpus
from polythemes.tables import CONTRACTS, read

#: What is counted of a figure, by what one of it is called: the columns that name it.
COUNTED = {
    "theme": ("theme_id",),
    "topic": ("topic_id",),
    "actor": ("actor_id", "other_id"),
    "article": ("article_id",),
    "passage": ("passage_id",),
    "model": ("model",),
    "term": ("term",),
    "language": ("language",),
}


def card(figure: Figure, data: pd.DataFrame, *, corpus: Corpus, name: str) -> str:
    """Tell all of a figure that a reader needs to cite, to trust and to draw it again.

    Nothing in it depends on the machine, on the time, or on whether the texts are at hand.

    Parameters
    ----------
    figure : Figure
        The figure.
    data : pandas.DataFrame
        What it shows.
    corpus : Corpus
        The corpus that it is of.
    name : str
        Stem of its files, as in ``"04-themes-share"``; it begins with that of its notebook.

    Returns
    -------
    str
        JSON: ``id``, ``title``, ``caption``, ``alt``, ``notebook``, ``cell`` (counting the cells
        that are run from 1), ``corpus`` and ``made_from`` (SHA-256 of files, texts, fonts and
        program; settings; versions).
    """
    said, material = sheet.said(figure), provenance.material(corpus)
    about = of_corpus(corpus, material["settings"]["title"])
    notebook, cell = _cell(corpus, name)
    caption = [said.title, said.note, findings.of(data), _source(about)]
    own = [path for path in material["files"] if path.startswith("data/") or path == notebook]
    told = {
        "id": f"{corpus.name}/{name}",
        "title": said.title,
        "caption": " ".join(filter(None, caption)),
        "alt": alt(said, data),
        **({"smallest_text": sizes.smallest(figure)} if sizes.current() else {}),
        "notebook": notebook,
        "cell": cell,
        "corpus": {key: about[key] for key in about if key != "texts"},
        "made_from": {
            "files": {path: material["files"][path] for path in own},
            "texts": joined(about["texts"]),
            "fonts": of_fonts(),
            "program": joined(material["program"]),
            "packages": material["packages"],
            "settings": material["settings"],
        },
    }
    return as_json(told)


def as_json(told: object) -> str:
    """Write what is told as JSON, one key a line, in every script.

    Parameters
    ----------
    told : object
        Mappings, sequences, texts and numbers.

    Returns
    -------
    str
        With a line end.
    """
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


def alt(said: sheet.Said, data: pd.DataFrame) -> str:
    """Say in words what a figure shows, for who cannot see it.

    Parameters
    ----------
    said : Said
        What stands on its sheet.
    data : pandas.DataFrame
        What it shows.

    Returns
    -------
    str
        What is drawn, how many of what, and what is found.
    """
    counts = {what: _count(data, columns) for what, columns in COUNTED.items()}
    parts = [labels.count(number, what) for what, number in counts.items() if number]
    last = " and ".join([", ".join(parts[:-1]), parts[-1]] if parts[1:] else parts)
    shown = f"It shows {last}." if parts else ""
    return " ".join(filter(None, [f"{said.kind}. {said.title}".strip(), shown, findings.of(data)]))


def of_corpus(corpus: Corpus, title: str) -> dict[str, Any]:
    """Tell of the articles of a corpus.

    Parameters
    ----------
    corpus : Corpus
        The corpus, worked out.
    title : str
        Its title.

    Returns
    -------
    dict
        ``name``, ``title``, ``articles`` (count), ``languages`` (codes), ``dates`` (``first`` and
        ``last``, as far as they are known; "" if none is) and ``texts`` (SHA-256 by article).
    """
    table = corpus.build / "articles.parquet"
    columns = list(CONTRACTS["articles"])
    articles = read(table, "articles") if table.exists() else pd.DataFrame(columns=columns)
    dates = sorted(filter(None, articles["date"].fillna("")))
    return {
        "name": corpus.name,
        "title": title,
        "articles": len(articles),
        "languages": sorted(set(articles["language"])),
        "dates": {"first": dates[0] if dates else "", "last": dates[-1] if dates else ""},
        "texts": dict(sorted(zip(articles["article_id"], articles["sha256"], strict=True))),
    }


def of_fonts() -> dict[str, str]:
    """Give the SHA-256 of the fonts that figures are drawn with.

    Returns
    -------
    dict of str to str
        By file name.
    """
    paths = [fonts.latin(), fonts.bundled(), *fonts.added()]
    return {path.name: provenance.sha256(path) for path in paths}


def joined(hashes: dict[str, str]) -> str:
    """Give one SHA-256 for several.

    Parameters
    ----------
    hashes : dict of str to str
        SHA-256 by name.

    Returns
    -------
    str
        That of their names and hashes, one a line, in the order of the names.
    """
    return provenance.joined(f"{name} {sha256}" for name, sha256 in sorted(hashes.items()))


def _cell(corpus: Corpus, name: str) -> tuple[str, int]:
    """Name the notebook that draws a figure, and the cell that saves it (0 if unknown)."""
    for path in sorted((corpus.root / "notebooks").glob("*.ipynb")):
        if name.startswith(f"{path.stem}-"):
            try:
                cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
                run = ["".join(c["source"]) for c in cells if c["cell_type"] == "code"]
            except (KeyError, OSError, TypeError, ValueError) as error:
                msg = f"{path} cannot be read as a notebook; save it again in JupyterLab"
                raise PolythemesError(msg) from error
            saves = [n for n, cell in enumerate(filter(str.strip, run), 1) if f'"{name}"' in cell]
            return path.relative_to(corpus.root).as_posix(), saves[0] if saves else 0
    return "", 0


def _count(data: pd.DataFrame, columns: Iterable[str]) -> int:
    """Count the different values of columns; what is on no theme is none."""
    values = pd.concat([data[column] for column in columns if column in data] or [pd.Series()])
    return len(set(values.dropna().astype(str)) - {"", style.REST})


def _source(about: dict[str, Any]) -> str:
    """Say in a sentence what articles a figure is of."""
    if not about["articles"]:
        return ""
    first, last = about["dates"]["first"], about["dates"]["last"]
    when = "" if not first else f", of {first}" if first == last else f", of {first} to {last}"
    title = labels.plain(about["title"]) or about["name"]
    spoken = labels.count(len(about["languages"]), "language")
    articles = labels.count(about["articles"], "article")
    return f"From the corpus “{title}”: {articles} in {spoken}{when}."
