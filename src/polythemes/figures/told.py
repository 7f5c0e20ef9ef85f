"""What is told of a figure beside it: caption, text for who cannot see it, and its making."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

import pandas as pd
from matplotlib.figure import Figure

from polythemes import languages, provenance
from polythemes.errors import PolythemesError
from polythemes.figures import fonts, labels, sheet, sizes, style
from polythemes.paths import Corpus
from polythemes.tables import CONTRACTS, read

#: What a row is of, in the order to name it: column, and how one of it is called.
KEYS = {
    "theme": "theme",
    "theme_id": "theme",
    "topic": "topic",
    "topic_id": "topic",
    "bar": "bar of",
    "actor": "actor",
    "other": "with",
    "article_id": "article",
    "group": "group",
    "period": "period",
    "passage_id": "passage",
    "fate": "fate",
    "sort": "sort",
    "model": "model",
    "score": "score",
    "n_topics": "number of topics",
    "node": "node",
    "term": "term",
    "language": "language",
    "neighbour_language": "language of the neighbour",
}
#: Of these is counted how many there are.
COUNTED = {"theme", "topic", "actor", "article", "passage", "model", "term", "language"}
#: So many articles, groups, periods or topics are named one by one.
FEW = 8
#: What is measured: the first of these that a figure's data have.
MEASURES = (
    "mentions",
    "share",
    "repairs",
    "similarity",
    "value",
    "stability",
    "height",
    "passages",
    "words",
)
#: Of these nothing is the largest: their scales differ.
UNLIKE = {"value"}


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
    own = [path for path in material["files"] if path.startswith("data/") or path == notebook]
    told = {
        "id": f"{corpus.name}/{name}",
        "title": said.title,
        "caption": " ".join(filter(None, [said.title, said.note, _shown(data), _source(about)])),
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
        What is drawn, how many rows of what, and what takes most.
    """
    counted = [
        labels.count(data.loc[data[column].fillna("").ne(""), column].nunique(), what)
        for column, what in KEYS.items()
        if column in data and what in COUNTED and not _named_too(column, data)
    ]
    what = f" ({', '.join(counted)})" if counted and len(data) else ""
    rows = f"Its data have {labels.count(len(data), 'row')}{what}."
    return " ".join(filter(None, [f"{said.kind}. {said.title}".strip(), rows, _shown(data)]))


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


def _shown(data: pd.DataFrame) -> str:
    """Say in a sentence what the data of a figure show most plainly."""
    return _most(data) or _largest(data)


def _most(data: pd.DataFrame) -> str:
    """Name the theme that takes most of each article, group, period or topic, if they are few."""
    by = next((one for one in ("article_id", "group", "period", "topic_id") if one in data), None)
    if by is None or not {"theme", "share"} <= set(data) or "passage_id" in data:
        return ""
    named = data[data["theme_id"].ne(style.REST) & data["share"].gt(0)]
    best = named.sort_values("share", ascending=False, kind="stable").drop_duplicates(by)
    best = best[[by, "theme", "share", *{"language", "by"} & set(data)]].sort_values(by)
    if best.empty or len(best) > FEW:
        return ""
    told = [
        f"{_unit(by, row)}: {labels.plain(row['theme'])} {labels.percent(row['share'])}"
        for row in best.to_dict("records")
    ]
    return f"The theme that takes most, beside what is on none: {'; '.join(told)}."


def _unit(by: str, row: dict[str, Any]) -> str:
    """Name an article, group, period or topic as figures do."""
    if by == "article_id":
        return labels.article(row[by], row["language"])
    if by == "group" and row["by"] == "language":
        return languages.name(row[by])
    return f"topic {row[by]}" if by == "topic_id" else labels.plain(row[by]) or "not told"


def _largest(data: pd.DataFrame) -> str:
    """Name the largest value that a figure shows; the rest of the themes is none of them."""
    measure = next((one for one in MEASURES if one in data), None)
    if measure is None or measure in UNLIKE:
        return ""
    data = data.reset_index(drop=True)
    named = data[data["theme_id"].ne(style.REST)] if "theme_id" in data else data
    values = pd.to_numeric((named if len(named) else data)[measure], errors="coerce").dropna()
    if values.empty or values.max() <= 0:
        return ""
    value, row = float(values.max()), data.loc[values.idxmax()]
    number = labels.percent(value) if measure == "share" else f"{value:,.6g}"
    of = "number of " if values.eq(values.round()).all() else ""
    return f"The largest {of}{measure} in the data is {number} ({_named(row)})."


def _named(row: pd.Series) -> str:
    """Say what a row of a figure's data is of."""
    told = list[str]()
    for column, what in KEYS.items():
        if column not in row or pd.isna(row[column]) or _named_too(column, row.index):
            continue
        value = labels.plain(row[column])
        told.append(languages.name(value) if column.endswith("language") else f"{what} {value}")
    return ", ".join(told)


def _named_too(column: str, columns: Iterable[str]) -> bool:
    """Tell whether a column holds the ids of what another names."""
    return column.endswith("_id") and column.removesuffix("_id") in columns


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
