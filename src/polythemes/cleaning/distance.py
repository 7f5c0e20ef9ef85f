"""What a line says, held against its article and against what pages say.

An encoder that knows no borders between languages finds the same idea in all of them.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from importlib import resources

import numpy as np
from numpy.typing import NDArray

from polythemes.cleaning.lines import PROSE, Line

Embed = Callable[[list[str]], NDArray[np.floating]]
Vectors = Mapping[str, NDArray[np.float64]]

#: Paragraphs that stand for the body at most; characters of a text that are embedded.
MOST, LENGTH = 24, 600
#: Similarity to the body where there is none.
ELSE = 0.3
#: The ideas of articles among those of pages.
BODY = "body"


def vectors(
    articles: Sequence[tuple[Sequence[Line], Sequence[int]]],
    embed: Embed,
    more: Sequence[str] = (),
) -> Vectors:
    """Embed some lines of articles, paragraphs of their bodies and the ideas, each once.

    Parameters
    ----------
    articles : sequence of (sequence of Line, sequence of int)
        The lines of every article, all named, and which of them are asked about.
    embed : callable
        Gives unit vectors of texts, one a row.
    more : sequence of str
        Other texts that are asked about.

    Returns
    -------
    dict of str to numpy.ndarray of float64
        The vector of every text, by its first characters.
    """
    wanted = {
        text
        for lines, places in articles
        if places
        for text in (*(lines[i].text[:LENGTH] for i in places), *paragraphs(lines))
    }
    wanted.update(text[:LENGTH] for text in more)
    given = sorted({*wanted, *ideas()[1]}) if wanted else []
    found = np.asarray(embed(given), dtype=np.float64) if given else ()
    return dict(zip(given, found, strict=True))


def meaning(text: str, body: Sequence[str], known: Vectors) -> tuple[dict[str, float], str]:
    """Find the signs of what a line says.

    Parameters
    ----------
    text : str
        A line.
    body : sequence of str
        Paragraphs of its article, from :func:`paragraphs`.
    known : dict of str to numpy.ndarray
        The vectors of all texts.

    Returns
    -------
    signs : dict of str to float
        Similarities, from 0 to 1, to three digits.
    sort : str
        The sort of the idea of pages that it is most like.
    """
    sorts, texts = ideas()
    one = known[text[:LENGTH]]
    like = {idea: float(known[idea] @ one) for idea in texts}
    pages = max((like[t], sort) for sort, t in zip(sorts, texts, strict=True) if sort != BODY)
    news = max(like[t] for sort, t in zip(sorts, texts, strict=True) if sort == BODY)
    others = [known[other] for other in body if other != text[:LENGTH] and other in known]
    own = _cosine(one, np.sum(others, axis=0)) if others else ELSE
    found = {
        "like pages": pages[0],
        "like the body": own,
        "like articles": news,
        "more like pages than the body": pages[0] - own + 0.5,
        "more like pages than articles": pages[0] - news + 0.5,
    }
    return {name: min(max(round(value, 3), 0.0), 1.0) for name, value in found.items()}, pages[1]


def paragraphs(lines: Sequence[Line]) -> list[str]:
    """List some paragraphs of the body, evenly spread.

    Parameters
    ----------
    lines : sequence of Line
        The lines of an article, all named.

    Returns
    -------
    list of str
        Their first characters.
    """
    every = [i for i, line in enumerate(lines) if line.kind == "body" and line.words >= PROSE]
    picked = np.linspace(0, len(every) - 1, min(MOST, len(every))).round().astype(int)
    return [lines[every[k]].text[:LENGTH] for k in picked]


def _cosine(one: NDArray[np.float64], other: NDArray[np.float64]) -> float:
    """Give the cosine of two vectors."""
    size = float(np.linalg.norm(one) * np.linalg.norm(other))
    return float(one @ other) / size if size else 0.0


@cache
def ideas() -> tuple[list[str], list[str]]:
    """Give what pages and articles say.

    Returns
    -------
    sorts, texts : list of str
        The sort of every idea, ``body`` for those of articles, and its text.
    """
    text = (resources.files("polythemes.cleaning") / "ideas.toml").read_text("utf-8")
    pairs = [(sort, idea) for sort, ideas in tomllib.loads(text).items() for idea in ideas]
    return [sort for sort, _ in pairs], [idea for _, idea in pairs]
