"""What vectors tell of lines at the edges of an article: unlike its body, like what pages say.

An encoder that knows no borders between languages finds the same idea in all of them.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Sequence
from functools import cache
from importlib import resources

import numpy as np
from numpy.typing import NDArray

from polythemes.cleaning.lines import ITEM, PROSE, Line

Embed = Callable[[list[str]], NDArray[np.floating]]

#: Body lines from the end and from the start that may be taken off, and words they may have.
BELOW, ABOVE, SHORTEST, LONGEST = 10, 2, 6, 2 * ITEM
#: Paragraphs that stand for the body: at least, at most; characters of a text that are embedded.
FEWEST, MOST, LENGTH = 4, 24, 600
#: Similarity to an idea of pages; by how much it has to exceed that to the body, where the line is
#: less like the body than all of its paragraphs, and elsewhere.
LIKE, MORE, MUCH = 0.35, 0.1, 0.25


def trim(articles: Sequence[Sequence[Line]], embed: Embed) -> list[list[Line]]:
    """Name lines at the edges of articles that only their meaning gives away.

    Parameters
    ----------
    articles : sequence of sequence of Line
        The lines of every article, all named.
    embed : callable
        Gives unit vectors of texts, one a row.

    Returns
    -------
    list of list of Line
        The lines; one is taken off if it says what pages say, clearly more than what its body
        says. Being unlike the body is not enough, and what stands further inside stays.
    """
    named = [list(lines) for lines in articles]
    places = [(k, i) for k, lines in enumerate(articles) for i in _edges(lines)]
    if not places:
        return named
    bodies = {k: _body(articles[k]) for k, _ in places}
    sorts, ideas = _ideas()
    wanted = {articles[k][j].text[:LENGTH] for k, i in places for j in (i, *bodies[k])}
    given = sorted({*wanted, *ideas})
    vectors = dict(zip(given, np.asarray(embed(given), dtype=np.float64), strict=True))
    pages = np.stack([vectors[idea] for idea in ideas])
    for k, i in places:
        texts = [articles[k][j].text[:LENGTH] for j in (i, *(j for j in bodies[k] if j != i))]
        own, least = _held([vectors[text] for text in texts])
        like = np.round(pages @ vectors[texts[0]], 3)
        best = int(like.argmax())
        if like[best] >= LIKE and like[best] - own >= (MORE if own < least else MUCH):
            why = f"says what pages say ({sorts[best]}) {like[best]:.3f}"
            why = f"{why}; like the body {own:.3f}, whose least is {least:.3f}"
            named[k][i] = articles[k][i].is_("boilerplate", why, sorts[best])
    return named


def _edges(lines: Sequence[Line]) -> list[int]:
    """List the body lines at the edges of an article with paragraphs between."""
    body = [i for i, line in enumerate(lines) if line.kind == "body"]
    if len(_body(lines)) < FEWEST:
        return []
    ends = {*body[:ABOVE], *body[-BELOW:]}
    return [i for i in sorted(ends) if SHORTEST <= lines[i].words <= LONGEST and not lines[i].sort]


def _body(lines: Sequence[Line]) -> list[int]:
    """List the places of some paragraphs, evenly spread."""
    every = [i for i, line in enumerate(lines) if line.kind == "body" and line.words >= PROSE]
    picked = np.linspace(0, len(every) - 1, min(MOST, len(every))).round().astype(int)
    return [every[k] for k in picked]


def _held(vectors: Sequence[NDArray[np.float64]]) -> tuple[float, float]:
    """Hold a line, the first, against the paragraphs, and each of those against the others."""
    total = np.sum(vectors[1:], axis=0)
    return _cosine(vectors[0], total), min(_cosine(one, total - one) for one in vectors[1:])


def _cosine(one: NDArray[np.float64], other: NDArray[np.float64]) -> float:
    """Give the cosine of two vectors to three digits."""
    size = float(np.linalg.norm(one) * np.linalg.norm(other))
    return round(float(one @ other) / size, 3) if size else 0.0


@cache
def _ideas() -> tuple[list[str], list[str]]:
    """Give what pages say: the sort and the text of every idea."""
    text = (resources.files("polythemes.cleaning") / "ideas.toml").read_text("utf-8")
    pairs = [(sort, idea) for sort, ideas in tomllib.loads(text).items() for idea in ideas]
    return [sort for sort, _ in pairs], [idea for _, idea in pairs]
