"""Scores: coherence across languages, and models side by side."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from polythemes import scores
from polythemes.errors import PolythemesError
from polythemes.tables import CONTRACTS

#: Four passages of two languages; the i-th of one is the translation of the i-th of the other.
TEXTS = {"en": ["ab", "ab", "ac", "c"], "de": ["AB", "A", "C", "C"]}


def counted(texts: dict[str, list[str]]) -> pd.DataFrame:
    rows = [
        (f"{language}{i}", language, term, 1)
        for language, own in texts.items()
        for i, text in enumerate(own)
        for term in text
    ]
    return pd.DataFrame(rows, columns=["passage_id", "language", "term", "count"])


def listed(*topics: dict[str, str]) -> pd.DataFrame:
    rows = [
        (topic, language, rank, term, 1.0)
        for topic, own in enumerate(topics, 1)
        for language, text in own.items()
        for rank, term in enumerate(text, 1)
    ]
    return pd.DataFrame(rows, columns=["topic_id", "language", "rank", "term", "weight"])


def pairs(*ids: int) -> pd.DataFrame:
    return pd.DataFrame(
        {"passage_id": [f"de{i}" for i in ids], "other_id": [f"en{i}" for i in ids]}
    )


def cnpmi(topics: pd.DataFrame, texts=None, given=None, **options) -> pd.DataFrame:
    given = pairs(0, 1, 2, 3) if given is None else given
    table = scores.cross_coherence(topics, counted(texts or TEXTS), given, **options)
    return table.set_index("language")


@pytest.mark.parametrize(
    ("topic", "value"),
    [
        # b stands in 2 of 4, A in 2, both in 2: always together.
        ({"en": "b", "de": "A"}, 1.0),
        # a stands in 3, A in 2, both in 2: log((2/4) / (6/16)) / -log(2/4)
        ({"en": "a", "de": "A"}, np.log((2 / 4) / (6 / 16)) / np.log(2)),
        # b and C never meet: 0
        ({"en": "b", "de": "C"}, 0.0),
        ({"en": "ba", "de": "A"}, (1 + np.log(4 / 3) / np.log(2)) / 2),
    ],
)
def test_cnpmi_by_hand(topic, value):
    row = cnpmi(listed(topic)).loc["de-en"]
    assert row["value"] == pytest.approx(value, abs=6e-5)
    assert row["reference"].startswith("4 pairs: each passage with the nearest")


def test_cnpmi_is_the_mean_over_topics_and_over_languages():
    topics = listed({"en": "b", "de": "A"}, {"en": "b", "de": "C"})
    table = cnpmi(topics)
    assert table.loc["de-en", "value"] == 0.5
    assert table.loc["de-en", "measured"] == 2
    assert table.loc["", "value"] == 0.5
    assert table.loc["de-en", "low"] == 0
    assert table.loc["de-en", "high"] == 1


def test_pairs_may_come_either_way_round_and_twice():
    given = pairs(0, 1, 2, 3)
    turned = given.rename(columns={"passage_id": "other_id", "other_id": "passage_id"})
    topics = listed({"en": "ba", "de": "A"})
    pd.testing.assert_frame_equal(cnpmi(topics), cnpmi(topics, given=pd.concat([given, turned])))


def test_terms_outside_the_reference_are_left_out_and_counted():
    # x is in no passage; in the pairs 0-2 "a" is in every English passage.
    row = cnpmi(listed({"en": "bx", "de": "A"})).loc["de-en"]
    assert (row["value"], row["left_out"]) == (1, 1)
    row = cnpmi(listed({"en": "ba", "de": "A"}), given=pairs(0, 1, 2)).loc["de-en"]
    assert (row["value"], row["left_out"]) == (1, 1)


def test_cnpmi_of_one_language_or_of_no_pairs_is_empty():
    assert cnpmi(listed({"en": "ab"})).empty
    assert cnpmi(listed({"en": "ab", "de": "A"}), given=pairs()).empty


def passages_of(languages: list[str]) -> pd.DataFrame:
    seen = dict.fromkeys(languages, 0)
    ids = []
    for language in languages:
        ids.append(f"{language}{seen[language]}")
        seen[language] += 1
    return pd.DataFrame(
        {
            "passage_id": ids,
            "article_id": ids,
            "language": languages,
            "sha256": [f"{i * 7919 % 1000:03d}" for i in range(len(ids))],
        }
    )


def test_aligned_by_hand():
    passages = passages_of(["en", "de", "en", "de", "it"])
    vectors = np.array([[1, 0], [0.9, 0.1], [0, 1], [0.8, 0.6], [0, 0]])
    found = scores.aligned(vectors, passages)
    # en0's nearest is de0 and the other way round; en1's is de1, whose nearest is en0 (0.8 to 0.6).
    # The vector of zeros is near to nothing.
    assert list(found.itertuples(index=False, name=None)) == [
        ("de0", "en0"),
        ("de1", "en0"),
        ("de1", "en1"),
    ]


def test_aligned_does_not_turn_on_the_order_of_rows():
    draws = np.random.default_rng(1)
    passages = passages_of(["en", "de", "zh"] * 9)
    # Whole steps: many are equally near.
    vectors, order = draws.integers(0, 3, (27, 4)).astype(float), draws.permutation(27)
    one = scores.aligned(vectors, passages)
    pd.testing.assert_frame_equal(one, scores.aligned(vectors[order], passages.iloc[order]))


# --- side by side ---------------------------------------------------------------------------------


def several() -> tuple[dict[str, scores.Model], pd.DataFrame, pd.DataFrame, np.ndarray]:
    passages = passages_of(["en"] * 6 + ["de"] * 6)
    texts = {"en": ["ab", "ab", "a", "cd", "cd", "c"], "de": ["AB", "AB", "A", "CD", "CD", "C"]}
    by_theme = np.array([1, 1, 1, 2, 2, 2] * 2)
    by_language = np.repeat([1, 2], 6)
    vectors = np.eye(2)[by_theme - 1]
    terms = listed({"en": "ab", "de": "AB"}, {"en": "cd", "de": "CD"})
    apart = listed({"en": "ac"}, {"de": "AC"})
    labels = {
        "ours": passages[["passage_id"]].assign(topic_id=by_theme),
        "theirs": passages[["passage_id"]].assign(topic_id=by_language),
    }
    models = {
        "ours": scores.Model(labels["ours"], terms, lambda at: by_theme[at]),
        "theirs": scores.Model(labels["theirs"], apart),
    }
    return models, passages, counted(texts), vectors


def test_models_side_by_side():
    models, passages, terms, vectors = several()
    measured = scores.side_by_side(models, passages, terms, vectors, runs=3, resamples=50)
    assert list(CONTRACTS["scores"]) == [c for c in measured if c not in {"model", "n_topics"}]
    table = scores.wide(measured).set_index("model")
    assert list(table.index) == ["ours", "theirs"]
    ours, theirs = table.loc["ours"], table.loc["theirs"]
    assert (ours["n_topics"], ours["leakage"], ours["stability"], ours["silhouette"]) == (
        2,
        0,
        1,
        1,
    )
    assert (ours["diversity"], ours["coverage"]) == (1, 1)
    assert np.isnan(ours["nmi"])
    assert (theirs["leakage"], theirs["nmi"]) == (1, 0)
    assert np.isnan(theirs["stability"])
    assert ours["npmi"] > theirs["npmi"]
    assert ours["cnpmi"] > 0
    assert measured.loc[measured["score"] == "cnpmi", "reference"].str.contains("nearest").all()
    assert ours["c_v"] > theirs["c_v"]


def test_no_model_is_refused():
    _, passages, terms, vectors = several()
    with pytest.raises(PolythemesError, match="no model came"):
        scores.side_by_side({}, passages, terms, vectors)
