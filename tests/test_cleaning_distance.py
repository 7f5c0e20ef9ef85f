"""Vectors at the edges of articles: what says what pages say, and is unlike the body."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from polythemes import cleaning
from polythemes.cleaning import distance

# Directions of a made-up encoder: what a text holds says where it points.
POINTS = {"lehm": (1, 0, 0, 0), "brief": (0, 1, 0, 0), "hund": (0, 0, 1, 0)}
BODY = [
    f"Lehm {word} " + "und Stroh " * 9 + "." for word in ("eins", "zwei", "drei", "vier", "fünf")
]
NOTICE = "Brief mit allem Neuen an jedem Montag."
DOG = "Hund und Katze wohnen hier seit vielen Jahren."


def embed(texts: list[str]) -> np.ndarray:
    """Point with a text's first word, or nowhere known; what pages say points with letters."""
    rows = []
    for text in texts:
        word = text.split()[0].casefold()
        rows.append(POINTS.get(word, (0, 0.8, 0, 0.6)))
    return np.array(rows, dtype=np.float32)


def clean(*texts: list[str]) -> list[list[tuple[str, str, str]]]:
    """Clean articles made of lines, and give kind, sort and reason of each."""
    ids = [str(i) for i in range(len(texts))]
    table = pd.DataFrame(
        {"article_id": ids, "language": "de", "text": ["\n".join(lines) for lines in texts]}
    )
    found = cleaning.clean(table, embed=embed)
    columns = ["kind", "sort", "reason"]
    return [
        [tuple(r) for r in found.loc[found["article_id"] == i, columns].to_numpy()] for i in ids
    ]


def test_a_line_at_the_edge_that_says_what_pages_say_is_out_and_gives_its_numbers() -> None:
    ((*body, (kind, sort, reason)),) = clean([*BODY, NOTICE])
    assert {one[0] for one in body} == {"body"}
    assert kind == "boilerplate"
    assert sort in {"advert", "disclaimer", "footer", "bio", "comment", "teaser", "navigation"}
    assert reason == (
        f"says what pages say ({sort}) 0.800; like the body 0.000, whose least is 1.000"
    )


def test_what_stands_inside_is_never_taken_off() -> None:
    many = [BODY[0].replace("eins", f"mal {i}") for i in range(12)]
    ((*lines,),) = clean([*many[:4], NOTICE, *many])
    assert {kind for kind, _, _ in lines} == {"body"}


def test_being_unlike_the_body_is_not_enough() -> None:
    for lines in clean([*BODY, DOG], [*BODY[::-1], DOG.replace("Katze", "Pferd")]):
        assert {kind for kind, _, _ in lines} == {"body"}


def test_an_article_on_what_pages_say_keeps_its_body() -> None:
    letters = [text.replace("Lehm", "Rundbrief") for text in BODY]
    ((*lines,),) = clean([*letters, NOTICE])
    assert {kind for kind, _, _ in lines} == {"body"}


def test_translations_of_one_article_keep_their_body() -> None:
    assert {kind for lines in clean(BODY, BODY[::-1]) for kind, _, _ in lines} == {"body"}


def test_short_articles_are_left_alone() -> None:
    ((*lines,),) = clean([*BODY[:3], NOTICE])
    assert {kind for kind, _, _ in lines} == {"body"}


def test_without_an_article_nothing_is_embedded() -> None:
    def never(texts: list[str]) -> np.ndarray:
        raise AssertionError

    assert distance.trim([], never) == []


@pytest.mark.parametrize("sort", ["advert", "disclaimer", "footer", "bio", "comment", "teaser"])
def test_ideas_have_sorts(sort: str) -> None:
    sorts, ideas = distance._ideas()
    assert sort in sorts
    assert len(sorts) == len(ideas) == len(set(ideas))
