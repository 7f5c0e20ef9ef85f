"""What is told of a line: its kind, repairs, copies, passages and themes."""

from __future__ import annotations

import pandas as pd
import pytest

from polythemes.errors import PolythemesError
from polythemes.explain import explain, visible

TEXT = "Lehm\nDas Haus. Thea baut.\n\nTeilen"


@pytest.fixture
def tables() -> dict[str, pd.DataFrame]:
    """Give the tables of an article of four lines."""
    lines = pd.DataFrame(
        [
            ("a", 1, 0, 4, 0, 1, "title", "", "first line"),
            ("a", 2, 5, 25, 14, 4, "body", "bio", "prose; from character 14 on a biography"),
            ("a", 3, 26, 26, 26, 0, "blank", "", "no visible character"),
            ("a", 4, 27, 33, 27, 1, "boilerplate", "navigation", "navigation: teilen"),
        ],
        columns=[
            "article_id",
            "line",
            "start",
            "end",
            "kept_end",
            "words",
            "kind",
            "sort",
            "reason",
        ],
    )
    repairs = pd.DataFrame(
        [("a", 2, 5, 8, "D\u200ba", "Da", "invisible", "nobody sees it")],
        columns=["article_id", "line", "start", "end", "before", "after", "sort", "reason"],
    )
    duplicates = pd.DataFrame(
        [(1, "exact", "a", 1), (1, "exact", "b", 7), (2, "near", "b", 8), (2, "near", "b", 9)],
        columns=["group_id", "form", "article_id", "line"],
    )
    passages = pd.DataFrame(
        [("a-01", "a", "de", 0.98, 5, 14), ("a-02", "a", "de", 0.98, 14, 20)],
        columns=["passage_id", "article_id", "language", "confidence", "start", "end"],
    )
    shares = pd.DataFrame(
        [("a-01", "earth", 0.3), ("a-01", "houses", 0.65), ("a-01", "rest", 0.05)],
        columns=["passage_id", "theme_id", "share"],
    )
    return {
        "articles": pd.DataFrame({"article_id": ["a", "b"]}),
        "lines": lines,
        "repairs": repairs,
        "duplicates": duplicates,
        "passages": passages,
        "theme_shares": shares,
    }


def told(tables, place: str, text: str | None = None) -> list[tuple[str, str]]:
    return list(explain(tables, place, text).itertuples(index=False, name=None))


def test_everything_is_told_of_a_line(tables):
    assert told(tables, "a:2", TEXT) == [
        ("line", "a:2"),
        ("kind", "body, its end is bio"),
        ("why", "prose; from character 14 on a biography"),
        ("place", "characters 5 to 25, 4 words; kept up to character 14"),
        ("text", "Das Haus. Thea baut."),
        ("repaired", "invisible at 5: D[U+200B]a → Da (nobody sees it)"),
        ("passage", "a-01, de (0.98); themes: houses 0.65, earth 0.30"),
    ]


def test_a_line_that_is_not_kept_is_in_no_passage(tables):
    assert told(tables, "a:4") == [
        ("line", "a:4"),
        ("kind", "boilerplate, navigation"),
        ("why", "navigation: teilen"),
        ("place", "characters 27 to 33, 1 words; not kept"),
    ]


def test_a_line_that_stands_again_says_where(tables):
    assert ("stands again", "b:7 (exact)") in told(tables, "a:1")


def test_an_article_is_told_line_by_line(tables):
    table = explain(tables, "a")
    assert list(table["line"]) == [1, 2, 4]
    assert list(table["repairs"]) == [0, 1, 0]
    assert list(table["passages"]) == ["", "a-01", ""]


@pytest.mark.parametrize(
    ("place", "said"),
    [
        ("c:1", "'c:1' is no place in this corpus; an article and a line are allowed, as in a:37"),
        ("", "'' is no place in this corpus"),
        ("a:x", "'a:x' is no place in this corpus"),
        ("a:0", "a has no line 0; 1 to 4 are allowed, as in a:1"),
        ("a:5", "a has no line 5; 1 to 4 are allowed"),
    ],
)
def test_a_place_that_is_none_is_refused(tables, place, said):
    with pytest.raises(PolythemesError) as caught:
        explain(tables, place)
    assert str(caught.value).startswith(said)


def test_nothing_stays_invisible():
    assert visible("\u00ad\t") == "[U+00AD][U+0009]"
    assert visible("a b") == "a b"
