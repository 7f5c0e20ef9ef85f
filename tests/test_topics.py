"""Topics: the right groups, the right number, the same whatever order or copies come in."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.cluster.hierarchy import fcluster, is_valid_linkage, linkage
from scipy.spatial.distance import pdist, squareform
from sklearn.discriminant_analysis import LinearDiscriminantAnalysis
from sklearn.metrics import adjusted_rand_score, silhouette_score

from polythemes import grid, subjects, topics
from polythemes.errors import PolythemesError
from polythemes.topics import TopicModel, choice, draws, groups, odds, start, tree
from polythemes.topics import files as kept
from polythemes.topics import rows as rows_
from polythemes.topics import shares as soft
from polythemes.topics.passages import passages

# Three groups round the axes of space, of 4, 3 and 2 members, in mixed order.
GROUPS = np.array([1, 2, 1, 3, 2, 1, 3, 1, 2])
ROWS = np.eye(3)[GROUPS - 1] + 0.02 * np.arange(27).reshape(9, 3) / 27


def clouds(seed: int, sizes: tuple[int, ...], spread: float = 0.25, width: int = 24) -> np.ndarray:
    """Draw groups of unit vectors round random directions."""
    draws = np.random.default_rng(seed)
    centres = draws.normal(size=(len(sizes), width))
    rows = np.repeat(centres, sizes, axis=0)
    return np.round(rows + spread * draws.normal(size=rows.shape), 3)


def plain(rows: np.ndarray) -> rows_.Rows:
    """Give rows as a model sees them."""
    steps = grid.snap(rows)
    return rows_.distinct(steps, np.full(len(rows), 1000.0), np.zeros(len(rows), dtype=np.int64))


seeds = st.integers(0, 10_000)
sizes = st.lists(st.integers(1, 7), min_size=1, max_size=5).map(tuple)
few = settings(max_examples=15)


def test_groups_that_anybody_sees():
    model = TopicModel(3).fit(ROWS)
    assert model.n_topics_ == 3
    # Numbered from 1, the largest first: here as they were made.
    np.testing.assert_array_equal(model.labels_, GROUPS)
    assert model.labels_.dtype == np.int64


@pytest.mark.parametrize("width", [24, 512])
def test_number_is_chosen(width):
    model = TopicModel().fit(clouds(0, (30, 20), width=width))
    assert model.n_topics_ == 2
    np.testing.assert_array_equal(model.labels_, [1] * 30 + [2] * 20)
    assert list(model.choice_["n_topics"]) == [2, 3, 4, 5]  # up to sqrt(50 / 2)
    (chosen,) = model.choice_[model.choice_["chosen"]].itertuples()
    assert chosen.n_topics == 2
    assert chosen.stability == 1.0
    assert chosen.why.endswith("; sure: found again to 1.00")


def test_says_how_sure_it_is():
    noise = np.random.default_rng(3).normal(size=(40, 16))
    model = TopicModel(4).fit(noise)
    (chosen,) = model.choice_.itertuples()
    assert chosen.stability < 0.6
    assert chosen.why.startswith("asked for; unsure: found again to 0.")


def test_works_from_twenty_passages():
    rows = clouds(5, (8, 7, 5))
    model = TopicModel(3).fit(rows)
    np.testing.assert_array_equal(model.labels_, [1] * 8 + [2] * 7 + [3] * 5)
    assert TopicModel().fit(rows).n_topics_ in {2, 3}


def test_nothing_apart_is_one_topic():
    # All equally far from each other: no cut is better than none.
    assert TopicModel().fit(np.eye(12)).n_topics_ == 1


def test_few_passages_are_one_topic():
    assert TopicModel().fit(np.eye(5)).n_topics_ == 1


def test_shares_by_hand():
    # The cosine of a passage to the centres is 1 and 0, or cos 45° to both.
    model = TopicModel(2).fit(np.array([[2.0, 0], [0, 3]]))
    shares = model.transform(np.array([[5.0, 0], [1, 1], [0, 0]]))
    far = 1 / (1 + np.exp(1 / soft.WIDTH))
    near = model.shares_[0].argmax()
    assert shares[0, near] == pytest.approx(1 - far, abs=5e-5)
    np.testing.assert_array_equal(shares[1:], [[0.5, 0.5], [0.5, 0.5]])
    at_sixty = model.transform(np.array([[1.0, np.sqrt(3)]]))[0, near]
    ratio = np.exp((np.sqrt(3) / 2 - 0.5) / soft.WIDTH)
    assert at_sixty == pytest.approx(1 / (1 + ratio), abs=5e-4)


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
        np.testing.assert_allclose(
            model.centres_[topic - 1], mean / np.linalg.norm(mean), atol=5e-4
        )


def test_weak_members_have_a_topic_but_are_marked():
    rows = np.concatenate([clouds(1, (20, 20), spread=0.1), [[0.0] * 24]])
    rows[-1] = rows[:20].mean(axis=0) / 20 + rows[20:40].mean(axis=0) / 20
    model = TopicModel(2).fit(rows)
    assert set(model.labels_) == {1, 2}
    # Between both topics, its share is about a half.
    assert model.weak_[:-1].mean() < 0.2
    assert model.weak(-model.centres_.sum(axis=0, keepdims=True)).all()
    np.testing.assert_array_equal(model.weak(rows), model.weak_)


def test_weak_by_hand():
    near = np.array([[0.9, 0.1], [0.5, 0.45], [0.3, 0.1], [0.1, 0.2]])
    shares = np.array([[1, 0], [0.49, 0.49], [1, 0], [0.1, 0.9]])
    found = soft.weak(near, shares, np.array([0.3, 0.19]))
    np.testing.assert_array_equal(found, [False, True, True, False])


def test_edges_by_hand():
    near = np.column_stack([np.arange(21) / 100, 1 - np.arange(21) / 100])
    labels = np.array([0] * 10 + [1] * 11)
    # Of the others' 11 cosines 0.10 to 0.20, and of the first ten 0.91 to 1.
    expected = [np.percentile(near[10:, 0], 95), np.percentile(near[:10, 1], 95)]
    np.testing.assert_allclose(soft.edges(near, labels), expected)
    np.testing.assert_array_equal(soft.edges(near[:, :1], labels * 0), [-1])


def test_as_many_topics_as_passages():
    model = TopicModel(5).fit(np.eye(5))
    assert sorted(model.labels_) == [1, 2, 3, 4, 5]


def test_more_topics_than_subjects():
    rows = clouds(6, tuple([3] * 80), spread=0.05, width=512)
    model = TopicModel(80).fit(rows)
    assert model.n_topics_ == 80
    assert adjusted_rand_score(np.repeat(np.arange(80), 3), model.labels_) == 1


def test_passages_too_near_to_be_told_apart_count_as_one():
    rows = np.array([[1.0, 0], [1, 1e-5], [0, 1]])
    np.testing.assert_array_equal(TopicModel(2).fit(rows).labels_, [2, 2, 1])
    with pytest.raises(PolythemesError, match="3 topics asked of 2 distinct passages"):
        TopicModel(3).fit(rows)


def test_passage_in_which_the_encoder_knows_nothing():
    # The zero vector is equally near to all: it goes with the first.
    model = TopicModel(2).fit(np.array([[0.0, 0], [1, 0], [0, 1], [0.1, 1]]))
    np.testing.assert_array_equal(model.labels_, [1, 2, 1, 1])


@few
@given(seeds, sizes, st.randoms(use_true_random=False), st.integers(0, 3))
def test_order_of_passages_does_not_matter(seed, sizes, random, asked):
    rows = clouds(seed, sizes)
    asked = min(asked, len(rows))
    languages = np.array(["de", "en"])[np.arange(len(rows)) % 2]
    weights = 1.0 + np.arange(len(rows)) % 3
    order = random.sample(range(len(rows)), len(rows))
    one = TopicModel(asked).fit(rows, weights, list(languages))
    other = TopicModel(asked).fit(rows[order], weights[order], list(languages[order]))
    np.testing.assert_array_equal(one.labels_[order], other.labels_)
    np.testing.assert_array_equal(one.shares_[order], other.shares_)
    np.testing.assert_array_equal(one.weak_[order], other.weak_)
    pd.testing.assert_frame_equal(one.choice_, other.choice_)


@few
@given(seeds, sizes, st.data())
def test_copies_of_a_passage_do_not_matter(seed, sizes, data):
    rows = clouds(seed, sizes)
    copies = data.draw(st.lists(st.integers(0, len(rows) - 1), max_size=20))
    one, other = TopicModel().fit(rows), TopicModel().fit(np.concatenate([rows, rows[copies]]))
    np.testing.assert_array_equal(other.labels_, [*one.labels_, *one.labels_[copies]])
    pd.testing.assert_frame_equal(one.choice_, other.choice_)


@few
@given(seeds, sizes, st.floats(0.25, 4))
def test_length_of_vectors_does_not_matter(seed, sizes, factor):
    rows = clouds(seed, sizes)
    one, other = TopicModel().fit(rows), TopicModel().fit(rows * factor)
    np.testing.assert_array_equal(one.labels_, other.labels_)


@few
@given(seeds, sizes)
def test_largest_topic_comes_first(seed, sizes):
    labels = TopicModel().fit(clouds(seed, sizes)).labels_
    counts = np.bincount(labels)[1:]
    assert list(counts) == sorted(counts, reverse=True)
    assert counts.min() > 0


def test_weight_moves_a_centre():
    rows = np.array([[1.0, 0.1], [1, 0.9], [-1, 0]])
    model = TopicModel(2).fit(rows, [1, 9, 1])
    unit = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    mean = unit[0] + 9 * unit[1]
    np.testing.assert_allclose(model.centres_[0], mean / np.linalg.norm(mean), atol=5e-4)


def test_identical_passages_are_one_topic():
    model = TopicModel().fit(np.ones((40, 8)))
    assert (model.n_topics_, set(model.labels_)) == (1, {1})
    np.testing.assert_array_equal(model.shares_, 1)
    with pytest.raises(PolythemesError, match="2 topics asked of 1 distinct passages"):
        TopicModel(2).fit(np.ones((40, 8)))


def test_one_passage():
    model = TopicModel().fit(np.ones((1, 8)), languages=["de"])
    np.testing.assert_array_equal(model.labels_, [1])
    assert model.tree_.shape == (0, 4)
    np.testing.assert_array_equal(model.predict(np.ones((1, 8)), languages=["en"]), [1])


def test_language_is_taken_from_the_vectors():
    # Two subjects in two languages; the language moves a vector further than the subject does.
    draws = np.random.default_rng(4)
    subject, language = np.repeat([0, 1], 200), np.tile(["de", "en"], 200)
    centres = draws.normal(size=(2, 24))
    shift = 3 * draws.normal(size=24)
    rows = centres[subject] + np.where(language == "de", 1, -1)[:, None] * shift
    rows = rows + 0.3 * draws.normal(size=rows.shape)
    without = TopicModel(2).fit(rows).labels_
    assert adjusted_rand_score(language, without) == 1
    model = TopicModel(2).fit(rows, languages=list(language))
    assert adjusted_rand_score(subject, model.labels_) == 1
    assert model.languages_ == ["de", "en"]


def test_one_language_changes_nothing():
    rows = clouds(8, (12, 9, 5))
    one, other = TopicModel(3).fit(rows), TopicModel(3).fit(rows, languages=["it"] * 26)
    np.testing.assert_array_equal(one.shares_, other.shares_)


def test_offsets_by_hand():
    # 50 passages of each language: half of what sets the means apart is taken.
    steps = np.repeat([[4000, 0], [0, 4000]], 50, axis=0).astype(np.float32)
    marks = rows_.marked(steps)
    found = rows_.Rows(steps, np.ones(100), np.repeat([0, 1], 50), np.arange(100), marks)
    np.testing.assert_allclose(rows_.offsets(found, 2), [[0.25, -0.25], [-0.25, 0.25]])


def test_more_cuts_of_the_same_tree():
    rows = clouds(7, (9, 8, 7, 6))
    model = TopicModel(4).fit(rows)
    assert is_valid_linkage(model.tree_)
    two = model.at(2)
    assert (model.n_topics_, two.n_topics_) == (4, 2)
    assert two.tree_ is model.tree_
    pairs = {(int(a), int(b)) for a, b in zip(model.labels_, two.labels_, strict=True)}
    assert len(pairs) == 4  # each of the four lies whole in one of the two
    np.testing.assert_array_equal(model.at(4).labels_, model.labels_)
    np.testing.assert_array_equal(two.predict(rows), two.labels_)
    many = len(model.tree_) + 1
    with pytest.raises(PolythemesError, match=f"{many + 1} topics asked of a tree of {many}"):
        model.at(many + 1)


@few
@given(seeds, st.integers(2, 30))
def test_tree_is_that_of_scipy(seed, many):
    rows = np.random.default_rng(seed).normal(size=(many, 5))
    apart = squareform(pdist(rows, "sqeuclidean"))
    ours, scipys = tree.ward(apart, np.ones(many)), linkage(rows, "ward")
    np.testing.assert_allclose(ours, scipys, atol=1e-6)
    for k in range(1, many + 1):
        expected = fcluster(scipys, k, "maxclust")
        assert adjusted_rand_score(expected, tree.cut(ours, k)) == 1


def test_heavy_group_is_like_many_rows_in_one_place():
    rows = np.random.default_rng(2).normal(size=(6, 3))
    sizes = np.array([1.0, 3, 2, 1, 4, 1])
    apart = squareform(pdist(rows, "sqeuclidean"))
    full = linkage(np.repeat(rows, sizes.astype(int), axis=0), "ward")
    np.testing.assert_allclose(tree.ward(apart, sizes)[:, 2], full[-5:, 2], atol=1e-6)


def test_seeds_of_many_rows_come_from_some_of_them(monkeypatch):
    monkeypatch.setattr(tree, "MOST_ROWS", 20)
    steps = grid.snap(clouds(9, (30, 30)))
    found = tree.seeds(steps, 2)
    assert (found >= 0).sum() == 20
    assert set(found[:30]) & set(found[30:]) == {-1}
    np.testing.assert_array_equal(tree.seeds(steps, 60), np.arange(60))
    monkeypatch.setattr(start, "LEAST", 2)
    model = TopicModel(2).fit(clouds(9, (30, 30)))
    np.testing.assert_array_equal(model.labels_, [1] * 30 + [2] * 30)


def test_products_are_exact():
    rows = grid.snap(clouds(1, (40,), width=512))
    exact = rows.astype(np.int64) @ rows.astype(np.int64).T
    np.testing.assert_array_equal(np.rint(grid.cosines(rows, rows) * grid.STEPS**2), exact)
    weights = np.arange(1.0, 41)
    places = np.arange(40) % 3
    for group, found in enumerate(grid.sums(rows, places, weights)):
        own = places == group
        expected = (rows[own].astype(np.int64) * weights[own, None].astype(np.int64)).sum(axis=0)
        np.testing.assert_array_equal(found, expected)


def test_refining_ends_where_no_row_is_nearer_to_another_centre():
    rows = plain(clouds(3, (20, 20, 20), spread=1.0))
    labels, centres = groups.refine(rows, np.arange(60) % 3)
    np.testing.assert_array_equal(centres, groups.centres(rows, labels))
    near = grid.cosines(rows.steps, centres)
    np.testing.assert_array_equal(near.argmax(axis=1), labels)


def test_silhouettes_are_those_of_scikit_learn():
    steps = grid.snap(clouds(1, (9, 8, 7, 6)))
    apart = grid.STEPS**2 - np.rint(grid.cosines(steps, steps) * grid.STEPS**2)
    np.fill_diagonal(apart, 0)
    for k in (2, 3, 7):
        labels = tree.cut(linkage(pdist(steps), "ward"), k)
        expected = silhouette_score(apart, labels, metric="precomputed")
        assert choice.silhouette(apart, labels) == pytest.approx(expected, abs=1e-6)
    assert choice.silhouette(apart, labels * 0) == 0


def test_number_is_the_most_stable():
    table = pd.DataFrame(
        {
            "n_topics": [2, 3, 4, 5],
            "stability": [1.0, 0.5, 0.8, 0.7],
            "separation": [0.3, 0.2, 0.2, 0.21],
        }
    )
    # A cut in two says too little.
    assert choice._best(table, 50) == (4, "the most stable, of 3 topics or more")
    close = table.assign(stability=[1.0, 0.5, 0.798, 0.801])
    assert choice._best(close, 50)[0] == 4
    # Too few passages to draw from.
    untold = table.assign(stability=np.nan)
    assert choice._best(untold, 50) == (5, "the furthest apart, of 3 topics or more")
    # With 2,000 passages so does one in four or five: none of more is left but the largest.
    assert choice._best(table, 2000)[0] == 5
    # Unless it is plain to see.
    table["separation"] = [0.6, 0.2, 0.2, 0.2]
    assert choice._best(table, 50) == (2, "passages are furthest apart")


def test_cuts_are_those_that_were_measured(monkeypatch):
    rows = clouds(7, (12, 11, 10, 9))
    both = np.concatenate([rows, rows[:4]])
    model = TopicModel().fit(both)
    found = topics.cuts(model)
    assert list(found) == list(model.choice_["n_topics"])
    for number, labels in found.items():
        assert len(np.unique(labels)) == number
        np.testing.assert_array_equal(labels[42:], labels[:4])
    assert adjusted_rand_score(np.repeat(range(4), (12, 11, 10, 9)), found[4][:42]) == 1
    monkeypatch.setattr(choice, "MOST", 20)
    (labels,) = topics.cuts(TopicModel(2).fit(both)).values()
    assert (labels[:42] > 0).sum() == 20


def test_log_odds_are_those_of_a_shrunk_discriminant():
    rows = clouds(5, (30, 20, 10), spread=0.6)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    model = TopicModel(3).fit(np.concatenate([rows, rows[:7]]))
    # 24 dimensions beside 60 rows.
    theirs = LinearDiscriminantAnalysis(solver="lsqr", shrinkage=24 / 84)
    theirs.fit(rows, model.labels_[:60])
    ours, expected = model.log_odds(rows), theirs.decision_function(rows)
    # To the steps of the vectors: the rows are those of length 1 to 1/4000.
    np.testing.assert_allclose(ours, expected, atol=0.02 * np.abs(expected).max())
    np.testing.assert_array_equal(ours.argmax(axis=1) + 1, model.labels_[:60])
    np.testing.assert_array_equal(model.log_odds(rows[:1])[0], ours[0])


def test_log_odds_need_no_language_and_do_not_hang_on_order():
    rows, languages = clouds(12, (20, 20)), ["de", "en"] * 20
    order = np.random.default_rng(0).permutation(40)
    one = TopicModel(2).fit(rows, languages=languages)
    other = TopicModel(2).fit(rows[order], languages=[languages[i] for i in order])
    np.testing.assert_array_equal(one.log_odds(rows), other.log_odds(rows))
    with pytest.raises(PolythemesError, match=r"vectors of width 2 came; .* fitted on width 24"):
        one.log_odds(np.eye(2))


def test_a_language_counts_in_a_topic_by_the_root_of_its_size():
    rows, topics_ = clouds(9, (18, 12), spread=0.4), np.repeat([0, 1], (18, 12))
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    # Of the first topic 16 in one language and 2 in the other: 4 to 1.4; of the second 9 and 3.
    codes = np.repeat([0, 1, 0, 1], (16, 2, 9, 3))
    found = rows_.distinct(grid.snap(rows), np.full(30, 1000.0), codes)
    steps = found.steps[found.back] / grid.STEPS
    groups_ = (slice(16), slice(16, 18), slice(18, 27), slice(27, 30))
    mean = [steps[own].mean(axis=0) for own in groups_]
    means = np.array(
        [
            (4 * mean[0] + 2**0.5 * mean[1]) / (4 + 2**0.5),
            (3 * mean[2] + 3**0.5 * mean[3]) / (3 + 3**0.5),
        ]
    )
    away = steps - means[topics_]
    part = 24 / (24 + 30)
    within = away.T @ away / 30
    ball = np.eye(24) * np.trace(within) / 24
    axes = np.linalg.solve((1 - part) * within + part * ball, means.T)
    expected = steps @ axes - (means * axes.T).sum(axis=1) / 2 + np.log([18 / 30, 12 / 30])
    labels = np.zeros(30, dtype=np.int64)
    labels[found.back] = topics_
    ours = odds.learned(found, labels).of(found.steps[found.back])
    np.testing.assert_allclose(ours, expected, atol=1e-3)


def test_stability_of_draws_that_agree_and_of_chance():
    rows, chance = plain(np.eye(60)), np.random.default_rng(7)
    one = np.arange(60) % 3
    # Draws number their topics as they like.
    alike = [one, (one + 1) % 3] * draws.SIDE
    assert draws.stability(rows, one, alike, 0) == 1
    assert np.isnan(draws.stability(rows, one, alike[1:], 0))
    random = [chance.integers(0, 3, 60) for _ in range(2 * draws.SIDE)]
    held = draws.stability(rows, one, random, 0)
    assert -0.1 < held < 0.5
    assert held == draws.stability(rows, one, random, 0)
    mixed = [np.where(np.arange(60) < 30, one, other) for other in random]
    assert held < draws.stability(rows, one, mixed, 0) < 1


def test_draws_outvote_the_tree():
    # Two of three draws put the fourth row with the second group, whatever number they give it.
    votes = [np.array(x) for x in ([0, 0, 0, 1, 1, 1], [2, 2, 2, 0, 0, 0], [0, 0, 0, 0, 1, 1])]
    rows = plain(np.eye(6))
    found = draws.settled(rows, np.array([0, 0, 0, 0, 1, 1]), votes)
    np.testing.assert_array_equal(found, [0, 0, 0, 1, 1, 1])


def test_rows_move_from_the_most_typical_draw_too():
    # From the first labels nothing moves; the draws themselves agree on other topics.
    one, other = [0, 0, 0, 1, 1, 1, 2, 2, 2], [0, 0, 0, 0, 0, 0, 1, 2, 2]
    votes = [np.array(x) for x in (one, one, one, other)]
    rows = plain(np.eye(9))
    begun = np.array([0, 0, 0, 0, 0, 0, 1, 1, 1])
    np.testing.assert_array_equal(draws._moved(rows, begun, votes), begun)
    np.testing.assert_array_equal(draws.settled(rows, begun, votes), one)


def test_lots_are_a_rows_own():
    vectors = np.random.default_rng(3).normal(size=(40, 24))
    languages = np.arange(40) % 2
    every = rows_.distinct(grid.snap(vectors), np.full(40, 1000.0), languages)
    lots = rows_.lots(every, 120, 1)
    assert lots.shape == (40, 120)
    assert abs(lots.mean() / 2**32 - 0.5) < 0.03
    assert not np.array_equal(lots, rows_.lots(every, 120, 2))
    kept = np.arange(1, 40, 3)
    np.testing.assert_array_equal(rows_.lots(rows_.some(every, kept), 120, 1), lots[kept])
    # What is taken from a language changes the vectors, and no lot.
    moved = passages(vectors, None, ["de" if one else "it" for one in languages], 0)
    assert not np.array_equal(moved.rows.steps, moved.raw.steps)
    np.testing.assert_array_equal(rows_.lots(moved.rows, 120, 1), lots)


def test_one_passage_less_changes_a_draw_by_one():
    vectors = np.random.default_rng(5).normal(size=(60, 24))
    rows = plain(vectors)
    whole = draws.drawn(rows, 2, 0)
    fewer = draws.drawn(rows_.some(rows, np.arange(1, 60)), 2, 0)
    for one, other in zip(whole, fewer, strict=False):
        assert len(set(one.kept) - {0} - set(other.kept + 1)) <= 1


def test_too_few_passages_to_draw_from():
    rows = plain(np.eye(6))
    assert draws.drawn(rows, 2, 0) == []
    (chosen,) = TopicModel(2).fit(np.eye(6)).choice_.itertuples()
    assert chosen.why == "asked for; unsure: too few passages to draw from"
    assert len(draws.drawn(plain(np.eye(10)), 2, 0)) == draws.FEWEST
    assert len(draws.drawn(plain(np.eye(20)), 2, 0)) == 20
    assert len(draws.drawn(plain(np.eye(120)), 2, 0)) == draws.DRAWS


def test_subjects_pull_centres_towards_them():
    rows = plain(clouds(2, (6, 6), width=512))
    found = start.leaves(rows, 2)
    assert found.parts.shape[0] == len(rows.steps)
    assert found.parts.shape[1] == len(found.apart) == len(found.pull) <= len(subjects.vectors(512))
    np.testing.assert_allclose(found.parts.sum(axis=1) / start.WHOLE, 1, atol=0.01)
    # Their mean pull is a tenth of the passages' sum.
    weight = (found.parts * rows.weights[:, None]).sum() / start.WHOLE
    assert np.abs(found.pull).sum() > 0
    labels = np.arange(12) % 2
    one, _ = groups.refine(rows, labels, np.array([[1e12] + [0] * 511, [0, 1e12] + [0] * 510]))
    near = rows.steps[:, :2].argmax(axis=1)
    np.testing.assert_array_equal(one, near)
    assert weight == pytest.approx(rows.weights.sum(), rel=0.01)


def test_small_groups_of_passages_pull_nothing():
    found = start.leaves(plain(clouds(2, (6, 6))), 2)
    assert not found.pull.any()
    np.testing.assert_array_equal(found.parts.sum(axis=1), start.WHOLE)


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
def test_values_that_are_not_finite(bad):
    rows = np.eye(4)
    rows[2, 1] = bad
    with pytest.raises(PolythemesError, match="NaN or infinity; finite numbers are allowed; embed"):
        TopicModel().fit(rows)
    with pytest.raises(PolythemesError, match="NaN or infinity"):
        TopicModel(2).fit(np.eye(4)).transform(rows)


@pytest.mark.parametrize("rows", [np.ones(4), np.ones((0, 4)), np.ones((2, 2, 2)), np.ones((3, 0))])
def test_wrong_shape(rows):
    with pytest.raises(PolythemesError, match=r"vectors of shape .* came; \(passages, width\)"):
        TopicModel().fit(rows)


def test_no_numbers():
    with pytest.raises(PolythemesError, match="no table of numbers"):
        TopicModel().fit([["a", "b"]])


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


@pytest.mark.parametrize("weights", [[1], [1, 0, 1, 1], [1, -1, 1, 1], [1, np.nan, 1, 1]])
def test_weights_that_are_none(weights):
    with pytest.raises(PolythemesError, match="for 4 passages; one finite number above 0"):
        TopicModel(2).fit(np.eye(4), weights)


def test_languages_that_are_too_few_or_forgotten():
    with pytest.raises(PolythemesError, match="1 languages came for 4 passages"):
        TopicModel(2).fit(np.eye(4), languages=["de"])
    model = TopicModel(2).fit(np.eye(4), languages=["de", "de", "en", "en"])
    with pytest.raises(PolythemesError, match="no languages came for 4 passages; this model needs"):
        model.predict(np.eye(4))
    # A language that it does not know is allowed.
    assert model.predict(np.eye(4), languages=["fr"] * 4).shape == (4,)


def test_never_fitted():
    for call in (lambda m: m.transform(np.eye(2)), lambda m: m.at(2), lambda m: m.save("x")):
        with pytest.raises(PolythemesError, match="never fitted; call `fit` or `load` first"):
            call(TopicModel())


def test_fit_transform_gives_the_shares():
    np.testing.assert_array_equal(
        TopicModel(3).fit_transform(ROWS), TopicModel(3).fit(ROWS).shares_
    )


@pytest.fixture
def saved(tmp_path):
    """Give a fitted model with languages, its rows and its file."""
    rows = clouds(11, (20, 15, 10))
    languages = list(np.array(["de", "zh"])[np.arange(45) % 2])
    model = TopicModel(seed=7).fit(
        np.concatenate([rows, rows[:5]]), languages=languages + ["de"] * 5
    )
    model.save(tmp_path / "model.npz")
    return model, rows, languages, tmp_path / "model.npz"


def test_saved_model_is_the_same(saved, tmp_path):
    model, rows, languages, path = saved
    again = TopicModel.load(path)
    for name in ("labels_", "shares_", "weak_", "centres_", "tree_", "leaves_"):
        np.testing.assert_array_equal(getattr(again, name), getattr(model, name), err_msg=name)
    pd.testing.assert_frame_equal(again.choice_, model.choice_, check_dtype=False)
    assert again.get_params() == model.get_params() == {"n_topics": 0, "seed": 7}
    assert again.languages_ == ["de", "zh"]
    np.testing.assert_array_equal(again.predict(rows, languages), model.labels_[:45])
    np.testing.assert_array_equal(again.transform(rows, languages), model.shares_[:45])
    np.testing.assert_array_equal(again.at(5).labels_, model.at(5).labels_)
    again.save(tmp_path / "again.npz")
    assert (tmp_path / "again.npz").read_bytes() == path.read_bytes()
    model.at(5).save(path)
    assert TopicModel.load(path).n_topics_ == 5


def rewritten(path, **changed) -> None:
    """Write the file anew with other arrays; None leaves one out."""
    with np.load(path) as file:
        state = dict(file) | changed
    np.savez(path, **{name: value for name, value in state.items() if value is not None})


def test_file_of_another_version(saved):
    path = saved[-1]
    about = json.dumps({"format": "polythemes.topics 99", "params": {}})
    rewritten(path, about=np.array(about))
    told = r"is of format 'polythemes.topics 99'; this version reads 'polythemes.topics \d+'; fit"
    with pytest.raises(PolythemesError, match=told):
        TopicModel.load(path)


@pytest.mark.parametrize(
    "changed",
    [
        {"about": np.array("{")},
        {"about": np.array("[]")},
        {"about": np.array('{"params": {}}')},
        {"about": None},
        {"tree": None},
        {"tree": np.array([{}], dtype=object)},
        {"tree": np.zeros((3, 4))},
        {"pull": np.zeros((3, 4))},
        {"tree": np.zeros((99, 3))},
        {"back": np.array([1000])},
        {"parts": np.zeros((45, 3), dtype=np.int16)},
        {"steps": np.zeros((5, 24), dtype=np.int16)},
        {"n_topics": np.array(0)},
        {"asked": np.array(999)},
        {"weights": np.array(["a"] * 45)},
    ],
)
def test_file_that_holds_something_else(saved, changed):
    path = saved[-1]
    rewritten(path, **changed)
    with pytest.raises(PolythemesError, match=r"is no model or is damaged \(.*\); fit the model"):
        TopicModel.load(path)


def test_file_that_is_damaged(saved):
    path = saved[-1]
    whole = path.read_bytes()
    with zipfile.ZipFile(path) as archive:
        place = archive.getinfo("steps.npy").header_offset + 200
    for broken in (
        b"",
        b"no zip",
        whole[: len(whole) // 2],
        whole[:place] + bytes([whole[place] ^ 255]) + whole[place + 1 :],
    ):
        path.write_bytes(broken)
        with pytest.raises(PolythemesError, match="is no model or is damaged"):
            TopicModel.load(path)


def test_file_that_is_not_there(tmp_path):
    with pytest.raises(
        PolythemesError, match=r"no model at .*; a file that `save` wrote is needed"
    ):
        TopicModel.load(tmp_path / "none.npz")
    with pytest.raises(PolythemesError, match="is no model or is damaged"):
        TopicModel.load(tmp_path)


def test_every_array_of_a_file_is_checked(saved):
    with np.load(saved[-1]) as file:
        assert set(file) == {"about", *kept.ARRAYS}


MACHINES = [
    {"OPENBLAS_NUM_THREADS": threads, "OPENBLAS_CORETYPE": core, "PYTHONHASHSEED": threads}
    for threads, core in (("1", "Haswell"), ("2", "Sandybridge"), ("2", "Prescott"))
]
PROGRAM = """
import sys
import numpy as np
from polythemes.topics import TopicModel
rows = np.load(sys.argv[1])
model = TopicModel().fit(rows, languages=["de", "en"] * (len(rows) // 2))
model.save(sys.argv[2])
"""


def test_same_topics_in_every_process(tmp_path):
    # Groups that run into each other: a last digit would move a passage.
    np.save(tmp_path / "rows.npy", clouds(12, (40, 30, 20, 20), spread=1.8, width=512))
    ended = []
    for i, machine in enumerate(MACHINES):
        path = tmp_path / f"{i}.npz"
        subprocess.run(
            [sys.executable, "-c", PROGRAM, tmp_path / "rows.npy", path],
            env=os.environ | machine,
            check=True,
        )
        ended.append(path.read_bytes())
    assert ended[0] == ended[1] == ended[2]


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


def test_shares_of_an_article():
    shares = topics.table(np.array([[0.25, 0.75], [1, 0]]), ["a-01", "a-02"])
    passages = pd.DataFrame(
        {"passage_id": ["a-01", "a-02"], "article_id": "a", "start": [0, 9], "words": [30, 10]}
    )
    found = topics.by_article(shares, passages)
    assert list(found["topic_id"]) == [1, 2]
    assert list(found["share"]) == [0.4375, 0.5625]
    assert list(found["low"]) == [0.25, 0.0]
    assert list(found["high"]) == [1.0, 0.75]
