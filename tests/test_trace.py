"""Tracing: from every kind of row back to exactly the passages it was made from."""

from __future__ import annotations

import pandas as pd
import pytest

from polythemes import trace
from polythemes.errors import PolythemesError
from polythemes.paths import Corpus

TABLES = {
    "articles": pd.DataFrame(
        {
            "article_id": ["a", "b"],
            "language": ["de", "zh"],
            "source": ["x", None],
            "date": ["2030-05", "2031"],
        }
    ),
    "passages": pd.DataFrame(
        {
            "passage_id": ["a-1", "a-2", "b-1", "b-2"],
            "article_id": ["a", "a", "b", "b"],
            # One passage of the Chinese article is German.
            "language": ["de", "de", "zh", "de"],
            "first_line": [1, 3, 1, 2],
            "last_line": [2, 3, 1, 2],
            "start": [0, 50, 0, 9],
            "end": [49, 90, 8, 20],
            "words": [30, 10, 20, 40],
        }
    ),
    "theme_shares": pd.DataFrame(
        {
            "passage_id": ["a-1", "a-2", "b-1", "b-2"] * 2,
            "theme_id": ["bees"] * 4 + ["rest"] * 4,
            "share": [0.1, 0.9, 0.5, 0.0, 0.9, 0.1, 0.5, 1.0],
        }
    ),
    "topic_members": pd.DataFrame(
        {
            "passage_id": ["a-1", "a-2", "b-1", "b-2"],
            "topic_id": [1, 2, 2, 3],
            "share": [0.5, 0.6, 0.7, 0.8],
        }
    ),
    "topic_tree": pd.DataFrame({"node": [4, 5], "left": [2, 1], "right": [3, 4]}),
    "mentions": pd.DataFrame(
        {
            "actor_id": ["hive", "hive", "hive", "queen"],
            "passage_id": ["a-1", "a-1", "b-1", "a-1"],
        }
    ),
    "terms": pd.DataFrame(
        {
            "passage_id": ["a-1", "a-2", "b-1", "b-2", "b-2"],
            "language": ["de", "de", "zh", "de", "de"],
            "term": ["Biene", "Bienen", "蜜蜂", "Biene", "Zug"],
            "count": [2, 1, 3, 1, 5],
        }
    ),
    "concepts": pd.DataFrame(
        {
            "concept_id": [7, 7, 7],
            "language": ["de", "de", "zh"],
            "term": ["Biene", "Bienen", "蜜蜂"],
        }
    ),
    "neighbours": pd.DataFrame(
        {
            "passage_id": ["a-1", "a-2", "b-1", "b-2"],
            "neighbour_id": ["b-1", "b-2", "a-1", "a-2"],
            "neighbour_language": ["zh", "de", "de", "de"],
            "similarity": [0.5, 0.6, 0.5, 0.6],
        }
    ),
    "labels": pd.DataFrame(
        {
            "passage_id": ["a-1", "a-1", "b-1", "b-2", "a-2"],
            "drawn": ["random"] * 4 + ["uncertain"],
        }
    ),
    "lines": pd.DataFrame(
        {
            "article_id": ["a", "a", "a", "b"],
            "line": [1, 2, 3, 1],
            "start": [0, 1, 2, 0],
            "end": [1, 2, 3, 1],
            "kind": ["body", "boilerplate", "body", "boilerplate"],
            "sort": ["", "teaser", "teaser", "teaser"],
            "words": [9, 4, 5, 6],
            "reason": ["", "", "", ""],
        }
    ),
    "repairs": pd.DataFrame(
        {"article_id": ["a", "a", "b"], "line": [1, 2, 1], "sort": ["width", "stuffing", "width"]}
    ),
}


@pytest.mark.parametrize(
    ("row", "passages"),
    [
        ({"passage_id": "a-2", "article_id": "a", "language": "de"}, ["a-2"]),
        # The parts of an article are ordered by words times share: 9, 3.
        ({"article_id": "a", "language": "de", "theme_id": "bees"}, ["a-2", "a-1"]),
        ({"article_id": "b", "language": "zh", "theme_id": "rest"}, ["b-2", "b-1"]),
        ({"language": "de"}, ["b-2", "a-1", "a-2"]),
        ({"by": "language", "group": "zh", "theme_id": "bees"}, ["b-1", "b-2"]),
        ({"by": "source", "group": "x", "theme_id": "bees"}, ["a-2", "a-1"]),
        ({"by": "source", "theme_id": "bees"}, ["b-1", "b-2"]),
        ({"unit": "year", "period": "2030", "theme_id": "bees"}, ["a-2", "a-1"]),
        ({"unit": "quarter", "period": "2030-Q2", "theme_id": "bees"}, ["a-2", "a-1"]),
        ({"topic_id": "2", "theme_id": "bees"}, ["b-1", "a-2"]),
        ({"bar": "topic 2", "language": "zh"}, ["b-1"]),
        ({"bar": "all passages", "language": "zh"}, ["b-1"]),
        ({"bar": "leakage", "share": "0.1"}, ["b-2", "a-1", "b-1", "a-2"]),
        ({"node": "4"}, ["b-2", "b-1", "a-2"]),
        ({"node": "1"}, ["a-1"]),
        ({"actor_id": "hive"}, ["a-1", "b-1"]),
        ({"actor_id": "hive", "other_id": "queen"}, ["a-1"]),
        ({"actor_id": "hive", "theme_id": "bees"}, ["b-1", "a-1"]),
        ({"actor_id": "hive", "article_id": "b", "language": "zh"}, ["b-1"]),
        ({"topic_id": "1", "concept_id": "7", "language": "de", "term": "Biene"}, ["a-1"]),
        ({"topic_id": "2", "concept_id": "7", "language": "de", "term": "Biene"}, ["a-2"]),
        ({"language": "de", "neighbour_language": "zh"}, ["a-1"]),
        # Labelled at random are a-1 (its largest share 0.9), b-1 (0.5) and b-2 (1).
        ({"right": "main", "share_from": "0.9", "share_to": "1.0"}, ["a-1", "b-2"]),
        ({"right": "named", "share_from": "0.5", "share_to": "0.6"}, ["b-1"]),
        ({"n_topics": "3"}, ["b-2", "a-1", "b-1", "a-2"]),
    ],
)
def test_passages_behind_a_row(row, passages):
    assert list(trace.behind(TABLES, row)["passage_id"]) == passages


def test_places_shares_and_parts():
    found = trace.behind(TABLES, {"article_id": "a", "theme_id": "bees"})
    assert found.to_dict("records") == [
        {
            "passage_id": "a-2",
            "article_id": "a",
            "lines": "3",
            "start": 50,
            "end": 90,
            "language": "de",
            "words": 10,
            "share": 0.9,
            "part": 0.75,
            "terms": "Bienen",
        },
        {
            "passage_id": "a-1",
            "article_id": "a",
            "lines": "1-2",
            "start": 0,
            "end": 49,
            "language": "de",
            "words": 30,
            "share": 0.1,
            "part": 0.25,
            "terms": "Biene",
        },
    ]


def test_mentions_and_terms_are_counted():
    assert list(trace.behind(TABLES, {"actor_id": "hive"})["count"]) == [2, 1]
    told = trace.behind(TABLES, {"concept_id": "7", "language": "de", "term": "Biene"})
    assert dict(zip(told["passage_id"], told["count"], strict=True)) == {
        "a-1": 2,
        "a-2": 1,
        "b-2": 1,
    }
    sure = trace.behind(TABLES, {"share_from": "0.9", "share_to": "1.0"})
    assert list(zip(sure["share"], sure["count"], strict=True)) == [(0.9, 2), (1.0, 1)]
    near = trace.behind(TABLES, {"language": "de", "neighbour_language": "zh"}).iloc[0]
    assert (near["nearest"], near["similarity"]) == ("b-1", 0.5)


def test_a_theme_that_is_nowhere_has_no_part():
    found = trace.behind(TABLES, {"passage_id": "b-2", "theme_id": "bees"})
    assert list(found["part"]) == [0]


def test_lines_and_repairs_behind_a_row():
    teasers = trace.behind(TABLES, {"article_id": "a", "fate": "teaser", "words": "9"})
    assert list(teasers["line"]) == [2, 3]
    assert list(trace.behind(TABLES, {"article_id": "a", "fate": "body"})["line"]) == [1, 3]
    mended = trace.behind(TABLES, {"article_id": "a", "sort": "width", "repairs": "1"})
    assert list(mended["line"]) == [1]


@pytest.fixture
def corpus(tmp_path):
    """Make a corpus with the data of one figure."""
    corpus = Corpus("news", tmp_path)
    corpus.figures.mkdir(parents=True)
    text = "a,b\n'-x,1\n'x,\n\"two\nlines\",NA\n"
    (corpus.figures / "04-themes-share.csv").write_text(text, encoding="utf-8")
    return corpus


def test_rows_are_counted_from_one_and_are_texts(corpus):
    figure = "news/04-themes-share"
    table = trace.rows(corpus, figure)
    assert trace.pick(table, 1, figure) == {"a": "-x", "b": "1"}
    assert trace.pick(table, 2, figure) == {"a": "'x"}
    assert trace.pick(table, 3, figure) == {"a": "two\nlines", "b": "NA"}
    for number in (0, -1, 4):
        with pytest.raises(PolythemesError, match=rf"3 rows .* no row {number}; 1 to 3 are allow"):
            trace.pick(table, number, figure)
    with pytest.raises(PolythemesError, match="no row 1; it is empty"):
        trace.pick(table.head(0), 1, figure)


@pytest.mark.parametrize(
    ("figure", "said"),
    [
        ("news/4-theme-share", "near it are news/04-themes-share"),
        ("news", "there are news/04-themes-share"),
        ("news/../x", "no figure"),
    ],
)
def test_unknown_figure(corpus, figure, said):
    with pytest.raises(PolythemesError, match=said):
        trace.rows(corpus, figure)
