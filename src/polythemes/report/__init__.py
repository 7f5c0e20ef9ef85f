"""The report of a corpus: one page and one PDF, with the same content."""

from __future__ import annotations

import json
from collections.abc import Mapping
from itertools import groupby
from pathlib import Path
from typing import Any

import pandas as pd
from markupsafe import Markup

from polythemes.figures import fonts as figured
from polythemes.paths import Corpus
from polythemes.report import document, facts, fonts, lists, page, pictures, words
from polythemes.report.pictures import Picture
from polythemes.settings import Settings
from polythemes.tables import whole, write_text

Tables = Mapping[str, pd.DataFrame]
HOME = "polythemes.report"

__all__ = ["content", "html", "write"]


def content(
    corpus: Corpus,
    tables: Tables,
    settings: Settings,
    record: Mapping[str, Any],
    *,
    texts: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """Gather what the report says.

    Parameters
    ----------
    corpus : Corpus
        The corpus.
    tables : mapping of str to pandas.DataFrame
        The tables of a run.
    settings : Settings
        What it was worked on with.
    record : mapping of str to object
        The record of the run.
    texts : mapping of str to str, optional
        Texts of passages by their name: only for a report that stays on the user's machine.

    Returns
    -------
    dict
        Plain values by name, and under ``sections`` the figures as :class:`Picture`.

    Raises
    ------
    PolythemesError
        If a figure, a fact or the record lacks something.
    """
    known = facts.gathered(tables, settings, record)
    found = pictures.of(corpus)
    groups = groupby(found, key=lambda one: one.heading)
    first = tables["evidence"].iloc[:1].merge(tables["passages"], on=["passage_id", "article_id"])
    places = [f"{one.article_id}:{one.first_line}" for one in first.itertuples()]
    return {
        "id": corpus.name,
        "title": settings.title or corpus.name,
        "rights": settings.rights,
        "private": bool(texts),
        "place": (places or ["ARTICLE:LINE"])[0],
        "articles": lists.articles(tables),
        "sections": [{"heading": name, "figures": list(own)} for name, own in groups],
        "evidence": lists.evidence(tables, texts or {}),
        "references": words.references(),
        **{part: words.said(part, known) for part in ("summary", "limits", "methods")},
    }


def html(report: Mapping[str, Any]) -> str:
    """Make the page.

    Parameters
    ----------
    report : mapping of str to object
        What :func:`content` gives.

    Returns
    -------
    str
        One self-contained page without scripts.
    """
    sections = [
        section | {"figures": [_figure(one) for one in section["figures"]]}
        for section in report["sections"]
    ]
    shown = {**report, "sections": sections}
    return page.page(HOME, "report.html", report=shown, style=_style(report), policy=page.policy())


def write(report: Mapping[str, Any], into: Path, *, pdf: bool = True) -> list[Path]:
    """Write the page and the PDF.

    Parameters
    ----------
    report : mapping of str to object
        What :func:`content` gives.
    into : Path
        The folder.
    pdf : bool
        Whether to write the PDF too.

    Returns
    -------
    list of Path
        The files.
    """
    made = [into / "index.html"]
    write_text(made[0], html(report))
    if pdf:
        made.append(into / "report.pdf")
        with whole(made[1]) as scratch:
            scratch.write_bytes(document.pdf(report))
    return made


def _style(report: Mapping[str, Any]) -> Markup:
    """Give the page's style sheet with the font of its Han characters."""
    texts = json.dumps(report, ensure_ascii=False, default=str)
    face = fonts.face(texts, figured.bundled())
    # Ours, and letters of base64: nothing of the data is in it.
    return Markup(face + page.part(HOME, "report.css"))  # noqa: S704


def _figure(one: Picture) -> dict[str, str]:
    """Give a figure as the page shows it."""
    return {
        "id": one.id,
        "anchor": one.svg.stem,
        "title": one.title,
        "caption": one.caption,
        "alt": one.alt,
        "source": page.embedded(one.svg.read_bytes()),
    }
