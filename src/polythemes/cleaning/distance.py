"""What vectors tell of lines at the edges of an article: unlike its body, like what pages say.

An encoder that knows no borders between languages finds the same idea in all of them.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

import numpy as np
from numpy.typing import NDArray

from polythemes.cleaning import places
from polythemes.cleaning.lines import PROSE, Line

Embed = Callable[[list[str]], NDArray[np.floating]]

#: Body lines from the end and from the start that may be taken off, and words of the shortest.
BELOW, ABOVE, SHORTEST = 6, 2, 8
#: Paragraphs that stand for the body: at least, at most; characters of a text that are embedded.
FEWEST, MOST, LENGTH = 4, 24, 600
#: Similarity to an idea of pages; by how much it has to exceed that to the body.
LIKE, MORE = 0.35, 0.1
#: Similarity to a line at the edge of another article that makes both the same.
SAME = 0.7
#: By how much a line is less like the body than any of its own paragraphs.
FAR = 0.05


@dataclass(frozen=True)
class Edge:
    """One line at the edge of an article and what it is held against.

    Parameters
    ----------
    article, place : int
        Number of the article and of the line in it.
    own : float
        Similarity to the mean of the body.
    least : float
        The least such similarity of the body's paragraphs, each held against the others.
    behind : bool
        Whether lines of the page stand between it and the body.
    """

    article: int
    place: int
    own: float
    least: float
    behind: bool


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
        The lines; a line is taken off if it says what pages say and is unlike its own body, if it
        says what stands at the edge of another article and is unlike its own body, or if it
        stands behind lines of the page and is less like the body than all of its paragraphs.
    """
    named = [list(lines) for lines in articles]
    edges = [edge for lines in articles for edge in _edges(lines)]
    body = [_body(lines) for lines in articles]
    texts = [lines[i].text[:LENGTH] for lines in articles for i in (*_edges(lines), *_body(lines))]
    if not edges:
        return named
    sorts, ideas = _ideas()
    given = sorted({*texts, *ideas})
    vectors = dict(zip(given, np.asarray(embed(given), dtype=np.float64), strict=True))
    found = [
        _held(k, i, lines, np.stack([vectors[lines[j].text[:LENGTH]] for j in body[k]]), vectors)
        for k, lines in enumerate(articles)
        for i in _edges(lines)
    ]
    points = np.stack([vectors[articles[e.article][e.place].text[:LENGTH]] for e in found])
    like = np.round(points @ np.stack([vectors[idea] for idea in ideas]).T, 3)
    same = np.round(points @ points.T, 3)
    same[np.equal.outer(*[[e.article for e in found]] * 2)] = 0
    for k, edge in enumerate(found):
        sort, why = _decide(edge, sorts, like[k], float(same[k].max()))
        if why:
            line = articles[edge.article][edge.place]
            named[edge.article][edge.place] = line.is_("boilerplate", why, sort)
    return named


def _decide(
    edge: Edge, sorts: Sequence[str], like: NDArray[np.float64], same: float
) -> tuple[str, str]:
    """Give the sort and the reason, with its numbers, for a line to be taken off."""
    best = int(like.argmax())
    idea, body = float(like[best]), f"like the body {edge.own:.3f}, whose least is {edge.least:.3f}"
    if idea >= LIKE and idea - edge.own >= MORE:
        return sorts[best], f"says what pages say ({sorts[best]}) {idea:.3f}; {body}"
    if same >= SAME and edge.own < edge.least:
        return "repeat", f"says what stands at the edge of another article {same:.3f}; {body}"
    if edge.behind and edge.own < edge.least - FAR:
        return "navigation", f"behind lines of the page and unlike the article; {body}"
    return "", ""


def _edges(lines: Sequence[Line]) -> list[int]:
    """List the places of body lines at the edges, in an article with paragraphs between."""
    body = [i for i, line in enumerate(lines) if line.kind == "body"]
    if len(_body(lines)) < FEWEST:
        return []
    ends = {*body[:ABOVE], *body[-BELOW:]}
    return [i for i in sorted(ends) if lines[i].words >= SHORTEST and not lines[i].sort]


def _body(lines: Sequence[Line]) -> list[int]:
    """List the places of some paragraphs, evenly spread."""
    every = [i for i, line in enumerate(lines) if line.kind == "body" and line.words >= PROSE]
    picked = np.linspace(0, len(every) - 1, min(MOST, len(every))).round().astype(int)
    return [every[k] for k in picked]


def _held(
    article: int, place: int, lines: Sequence[Line], body: NDArray[np.float64],
    vectors: dict[str, NDArray[np.float64]],
) -> Edge:  # fmt: skip
    """Hold a line against the body without it, and the body's paragraphs against each other."""
    own = vectors[lines[place].text[:LENGTH]]
    rest = body[np.abs(body @ own - 1) > 1e-6]
    alone = [_cosine(one, rest.sum(axis=0) - one) for one in rest]
    behind = lines[place].start > places.behind(lines)
    return Edge(article, place, _cosine(own, rest.sum(axis=0)), min(alone), behind)


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
