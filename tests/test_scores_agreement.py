"""Scores: agreement, stability, coverage and silhouette, by hand and by scikit-learn."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import adjusted_rand_score, normalized_mutual_info_score, silhouette_samples

from polythemes import scores
from polythemes.errors import PolythemesError
from polythemes.scores import by_passage, labelled, rows


def passages_of(articles: str) -> pd.DataFrame:
    """Make passages, a letter each, which names the article."""
    ids = [f"{i:03d}-01" for i in range(len(articles))]
    return pd.DataFrame(
        {
            "passage_id": ids,
            "article_id": list(articles),
            "language": "en",
            "sha256": [f"{i * 7919 % 1000:03d}" for i in range(len(articles))],
        }
    )


def labels_of(topics: str, name: str = "topic_id") -> pd.DataFrame:
    """Make labels, a digit each; a blank is none."""
    ids = [f"{i:03d}-01" for i in range(len(topics))]
    found = [None if topic == " " else int(topic) for topic in topics]
    return pd.DataFrame({"passage_id": ids, name: found})


def agreement(topics: str, gold: str, articles: str = "", **options: int) -> pd.DataFrame:
    passages = passages_of(articles or "".join(map(chr, range(100, 100 + len(topics)))))
    table = scores.agreement(labels_of(topics), labels_of(gold, "label"), passages, **options)
    return table.set_index("score")


# --- the bootstrap --------------------------------------------------------------------------------


def test_interval_of_a_mean_is_the_one_of_theory():
    values = np.random.default_rng(0).normal(size=400)
    parts = np.stack([values, np.ones(400)], axis=1)
    value, low, high = rows.interval(parts, rows.mean, resamples=4000, seed=1)
    assert value[0] == pytest.approx(values.mean())
    half = 1.96 * values.std() / 20
    assert low[0] == pytest.approx(values.mean() - half, abs=0.01)
    assert high[0] == pytest.approx(values.mean() + half, abs=0.01)


def test_passages_of_an_article_are_drawn_together():
    # Ten passages an article that all say the same are worth one, not ten.
    labels = labels_of("1" * 20 + "2" * 20)
    articles = "".join(letter * 10 for letter in "abcd")
    placed = labels.assign(topic_id=labels["topic_id"].where(labels["topic_id"] == 1))
    clustered = scores.coverage(placed, passages_of(articles)).iloc[0]
    single = scores.coverage(placed, passages_of("".join(map(chr, range(100, 140))))).iloc[0]
    assert clustered["value"] == single["value"] == 0.5
    assert clustered["high"] - clustered["low"] > 2 * (single["high"] - single["low"])


def test_interval_keeps_within_its_bounds_and_one_group_has_none():
    value, low, high = rows.interval(
        np.array([[1.0, 1.0], [0.0, 1.0]]), rows.mean, resamples=50, seed=0, bounds=(0.2, 0.8)
    )
    assert (value[0], low[0], high[0]) == (0.5, 0.2, 0.8)
    _, low, high = rows.interval(np.ones((1, 2)), rows.mean, resamples=50, seed=0)
    assert np.isnan([low[0], high[0]]).all()


# --- agreement with labels ------------------------------------------------------------------------


def test_bcubed_by_hand():
    # The worked example of Bagga and Baldwin (1998), second response: their items 1-5, 6-7, 8-12;
    # found 1-5 and 6-12. Precision (5 * 1 + 2 * 2/7 + 5 * 5/7) / 12 = 0.7619, recall 1.
    found = agreement("111112222222", "111112233333")["value"]
    assert found["bcubed_precision"] == round((5 + 4 / 7 + 25 / 7) / 12, 4)
    assert found["bcubed_recall"] == 1
    p = (5 + 4 / 7 + 25 / 7) / 12
    assert found["bcubed_f"] == round(2 * p / (1 + p), 4)


def test_same_groups_under_other_names_agree_fully():
    found = agreement("113322", "221133")
    assert list(found["value"]) == [1, 1, 1, 1, 1]
    assert list(found["high"]) == [1, 1, 1, 1, 1]


def test_one_topic_agrees_with_nothing():
    found = agreement("111111", "112233")["value"]
    assert found["nmi"] == found["ari"] == 0
    assert found["bcubed_precision"] == round(1 / 3, 4)
    assert found["bcubed_recall"] == 1


@given(st.lists(st.tuples(st.integers(1, 4), st.integers(1, 4)), min_size=2, max_size=30))
@settings(max_examples=40)
def test_agreement_is_that_of_scikit_learn_and_of_the_definition(pairs):
    topics, gold = zip(*pairs, strict=True)
    found = agreement("".join(map(str, topics)), "".join(map(str, gold)), resamples=2)["value"]
    if len(set(topics)) > 1 or len(set(gold)) > 1:  # where nothing varies scikit-learn says 1
        expected = normalized_mutual_info_score(gold, topics)
        assert found["nmi"] == pytest.approx(expected, abs=6e-5)
    assert found["ari"] == pytest.approx(adjusted_rand_score(gold, topics), abs=6e-5)
    one, other = np.array(topics), np.array(gold)
    same, alike = one[:, None] == one, other[:, None] == other
    precision = ((same & alike).sum(axis=1) / same.sum(axis=1)).mean()
    recall = ((same & alike).sum(axis=1) / alike.sum(axis=1)).mean()
    assert found["bcubed_precision"] == pytest.approx(precision, abs=6e-5)
    assert found["bcubed_recall"] == pytest.approx(recall, abs=6e-5)


def test_passages_without_a_gold_label_are_left_out_and_counted():
    found = agreement("112233", "1122  ")
    assert found.loc["ari", "value"] == 1
    assert set(found["measured"]) == {4}
    assert set(found["left_out"]) == {2}


def test_labels_of_other_passages_are_told_of():
    other = labels_of("12").assign(passage_id=["x", "y"])
    with pytest.raises(PolythemesError, match="2 labels of 2 passages came, and 0 fit together"):
        scores.leakage(other, passages_of("ab"))
    twice = pd.concat([labels_of("12"), labels_of("21")])
    with pytest.raises(PolythemesError, match="one label a passage is needed"):
        scores.leakage(twice, passages_of("ab"))


def test_rand_of_the_extremes():
    assert labelled.rand(np.eye(3)) == 1  # each in its own
    assert labelled.rand(np.array([[4.0]])) == 1
    assert labelled.rand(np.full((2, 2), 1.0)) == pytest.approx(-0.5)


# --- stability ------------------------------------------------------------------------------------


def test_model_that_always_says_the_same_is_stable():
    passages = passages_of("abcdefghij" * 2)
    table = scores.stability(lambda at: at % 3, passages, runs=4)
    row = table.iloc[0]
    assert (row["value"], row["low"], row["high"]) == (1, 1, 1)
    assert row["reference"] == "4 runs on 90% of the passages"


def test_stability_is_the_mean_agreement_of_pairs_over_what_both_hold():
    passages = passages_of("abcdefghijklmnopqrst")
    calls: list[dict[int, int]] = []

    def fit(at):
        topics = np.random.default_rng(len(calls)).integers(0, 3, len(at))
        calls.append(dict(zip(at.tolist(), topics.tolist(), strict=True)))
        return topics

    found = scores.stability(fit, passages, runs=3, part=0.6).iloc[0]["value"]
    expected = []
    for one, other in ((0, 1), (0, 2), (1, 2)):
        both = sorted(set(calls[one]) & set(calls[other]))
        assert both
        pair = [[calls[run][at] for at in both] for run in (one, other)]
        expected.append(adjusted_rand_score(*pair))
    assert found == pytest.approx(np.mean(expected), abs=6e-5)
    assert {len(call) for call in calls} == {12}


def test_stability_draws_the_same_passages_whatever_their_order():
    passages = passages_of("abcdefghijklmnopqrst")
    other = passages.sample(frac=1, random_state=4)
    drawn = {}
    for name, table in (("one", passages), ("other", other)):
        held: list[set[str]] = []

        def fit(at, table=table, held=held):
            held.append(set(table["passage_id"].to_numpy()[at]))
            return at

        scores.stability(fit, table, runs=3)
        drawn[name] = held
    assert drawn["one"] == drawn["other"]


@pytest.mark.parametrize(("runs", "part"), [(1, 0.9), (3, 0.0), (3, 1.2)])
def test_stability_of_one_run_or_no_part_is_refused(runs, part):
    with pytest.raises(PolythemesError, match="two runs or more, and a part above 0"):
        scores.stability(lambda at: at, passages_of("abc"), runs=runs, part=part)


# --- coverage and silhouette ----------------------------------------------------------------------


def test_coverage_counts_no_outlier_and_no_gap():
    passages = passages_of("abcde")
    labels = labels_of("120 ").assign(topic_id=[1, 2, 0, np.nan])
    row = scores.coverage(labels, passages).iloc[0]
    assert row["value"] == 0.4  # 0 is an outlier bin, the fourth has none, the fifth is missing
    assert row["measured"] == 5
    assert row["low"] < 0.4 < row["high"]


def test_silhouette_by_hand():
    # Two passages on one axis, one on the other: distances 0 and 1. The single one has 0.
    vectors = np.array([[1.0, 0.0], [2.0, 0.0], [0.0, 3.0]])
    row = scores.silhouette(labels_of("112"), passages_of("abc"), vectors).iloc[0]
    assert row["value"] == round(2 / 3, 4)


@given(st.integers(0, 1000))
@settings(max_examples=25)
def test_silhouette_is_that_of_scikit_learn(seed):
    draws = np.random.default_rng(seed)
    vectors = draws.normal(size=(30, 5))
    vectors[draws.integers(0, 30, 5)] = vectors[0]
    topics = draws.integers(1, 5, 30)
    unit = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    found = by_passage.silhouettes(unit, pd.Series(topics))
    np.testing.assert_allclose(found, silhouette_samples(unit, topics, metric="cosine"), atol=1e-6)


def test_silhouette_of_a_vector_of_zeros_and_of_one_topic():
    vectors = np.array([[1.0, 0.0], [0.0, 0.0], [0.0, 3.0]])
    expected = silhouette_samples(vectors / [[1], [1], [3]], [0, 0, 1], metric="cosine")
    found = by_passage.silhouettes(vectors / [[1], [1], [3]], pd.Series([1, 1, 2]))
    np.testing.assert_allclose(found, expected, atol=1e-9)
    assert scores.silhouette(labels_of("111"), passages_of("abc"), vectors).iloc[0]["value"] == 0


def test_silhouette_goes_with_the_rows_it_was_given():
    draws = np.random.default_rng(3)
    passages, labels = passages_of("aabbccdd"), labels_of("12112212")
    vectors, order = draws.normal(size=(8, 4)), draws.permutation(8)
    one = scores.silhouette(labels, passages, vectors)
    other = scores.silhouette(labels, passages.iloc[order], vectors[order])
    pd.testing.assert_frame_equal(one, other)


def test_silhouette_needs_a_vector_a_passage():
    with pytest.raises(PolythemesError, match="2 vectors of 3 passages came"):
        scores.silhouette(labels_of("112"), passages_of("abc"), np.ones((2, 4)))
