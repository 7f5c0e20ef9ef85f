"""Concepts: pairs that are each other's nearest, groups without chains, names by their spelling."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from polythemes import concepts
from polythemes.concepts import groups, named, pairs
from polythemes.errors import PolythemesError

SIZE = 32


def axis(number: int, *others: tuple[int, float]) -> np.ndarray:
    """Make a unit vector along an axis, turned towards others."""
    vector = np.zeros(SIZE)
    vector[number] = 1
    for other, part in others:
        vector[other] = part
    return vector / np.linalg.norm(vector)


def laid_out(*rows: tuple[str, str, np.ndarray]) -> tuple[pd.DataFrame, np.ndarray]:
    """Lay out words of (language, term, vector), each counted once."""
    words = pd.DataFrame([row[:2] for row in rows], columns=["language", "term"]).assign(count=1)
    return words, np.round([row[2] for row in rows], 3).astype(np.float32)


def found(*rows: tuple[str, str, np.ndarray]) -> list[set[str]]:
    """List the concepts of more than one term."""
    table = concepts.find(*laid_out(*rows))
    terms = table.groupby("concept_id")["term"].agg(set)
    return [one for one in terms if len(one) > 1]


def test_translations_are_one_concept():
    assert found(
        ("de", "Biene", axis(0, (9, 0.2))),
        ("de", "Lehm", axis(1)),
        ("en", "bee", axis(0)),
        ("en", "clay", axis(1, (9, 0.2))),
        ("it", "ape", axis(0, (8, 0.2))),
        ("it", "binario", axis(2)),
    ) == [{"Biene", "bee", "ape"}, {"Lehm", "clay"}]


def test_a_term_between_two_is_paired_with_neither():
    # As near to bee as to wasp: neither stands out.
    between = axis(0, (1, 1.0))
    assert found(("de", "Insekt", between), ("en", "bee", axis(0)), ("en", "wasp", axis(1))) == []


def test_only_mutual_neighbours_are_paired():
    rows = [("de", "Biene", axis(0)), ("de", "Imker", axis(0, (1, 0.5))), ("en", "bee", axis(0))]
    assert found(*rows) == [{"Biene", "bee"}]


def test_a_chain_of_pairs_joins_nothing():
    # Neighbours are 32 degrees apart, the ends 64: cosines of 0.85 and 0.44.
    turned = [np.deg2rad(32 * i) for i in range(3)]
    one, two, three = (axis(0) * np.cos(t) + axis(1) * np.sin(t) for t in turned)
    rows = np.rint(np.array([one, two, three]) * 1000).astype(np.float32)
    group, weight = groups.join(
        rows, np.array(["de", "en", "it"]), {(0, 1): 0.9, (1, 2): 0.95}, set()
    )
    assert group.tolist() == [0, 1, 1]
    assert weight == pytest.approx([1, 0.85, 0.85], abs=0.005)


def test_a_group_holds_a_language_once():
    rows = np.rint(np.array([axis(0)] * 3) * 1000).astype(np.float32)
    group, _ = groups.join(rows, np.array(["de", "de", "en"]), {(0, 2): 0.9, (1, 2): 0.95}, set())
    assert group.tolist() == [0, 1, 1]


def test_third_languages_speak_for_a_pair():
    # Cosines of 0.79: too far for a pair alone, near enough for one of three.
    rows = [axis(0, (i, 0.51)) for i in (1, 2, 3)]
    whole = np.rint(np.array(rows) * 1000).astype(np.float32)
    assert pairs.near(whole[:2], np.array(["de", "en"])) == {}
    assert set(pairs.near(whole, np.array(["de", "en", "it"]))) == {(0, 1), (0, 2), (1, 2)}


def test_scores_by_hand():
    whole = np.rint(np.array([axis(0), axis(1), axis(0, (1, 0.3))]) * 1000).astype(np.float32)
    (score,) = pairs.near(whole, np.array(["de", "de", "en"])).values()
    cosine = float(whole[0] @ whole[2]) / 1000**2
    # Of the second nearest none is nearer than 0.6, and Biene has no other at all.
    assert score == pytest.approx(cosine * np.sqrt(cosine / ((cosine + 0.6) / 2)), abs=1e-9)


def test_what_is_spelled_alike_is_one_concept():
    rows = [
        ("de", "Taobao", axis(0)),
        ("en", "TaoBao", axis(1)),
        ("en", "Xiaohongshu", axis(2)),
        ("zh", "小红书", axis(3)),
        ("zh", "淘宝", axis(4)),
    ]
    assert found(*rows) == [{"Taobao", "TaoBao", "淘宝"}, {"Xiaohongshu", "小红书"}]


@pytest.mark.parametrize("name", ["xiaohongshu", "Xiaohong", "Xiaohongshus"])
def test_only_a_whole_name_is_the_reading_of_another(name):
    assert pairs.spelled(np.array(["en", "zh"]), [name, "小红书"]) == set()


def test_a_short_reading_is_none():
    assert pairs.spelled(np.array(["de", "zh"]), ["Wei", "微"]) == set()
    assert pairs.spelled(np.array(["de", "zh"]), ["Baba", "爸爸"]) == set()


def test_terms_of_one_language_are_not_paired():
    assert pairs.spelled(np.array(["en", "en"]), ["bee", "Bee"]) == set()
    assert found(("en", "bee", axis(0)), ("en", "honeybee", axis(0))) == []


def test_a_term_that_the_encoder_does_not_know_is_alone():
    nothing = np.zeros(SIZE)
    assert found(("de", "xq", nothing), ("en", "zz", nothing), ("it", "bee", axis(0))) == []


def test_weights_and_ranks_by_hand():
    words, vectors = laid_out(
        ("de", "Biene", axis(0)), ("en", "bee", axis(0, (1, 0.25))), ("en", "rail", axis(2))
    )
    table = concepts.find(words, vectors)
    cosine = float(vectors[0].astype(float) @ vectors[1].astype(float))
    assert list(table.itertuples(index=False, name=None)) == [
        (1, "de", 1, "Biene", round(cosine, 4)),
        (1, "en", 1, "bee", round(cosine, 4)),
        (2, "en", 1, "rail", 1.0),
    ]


def test_counts_by_hand():
    terms = pd.DataFrame(
        [("a", "de", "Biene", 2), ("a", "en", "bee", 1), ("b", "en", "rail", 3)],
        columns=["passage_id", "language", "term", "count"],
    )
    words, vectors = laid_out(
        ("de", "Biene", axis(0)), ("en", "bee", axis(0)), ("en", "rail", axis(1))
    )
    table = concepts.counts(terms, concepts.find(words, vectors))
    assert table.to_numpy().tolist() == [["a", 1, 3], ["b", 2, 3]]


def test_vocabulary_by_hand():
    terms = pd.DataFrame(
        [("a", "en", "rail", 2), ("b", "de", "Lehm", 1), ("b", "en", "rail", 3)],
        columns=["passage_id", "language", "term", "count"],
    )
    assert concepts.vocabulary(terms).to_numpy().tolist() == [["de", "Lehm", 1], ["en", "rail", 5]]


@settings(max_examples=20)
@given(st.randoms(use_true_random=False))
def test_order_of_words_does_not_matter(random):
    chance = np.random.default_rng(random.randrange(1000))
    centres = chance.normal(size=(12, SIZE))
    rows = [
        (code, f"{code}{i}", axis(0) * 0 + centre + chance.normal(size=SIZE) * 0.4)
        for code in ("de", "en", "it")
        for i, centre in enumerate(centres)
    ]
    words, vectors = laid_out(*[(a, b, v / np.linalg.norm(v)) for a, b, v in rows])
    table = concepts.find(words, vectors)
    order = random.sample(range(len(words)), len(words))
    pd.testing.assert_frame_equal(table, concepts.find(words.iloc[order], vectors[order]))
    assert len(table) == len(words)
    assert table.groupby("concept_id")["language"].nunique().max() > 1


def test_a_wide_vocabulary_is_searched_in_parts(monkeypatch):
    chance = np.random.default_rng(1)
    rows = np.rint(chance.normal(size=(50, SIZE)) * 100).astype(np.float32)
    languages = np.array(["de"] * 20 + ["en"] * 30)
    whole = pairs.near(rows, languages)
    monkeypatch.setattr(pairs, "BLOCK", 7)
    assert pairs.near(rows, languages) == whole


def test_one_language_or_no_term():
    words, vectors = laid_out(("de", "Biene", axis(0)), ("de", "Lehm", axis(1)))
    assert concepts.find(words, vectors)["concept_id"].tolist() == [1, 2]
    empty = concepts.find(words[:0], vectors[:0])
    assert empty.empty
    assert list(empty.columns) == ["concept_id", "language", "rank", "term", "weight"]


def test_a_vector_too_few_is_told():
    words, vectors = laid_out(("de", "Biene", axis(0)), ("de", "Lehm", axis(1)))
    with pytest.raises(PolythemesError, match="1 vectors came for 2 terms; one for each"):
        concepts.find(words, vectors[:1])


# --- what is known to mean the same ---------------------------------------------------------------


def test_names_of_one_thing_are_one_concept_whatever_their_vectors():
    words, vectors = laid_out(
        ("de", "Diretta", axis(5)),
        ("en", "Live-Stream", axis(0)),
        ("en", "broadcast", axis(1)),
        ("en", "livestream", axis(2)),
        ("it", "diretta", axis(3)),
        ("zh", "直播", axis(1)),
    )
    same = [("Diretta",), ("直播", "live stream", "livestream", "diretta")]
    table = concepts.find(words, vectors, same).set_index("term")
    # 直播 is nearest to broadcast; what is known comes first, and keeps far terms out.
    row = set(table.index[table["concept_id"] == table.loc["直播", "concept_id"]])
    assert row == {"直播", "Live-Stream", "livestream", "diretta"}
    assert table.loc["直播", "weight"] == 1
    assert len(set(table.loc[["Diretta", "broadcast", "直播"], "concept_id"])) == 3
    assert sorted(table.loc[["Live-Stream", "livestream"], "rank"]) == [1, 2]


def test_two_known_things_are_never_one():
    words, vectors = laid_out(("de", "Paipai", axis(0)), ("en", "Weidian", axis(0)))
    known = concepts.find(words, vectors, [("Paipai",), ("Weidian",)])
    assert known["concept_id"].nunique() == 2
    assert concepts.find(words, vectors)["concept_id"].nunique() == 1


def test_a_name_with_a_capital_is_no_word_without():
    terms = ["Apple", "apple", "APPLE", "pear"]
    assert named.known(terms, [("Apple",), ("pear", "apple")]).tolist() == [0, 1, 0, 1]
    assert named.known(terms, [("Apple",)]).tolist() == [0, -1, 0, -1]


def test_a_term_joins_a_known_group_only_if_near_to_all_of_it():
    far = ("it", "diretta", axis(3))
    near = ("zh", "直播", axis(0))
    words, vectors = laid_out(("de", "Stream", axis(0)), far, near)
    table = concepts.find(words, vectors, [("diretta", "直播")])
    assert table.groupby("concept_id")["term"].agg(sorted).tolist() == [
        ["Stream"],
        ["diretta", "直播"],
    ]


def test_no_term_stands_twice_in_the_glossary():
    lines = concepts.glossary()
    terms = [term.casefold().replace("-", " ") for line in lines for term in line]
    assert all(terms)
    assert len(set(terms)) == len(terms)
