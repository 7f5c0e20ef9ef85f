"""Topics: the right groups, the right number, the same whatever order or copies come in."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import silhouette_score

from polythemes import topics
from polythemes.errors import PolythemesError
from polythemes.topics import TopicModel

# Three groups round the axes of space, of 4, 3 and 2 members, in mixed order.
GROUPS = np.array([1, 2, 1, 3, 2, 1, 3, 1, 2])
ROWS = np.eye(3)[GROUPS - 1] + 0.02 * np.arange(27).reshape(9, 3) / 27


def clouds(seed: int, sizes: tuple[int, ...], spread: float = 0.25) -> np.ndarray:
    """Draw groups of unit vectors round random directions."""
    draws = np.random.default_rng(seed)
    centres = draws.normal(size=(len(sizes), 24))
    rows = np.repeat(centres, sizes, axis=0)
    return np.round(rows + spread * draws.normal(size=rows.shape), 3)


seeds = st.integers(0, 10_000)
sizes = st.lists(st.integers(1, 7), min_size=1, max_size=5).map(tuple)


def test_groups_that_anybody_sees():
    model = TopicModel(3).fit(ROWS)
    assert model.n_topics_ == 3
    # Numbered from 1, the largest first: here as they were made.
    np.testing.assert_array_equal(model.labels_, GROUPS)
    assert model.labels_.dtype == np.int64


def test_number_is_chosen():
    model = TopicModel().fit(clouds(0, (30, 20)))
    assert model.n_topics_ == 2
    np.testing.assert_array_equal(model.labels_, [1] * 30 + [2] * 20)
    assert set(model.silhouettes_) == {2, 3, 4, 5}  # up to sqrt(50 / 2)


def test_number_of_groups_that_nobody_sees_is_the_largest_good_one():
    model = TopicModel().fit(clouds(4, (30, 30, 9, 8, 7, 6, 5, 4), spread=1.6))
    values = model.silhouettes_
    assert 0 < max(values.values()) < 0.5
    good = {k for k, value in values.items() if value >= 0.7 * max(values.values())}
    good |= {k for k in values if values[k] > max(values.get(k - 1, 0), values.get(k + 1, 0))}
    assert model.n_topics_ == max(good)


def test_silhouettes_are_those_of_scikit_learn():
    rows = clouds(1, (9, 8, 7, 6))
    model = TopicModel().fit(rows)
    unit = np.unique(rows, axis=0)
    unit = unit / np.linalg.norm(unit, axis=1, keepdims=True)
    for k, value in model.silhouettes_.items():
        cut = topics._cut(model.tree_, k, len(unit))
        distances = np.clip(1 - unit @ unit.T, 0, None)
        np.fill_diagonal(distances, 0)
        assert value == pytest.approx(silhouette_score(distances, cut, metric="precomputed"))


def test_nothing_apart_is_one_topic():
    # All equally far from each other: no cut is better than none.
    assert TopicModel().fit(np.eye(12)).n_topics_ == 1


def test_few_passages_are_one_topic():
    assert TopicModel().fit(np.eye(5)).n_topics_ == 1


def test_shares_by_hand():
    # The cosine of a passage to the centres is 1 and 0, or cos 45° to both.
    model = TopicModel(2).fit(np.array([[2.0, 0], [0, 3]]))
    shares = model.transform(np.array([[5.0, 0], [1, 1], [0, 0]]))
    far = 1 / (1 + np.exp(1 / topics.WIDTH))
    near = model.shares_[0].argmax()
    assert shares[0, near] == pytest.approx(1 - far, abs=5e-5)
    np.testing.assert_array_equal(shares[1:], [[0.5, 0.5], [0.5, 0.5]])
    at_sixty = model.transform(np.array([[1.0, np.sqrt(3)]]))[0, near]
    ratio = np.exp((np.sqrt(3) / 2 - 0.5) / topics.WIDTH)
    assert at_sixty == pytest.approx(1 / (1 + ratio), abs=5e-5)


def test_label_is_the_first_of_the_largest_shares():
    model = TopicModel(4).fit(clouds(2, (6, 5, 4, 3), spread=0.8))
    np.testing.assert_array_equal(model.labels_, model.shares_.argmax(axis=1) + 1)
    np.testing.assert_array_equal(model.shares_, np.round(model.shares_, 4))
    np.testing.assert_allclose(model.shares_.sum(axis=1), 1, atol=3e-4)


def test_every_passage_stands_with_its_nearest_centre():
    rows = clouds(3, (9, 7, 5, 3), spread=0.9)
    model = TopicModel(4).fit(rows)
    unit = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    np.testing.assert_array_equal((unit @ model.centres_.T).argmax(axis=1) + 1, model.labels_)
    for topic in range(1, 5):
        mean = unit[model.labels_ == topic].mean(axis=0)
        np.testing.assert_allclose(model.centres_[topic - 1], mean / np.linalg.norm(mean))


def test_as_many_topics_as_passages():
    model = TopicModel(5).fit(np.eye(5))
    assert sorted(model.labels_) == [1, 2, 3, 4, 5]


def test_topic_that_loses_its_passages_is_gone():
    # The first two are so near that their shares, rounded, are the same in all topics.
    model = TopicModel(3).fit(np.array([[1.0, 0], [1, 1e-4], [0, 1]]))
    assert model.n_topics_ == 2
    assert model.shares_.shape == (3, 2)
    np.testing.assert_array_equal(model.labels_, [1, 1, 2])


def test_passage_in_which_the_encoder_knows_nothing():
    # The zero vector is equally near to all: it goes with the first.
    model = TopicModel(2).fit(np.array([[0.0, 0], [1, 0], [0, 1], [0.1, 1]]))
    np.testing.assert_array_equal(model.labels_, [1, 1, 2, 2])
    np.testing.assert_array_equal(model.shares_[0], [0.5, 0.5])


@given(seeds, sizes, st.randoms(use_true_random=False), st.integers(0, 3))
def test_order_of_passages_does_not_matter(seed, sizes, random, asked):
    rows = clouds(seed, sizes)
    asked = min(asked, len(rows))
    order = random.sample(range(len(rows)), len(rows))
    one, other = TopicModel(asked).fit(rows), TopicModel(asked).fit(rows[order])
    np.testing.assert_array_equal(one.labels_[order], other.labels_)
    np.testing.assert_array_equal(one.shares_[order], other.shares_)


@given(seeds, sizes, st.data())
def test_copies_of_a_passage_do_not_matter(seed, sizes, data):
    rows = clouds(seed, sizes)
    copies = data.draw(st.lists(st.integers(0, len(rows) - 1), max_size=20))
    one, other = TopicModel().fit(rows), TopicModel().fit(np.concatenate([rows, rows[copies]]))
    np.testing.assert_array_equal(other.labels_, [*one.labels_, *one.labels_[copies]])
    assert one.silhouettes_ == other.silhouettes_


@given(seeds, sizes, st.floats(0.25, 4))
def test_length_of_vectors_does_not_matter(seed, sizes, factor):
    rows = clouds(seed, sizes)
    one, other = TopicModel().fit(rows), TopicModel().fit(rows * factor)
    np.testing.assert_array_equal(one.labels_, other.labels_)


@given(seeds, sizes)
def test_largest_topic_comes_first(seed, sizes):
    labels = TopicModel().fit(clouds(seed, sizes)).labels_
    counts = np.bincount(labels)[1:]
    assert list(counts) == sorted(counts, reverse=True)
    assert counts.min() > 0


def test_identical_passages_are_one_topic():
    model = TopicModel().fit(np.ones((40, 8)))
    assert (model.n_topics_, set(model.labels_)) == (1, {1})
    np.testing.assert_array_equal(model.shares_, 1)


def test_one_passage():
    model = TopicModel().fit(np.ones((1, 8)))
    np.testing.assert_array_equal(model.labels_, [1])
    assert model.tree_.shape == (0, 4)


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
def test_values_that_are_not_finite(bad):
    rows = np.eye(4)
    rows[2, 1] = bad
    with pytest.raises(PolythemesError, match="NaN or infinity; finite numbers are allowed; embed"):
        TopicModel().fit(rows)
    with pytest.raises(PolythemesError, match="NaN or infinity"):
        TopicModel(2).fit(np.eye(4)).transform(rows)


@pytest.mark.parametrize("rows", [np.ones(4), np.ones((0, 4)), np.ones((2, 2, 2))])
def test_wrong_shape(rows):
    with pytest.raises(PolythemesError, match=r"vectors of shape .* came; \(passages, width\)"):
        TopicModel().fit(rows)


def test_other_width():
    model = TopicModel(2).fit(np.eye(4))
    with pytest.raises(PolythemesError, match="width 3 came; this model was fitted on width 4"):
        model.transform(np.eye(3))


@pytest.mark.parametrize("asked", [3, 200, -1])
def test_more_topics_than_distinct_passages(asked):
    rows = np.array([[1.0, 0], [0, 1], [1, 0]])
    told = rf"{asked} topics asked of 2 distinct passages; 0 \(choose\) to 2 are allowed; set `top"
    with pytest.raises(PolythemesError, match=told):
        TopicModel(asked).fit(rows)


def test_table_lists_every_share_sorted():
    table = topics.table(np.array([[0.25, 0.75], [1, 0]]), ["b-01", "a-01"])
    expected = pd.DataFrame(
        {
            "passage_id": ["a-01", "a-01", "b-01", "b-01"],
            "topic_id": [1, 2, 1, 2],
            "share": [1.0, 0.0, 0.25, 0.75],
        }
    )
    pd.testing.assert_frame_equal(table, expected, check_dtype=False)
