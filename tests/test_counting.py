"""Counting models: themes and not languages, the same ones whatever the order or the machine."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy.sparse import csr_array
from sklearn.metrics import adjusted_rand_score

from polythemes import counting
from polythemes.counting import files, lda, lsi, matrix, near
from polythemes.errors import PolythemesError

MODELS = [counting.LDA, counting.LSI, counting.NMF]

#: Three themes of six concepts each; a passage has four of one theme and one of another.
THEMES = 3


def themed(n: int = 60, seed: int = 0) -> tuple[csr_array, np.ndarray]:
    """Make passages of concepts 0-5, 6-11 or 12-17, with one concept of another theme."""
    draws = np.random.default_rng(seed)
    rows = np.zeros((n, 18))
    themes = np.arange(n) % THEMES
    for row, theme in zip(rows, themes, strict=True):
        row[6 * theme + draws.choice(6, 4, replace=False)] += draws.integers(1, 4, 4)
        row[draws.integers(18)] += 1
    return csr_array(rows), themes


def counts_table(rows: list[tuple[str, int, int]]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["passage_id", "concept_id", "count"])


@pytest.fixture(params=MODELS, ids=lambda model: model.__name__)
def model(request):
    return request.param


# --- the matrix -----------------------------------------------------------------------------------


def test_counts_by_hand():
    table = counts_table([("b", 7, 2), ("a", 3, 1), ("b", 3, 4), ("other", 9, 9)])
    counts, concepts = counting.counted(table, ["a", "empty", "b"])
    assert list(concepts) == [3, 7]
    np.testing.assert_array_equal(counts.toarray(), [[1, 0], [0, 0], [4, 2]])


def test_passage_named_twice_is_refused():
    with pytest.raises(PolythemesError, match="passages a came twice"):
        counting.counted(counts_table([("a", 3, 1)]), ["a", "a"])


def test_concept_vectors_are_the_directions_of_means():
    concepts = pd.DataFrame(
        [(1, "en", "bee"), (1, "de", "Biene"), (2, "en", "sea"), (3, "en", "?")],
        columns=["concept_id", "language", "term"],
    )
    terms = pd.Series({"bee": np.array([1.0, 0]), "Biene": np.array([0.6, 0.8]), "sea": [0, 1.0]})
    found = counting.concept_vectors(concepts, np.array([1, 2, 3]), terms)
    # (1.6, 0.8) brought to length 1, the second as it stands, nothing known of the third.
    np.testing.assert_array_equal(found, [[0.894, 0.447], [0, 1], [0, 0]])


def test_concept_languages_by_hand():
    concepts = pd.DataFrame(
        [(1, "en"), (1, "de"), (5, "en"), (9, "it")], columns=["concept_id", "language"]
    )
    found = counting.concept_languages(concepts, np.array([1, 5]))
    np.testing.assert_array_equal(found, [[True, True], [False, True]])


ONE_LANGUAGE = np.ones((4, 1), dtype=bool)


def test_spread_by_hand():
    vectors = np.array([[1, 0], [0.8, 0.6], [0, 1], [0, 0]])
    counts = csr_array(np.array([[1.0, 0, 0, 0], [0, 0, 2, 3]]))
    found = counting.spread(counts, vectors, ONE_LANGUAGE, least=0.7).toarray()
    # The first is parted with the second, 1 to 0.64; the last has no vector and keeps its counts.
    np.testing.assert_allclose(found[0], [1 / 1.64, 0.64 / 1.64, 0, 0], atol=1e-6)
    np.testing.assert_array_equal(found[1], [0, 0, 2, 3])
    # At 0.6 the third is near the second, of which it takes 0.36.
    found = counting.spread(counts, vectors, ONE_LANGUAGE, least=0.59).toarray()
    np.testing.assert_allclose(found[1], [0, 2 * 0.36 / 1.36, 2 / 1.36, 3], atol=1e-6)
    # One concept each: the count stays.
    found = counting.spread(counts, vectors, ONE_LANGUAGE, nearest=1).toarray()
    np.testing.assert_array_equal(found, counts.toarray())


def test_count_is_spread_over_every_language():
    # The first two are of one language, the third of another. Of one concept a language, the count
    # goes to the first itself and to the third, though the second is nearer.
    vectors = np.array([[1, 0], [1, 0], [0.8, 0.6]])
    spoken = np.array([[1, 0], [1, 0], [0, 1]], dtype=bool)
    counts = csr_array(np.array([[1.0, 0, 0]]))
    found = counting.spread(counts, vectors, spoken, nearest=1).toarray()
    np.testing.assert_allclose(found, [[1 / 1.64, 0, 0.64 / 1.64]], atol=1e-6)
    # A concept without a language keeps a part of its counts.
    found = counting.spread(csr_array(np.eye(3)), vectors, spoken & [1, 0], nearest=1)
    assert found.toarray()[2, 2] > 0


def test_spread_keeps_sums_and_does_not_hang_on_blocks(monkeypatch):
    draws = np.random.default_rng(0)
    vectors = draws.normal(size=(40, 3))
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    spoken = np.arange(40)[:, None] % 2 == [0, 1]
    counts = csr_array(draws.integers(0, 3, (9, 40)).astype(float))
    whole = counting.spread(counts, vectors, spoken)
    np.testing.assert_allclose(whole.sum(axis=1), counts.sum(axis=1), atol=1e-4)
    monkeypatch.setattr(near, "BLOCK", 7)
    again = counting.spread(counts, vectors, spoken)
    np.testing.assert_array_equal(again.toarray(), whole.toarray())


def test_the_table_of_near_concepts_parts_counts_as_vectors_do():
    concepts = pd.DataFrame(
        [(4, "en", 1, "bee", 1.0), (2, "de", 1, "Biene", 1.0), (7, "de", 1, "Meer", 1.0)],
        columns=["concept_id", "language", "rank", "term", "weight"],
    )
    terms = pd.Series({"bee": [1, 0], "Biene": [0.8, 0.6], "Meer": [0, 1]})
    table = counting.near_table(concepts, terms)
    # bee and Biene take 0.64 of each other; Meer is the nearest German one to itself alone.
    assert list(zip(table["concept_id"], table["near_id"], strict=True)) == [
        (2, 2), (2, 4), (4, 2), (4, 4), (7, 7)
    ]  # fmt: skip
    assert list(table["part"]) == [0.6098, 0.3902, 0.3902, 0.6098, 1]
    parts = counting.parts_of(table, np.array([2, 4]))
    np.testing.assert_array_equal(parts.toarray(), [[0.6098, 0.3902], [0.3902, 0.6098]])
    found = counting.parted(csr_array([[2.0, 0]]), parts)
    np.testing.assert_array_equal(found.toarray(), [[1.2196, 0.7804]])


def test_spread_needs_a_vector_a_concept():
    with pytest.raises(PolythemesError, match="1 vectors and languages of 2 concepts came for 2"):
        counting.spread(csr_array(np.ones((3, 2))), np.ones((1, 4)), np.ones((2, 1), dtype=bool))


def test_distinct_rows_are_sorted_by_content_without_copies_or_zeros():
    rows = np.array([[0, 2.0], [1, 0], [0, 0], [0, 2], [1, 1]])
    one = matrix.distinct(csr_array(rows)).toarray()
    other = matrix.distinct(csr_array(rows[::-1])).toarray()
    np.testing.assert_array_equal(one, other)
    assert sorted(map(tuple, one)) == [(0, 2), (1, 0), (1, 1)]
    assert matrix.distinct(csr_array((2, 3))).shape == (0, 3)


def test_weighted_rows_by_hand():
    counts = csr_array(np.array([[1.0, 1], [1, 0], [0, 0]]))
    weights = matrix.rarity(counts)
    np.testing.assert_allclose(weights, [np.log(3 / 2), np.log(3)], atol=1e-6)
    found = matrix.weighted(counts, weights).toarray()
    length = np.hypot(*weights)
    np.testing.assert_allclose(found, [weights / length, [1, 0], [0, 0]], atol=1e-6)


# --- the models -----------------------------------------------------------------------------------


def test_themes_are_found(model):
    counts, themes = themed()
    found = model(THEMES).fit(counts)
    assert adjusted_rand_score(themes, found.labels_) == 1
    assert found.n_topics_ == THEMES
    np.testing.assert_allclose(found.shares_.sum(axis=1), 1, atol=2e-4)
    assert (found.labels_ == found.shares_.argmax(axis=1) + 1).all()
    assert not found.weak_.any()
    # A topic's six heaviest concepts are those of a theme.
    for topic, weights in enumerate(found.weights_, 1):
        (theme,) = set(themes[found.labels_ == topic])
        assert set(np.argsort(-weights)[:6]) == set(range(6 * theme, 6 * theme + 6))


def test_order_and_copies_of_passages_change_nothing(model):
    counts, _ = themed()
    found = model(THEMES).fit(counts)
    order = np.random.default_rng(1).permutation(counts.shape[0])
    again = model(THEMES).fit(csr_array(counts[np.append(order, order[:20])]))
    np.testing.assert_array_equal(again.labels_[: len(order)], found.labels_[order])
    np.testing.assert_array_equal(again.shares_[: len(order)], found.shares_[order])
    np.testing.assert_array_equal(again.weights_, found.weights_)


def test_transform_gives_what_fit_gave_passage_by_passage(model):
    counts, _ = themed()
    found = model(THEMES).fit(counts)
    np.testing.assert_array_equal(found.transform(counts), found.shares_)
    alone = [found.transform(csr_array(counts[[row]]))[0] for row in range(5)]
    np.testing.assert_array_equal(alone, found.shares_[:5])
    np.testing.assert_array_equal(found.predict(counts), found.labels_)
    np.testing.assert_array_equal(model(THEMES).fit_transform(counts), found.shares_)


def test_largest_topic_comes_first(model):
    counts, themes = themed(90)
    kept = np.flatnonzero((themes == 2) | (np.arange(90) < 45))
    labels = model(THEMES).fit(csr_array(counts[kept])).labels_
    sizes = np.bincount(labels)[1:]
    assert list(sizes) == sorted(sizes, reverse=True)
    assert set(labels[themes[kept] == 2]) == {1}


def test_passage_without_a_concept_has_the_mean_shares_and_is_weak(model):
    counts, _ = themed()
    rows = np.vstack([counts.toarray(), np.zeros(18)])
    found = model(THEMES).fit(csr_array(rows))
    assert list(np.flatnonzero(found.weak_)) == [60]
    np.testing.assert_array_equal(found.labels_[:60], model(THEMES).fit(counts).labels_)
    np.testing.assert_allclose(found.shares_[60], found.shares_[:60].mean(axis=0), atol=2e-3)
    assert found.labels_[60] in {1, 2, 3}


def test_few_passages_and_one_topic(model):
    few = csr_array(np.array([[2.0, 1, 0, 0], [1, 2, 0, 0], [0, 0, 1, 2], [0, 0, 2, 1]]))
    labels = model(2).fit(few).labels_
    assert labels[0] == labels[1] != labels[2] == labels[3]
    one = model(1).fit(few)
    assert list(one.labels_) == [1, 1, 1, 1]
    np.testing.assert_array_equal(one.shares_, np.ones((4, 1)))
    same = model(1).fit(csr_array(np.array([[1.0, 2], [1, 2], [1, 2]])))
    assert list(same.labels_) == [1, 1, 1]


@pytest.mark.parametrize(
    ("rows", "topics", "told"),
    [
        ([[1, 0], [0, 1]], 3, "3 topics asked of 2 distinct passages with 2 concepts; 1 to 2"),
        ([[1, 2], [1, 2], [1, 2]], 2, "2 topics asked of 1 distinct passages"),
        ([[1, 2], [0, 0]], 2, "2 topics asked of 1 distinct passages"),
        ([[0, 0], [0, 0]], 1, "1 topics asked of 0 distinct passages with 0 concepts"),
        ([[1, 0], [0, 1]], 0, "0 topics asked"),
        ([[1, 0, 0], [2, 0, 0], [3, 0, 0]], 2, "with 1 concepts; 1 to 1 are allowed"),
        ([[1, np.nan], [0, 1]], 1, "a count is NaN, infinite or below 0"),
        ([[1, -1], [0, 1]], 1, "a count is NaN, infinite or below 0"),
    ],
)
def test_what_cannot_be_is_told(model, rows, topics, told):
    with pytest.raises(PolythemesError, match=told):
        model(topics).fit(csr_array(np.array(rows, dtype=float)))


def test_counts_of_other_concepts_are_refused(model):
    counts, _ = themed()
    found = model(THEMES).fit(counts)
    with pytest.raises(PolythemesError, match=r"counts of 2 concepts came; .* fitted on 18"):
        found.transform(csr_array(np.ones((1, 2))))


@pytest.fixture
def saved(model, tmp_path):
    """Give a fitted model, its counts and its file."""
    counts = csr_array(np.vstack([themed()[0].toarray(), np.zeros(18)]))
    found = model(THEMES, seed=3).fit(counts)
    found.save(tmp_path / "model.npz")
    return found, counts, tmp_path / "model.npz"


def test_saved_model_is_the_same(saved, model, tmp_path):
    found, counts, path = saved
    again = model.load(path)
    for name in ("labels_", "shares_", "weak_", "weights_"):
        np.testing.assert_array_equal(getattr(again, name), getattr(found, name), err_msg=name)
    assert (again.n_topics_, again.get_params()) == (found.n_topics_, found.get_params())
    np.testing.assert_array_equal(again.transform(counts), found.shares_)
    np.testing.assert_array_equal(again.predict(counts), found.labels_)
    np.testing.assert_array_equal(again.weak(counts), [False] * 60 + [True])
    again.save(tmp_path / "again.npz")
    assert (tmp_path / "again.npz").read_bytes() == path.read_bytes()


def test_file_of_another_model_is_refused(saved, model):
    other = MODELS[MODELS.index(model) - 1]
    told = rf"of format 'polythemes\.{model.__name__} 1'; this version reads .*{other.__name__} 1'"
    with pytest.raises(PolythemesError, match=told):
        other.load(saved[-1])


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        ({"rarity": np.zeros(5)}, "its arrays do not go together"),
        ({"weak": np.zeros(5, dtype=bool)}, "its arrays do not go together"),
        ({"keep": np.array([0, 1, 9])}, "its topics are not those that were found"),
        ({"mean": np.array([0.5, np.nan, 0.5])}, "it holds NaN or infinity"),
    ],
)
def test_file_that_contradicts_itself_is_refused(saved, model, changed, fault):
    path = saved[-1]
    with np.load(path) as file:
        state = dict(file) | changed
    np.savez(path, **state)
    with pytest.raises(PolythemesError, match=rf"is damaged \({fault}\); fit the model again"):
        model.load(path)


def test_every_array_of_a_file_is_checked(saved):
    with np.load(saved[-1]) as file:
        assert set(file) == {"about", *files.ARRAYS}


def test_model_never_fitted(model):
    for call in (lambda m: m.transform(np.eye(2)), lambda m: m.save("x")):
        with pytest.raises(PolythemesError, match="never fitted; call `fit` or `load` first"):
            call(model(2))


RUN = """
import sys
sys.path.insert(0, sys.argv[1])
from test_counting import MODELS, THEMES, themed
for model in MODELS:
    found = model(THEMES).fit(themed(200, seed=5)[0])
    print(found.labels_.tolist(), found.shares_.tolist(), found.weights_.round(4).tolist())
"""


def test_processor_and_threads_change_nothing():
    where = str(Path(__file__).parent)
    ways = [
        {"OPENBLAS_NUM_THREADS": threads, "OPENBLAS_CORETYPE": kind}
        for threads, kind in (("1", "Haswell"), ("2", "Sandybridge"), ("2", "Prescott"))
    ]
    told = {
        subprocess.run(
            [sys.executable, "-c", RUN, where],
            env=os.environ | way,
            capture_output=True,
            check=True,
        ).stdout
        for way in ways
    }
    assert len(told) == 1
    assert len(told.pop()) > 1000


# --- parts of them --------------------------------------------------------------------------------


def test_lda_is_that_of_gensim(monkeypatch):
    # The E step of ours and of gensim from the same topics, each carried to the end.
    from gensim.models import LdaModel

    counts, _ = themed()
    ours = lda.trained(counts, THEMES, seed=0)
    monkeypatch.setattr(lda, "ROUNDS", 300)
    gamma, _ = ours.inference(counts)
    rows = counts.toarray()
    corpus = [[(int(i), float(row[i])) for i in np.flatnonzero(row)] for row in rows]
    ours.iterations, ours.gamma_threshold = 300, 1e-12
    theirs, _ = LdaModel.inference(ours, corpus)
    np.testing.assert_allclose(gamma, theirs, atol=1e-3)


def test_statistics_of_lda_share_out_every_count(monkeypatch):
    counts, _ = themed(20)
    beta = np.random.default_rng(0).random((3, 18))
    gamma, statistics = lda.expect(counts, beta, collect=True)
    np.testing.assert_allclose(statistics.sum(axis=0), counts.sum(axis=0), atol=1e-4)
    np.testing.assert_allclose(gamma.sum(axis=1), counts.sum(axis=1) + 3 * lda.ALPHA)
    monkeypatch.setattr(lda, "BLOCK", 1)
    again, others = lda.expect(counts, beta, collect=True)
    np.testing.assert_array_equal(gamma, again)
    np.testing.assert_allclose(statistics, others, atol=2e-6)


def test_axes_are_those_of_the_singular_values():
    rows = np.random.default_rng(0).random((30, 12))
    axes = lsi.decomposed(csr_array(rows), 4, seed=0)
    expected = np.linalg.svd(rows)[2][:4].T
    np.testing.assert_allclose(np.abs(axes), np.abs(expected), atol=2e-6)
    assert (axes[np.abs(axes).argmax(axis=0), range(4)] > 0).all()


def test_varimax_undoes_a_rotation():
    placed = np.kron(np.eye(3), np.ones((5, 1))) * np.random.default_rng(0).uniform(1, 2, (15, 1))
    turn, _ = np.linalg.qr(np.random.default_rng(1).normal(size=(3, 3)))
    found = placed @ turn @ lsi.varimax(placed @ turn)
    assert (np.sort(np.abs(found), axis=1)[:, :2] < 1e-6).all()


# --- tables ---------------------------------------------------------------------------------------


CONCEPTS = pd.DataFrame(
    [
        (1, "de", "Biene", 1.0, 1),
        (1, "en", "bee", 1.0, 1),
        (1, "en", "bees", 1.0, 2),
        (2, "en", "hive", 1.0, 1),
        (3, "de", "Meer", 1.0, 1),
        (3, "en", "sea", 1.0, 1),
    ],
    columns=["concept_id", "language", "term", "weight", "rank"],
)


def test_terms_of_one_concept_stand_on_one_row(model):
    table = counts_table(
        [("a", 1, 3), ("a", 2, 3), ("b", 1, 4), ("b", 2, 3), ("c", 1, 3), ("c", 2, 2), ("d", 3, 3)]
    )
    counts, ids = counting.counted(table, list("abcd"))
    found = counting.terms_table(model(2).fit(counts), CONCEPTS, ids)
    bees = found[found["topic_id"] == 1].set_index(["language", "row"])
    # The hive has no German term: its cell is empty, and it comes after what both languages have.
    bees = bees[bees["concept_id"] < 3]  # LDA has a little of every concept in every topic
    assert bees["term"].to_dict() == {("de", 1): "Biene", ("en", 1): "bee", ("en", 2): "hive"}
    assert bees["rank"].to_dict() == {("de", 1): 1, ("en", 1): 1, ("en", 2): 2}
    assert bees["concept_id"].to_dict() == {("de", 1): 1, ("en", 1): 1, ("en", 2): 2}
    first = found[(found["topic_id"] == 2) & (found["row"] == 1)]
    assert list(first["term"]) == ["Meer", "sea"]
    assert found.loc[found["row"] == 1, "weight"].eq(1).all()


def test_terms_of_one_language():
    table = counts_table([("a", 1, 3), ("b", 2, 3)])
    counts, ids = counting.counted(table, list("ab"))
    only = CONCEPTS[CONCEPTS["language"] == "en"]
    found = counting.terms_table(counting.NMF(2).fit(counts), only, ids)
    assert sorted(found["term"]) == ["bee", "hive"]


def test_concepts_find_themes_where_single_terms_find_languages():
    # Two themes in two languages: without concepts every term stands in one language only.
    draws = np.random.default_rng(2)
    theme, language = np.arange(80) % 2, np.arange(80) // 2 % 2
    rows = np.zeros((80, 24))
    for i in range(80):
        # 24 terms: 6 of each language and theme. 12 concepts join them across languages.
        rows[i, 12 * language[i] + 6 * theme[i] + draws.choice(6, 4, replace=False)] += 1
    terms, concepts = csr_array(rows), csr_array(rows[:, :12] + rows[:, 12:])
    for model in MODELS:
        assert adjusted_rand_score(theme, model(2).fit(concepts).labels_) == 1
        assert adjusted_rand_score(theme, model(2).fit(terms).labels_) < 1
