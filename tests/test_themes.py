"""Themes: what a researcher may write, how passages are told apart, how shares are summed up."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from sklearn.linear_model import LogisticRegression

from polythemes import themes
from polythemes.errors import PolythemesError
from polythemes.themes import REST, ThemeModel, by_article
from polythemes.themes import model as theme_model

GOOD = """
[[theme]]
id = "bees"
description = " Keeping bees. "
terms = ["honey", "蜂蜜"]
labels = { de = "Imkerei", en = "Beekeeping" }

[[theme]]
id = "trains-2"
description = "Night trains."
labels = { zh = "夜班列车" }

[[theme]]
id = "bikes"
description = "Bicycles in the city."
"""


@pytest.fixture
def written(tmp_path):
    """Give a function that writes a themes.toml."""

    def write(text: str | bytes) -> Path:
        path = tmp_path / "themes.toml"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return write


# --- what a researcher writes ---------------------------------------------------------------------


def test_themes_as_written(written):
    bees, trains, bikes = themes.load(written(GOOD))
    assert bees.texts == ["Keeping bees.", "Imkerei", "Beekeeping", "honey", "蜂蜜"]
    assert [one.label for one in (bees, trains, bikes)] == ["Beekeeping", "夜班列车", "bikes"]
    assert bikes.texts == ["Bicycles in the city."]


def test_table_ends_with_the_rest(written):
    table = themes.table(themes.load(written(GOOD)))
    assert list(table["theme_id"]) == ["bees", "trains-2", "bikes", REST]
    assert list(table.columns) == ["theme_id", "label", "description"]


def test_examples_hold_the_rest_too(written):
    table = themes.examples(themes.load(written(GOOD)))
    assert list(table.loc[table["theme_id"] == "trains-2", "text"]) == ["Night trains.", "夜班列车"]
    rest = table.loc[table["theme_id"] == REST, "text"]
    assert len(rest) >= 20
    assert rest.is_unique


def test_text_named_twice_counts_once(written):
    text = '[[theme]]\nid="a"\ndescription="bees"\nterms=["bees","hive"]\nlabels={en="hive"}'
    assert themes.load(written(text))[0].texts == ["bees", "hive"]


def entry(**values: str) -> str:
    given = {"id": '"bees"', "description": '"Bees."'} | values
    return "[[theme]]\n" + "\n".join(f"{k} = {v}" for k, v in given.items() if v) + "\n"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "names no theme; one .* or more is needed"),
        ("theme = []", "names no theme"),
        ("theme = 3", "names no theme"),
        ("[theme]\nid = 'a'", "names no theme"),
        ("theme = [3]", "theme 1 is 3; a .* table with id, description, labels, terms is allowed"),
        ("[[theme]\nid=", "is not valid TOML: .*line 1.*; mend that place and run again"),
        (b"\xff\xfe\x00", "is not UTF-8"),
        ("[[themes]]\nid = 'a'", "unknown key themes; only .* tables are allowed"),
        (entry() + "[extra]\na = 1", "unknown key extra"),
        (entry(id=""), "theme 1: id = None; small letters, digits and single hyphens are allowed"),
        (entry(id='"Bees"'), "id = 'Bees'; small letters"),
        (entry(id='"b--c"'), "id = 'b--c'"),
        (entry(id='"蜂"'), "id = '蜂'"),
        (entry(id="7"), "id = 7"),
        (entry(id='"rest"'), "id = 'rest'; .*'rest' is taken"),
        (entry(id='"-"'), "id = '-'"),
        (entry() + entry(), "the id bees stands twice; give every theme its own"),
        (entry(description=""), r"theme 1 \(bees\) has no description; add one line"),
        (entry(description='" "'), "has no description"),
        (entry(description="3"), "has no description"),
        (entry(colour='"red"'), r"theme 1 \(bees\): unknown key colour; allowed are id, descr"),
        (entry(labels='"Bees"'), r"labels must be a table of texts, as in labels = \{ en = "),
        (entry(labels="{ en = 3 }"), "labels must be a table of texts"),
        (entry(labels='{ en = "" }'), "labels must be a table of texts"),
        (entry(terms='"honey"'), r'terms must be a list of texts, as in terms = \["one", "two"\]'),
        (entry(terms='["honey", 3]'), "terms must be a list of texts"),
        (entry(terms='["honey", ""]'), "terms must be a list of texts"),
    ],
)
def test_broken_themes(written, text, told):
    path = written(text)
    with pytest.raises(PolythemesError, match=told) as error:
        themes.load(path)
    assert str(path) in str(error.value)


def test_missing_file(tmp_path):
    with pytest.raises(PolythemesError, match=r"themes.toml is missing; `polythemes new NAME`"):
        themes.load(tmp_path / "themes.toml")


# --- how passages are told apart ------------------------------------------------------------------

THREE = ["bees", "trains", REST]


def passages_of(*articles: str) -> pd.DataFrame:
    rows = [
        (f"{article}-{i:02d}", article, 100 * i)
        for article in set(articles)
        for i in range(articles.count(article))
    ]
    return pd.DataFrame(sorted(rows), columns=["passage_id", "article_id", "start"])


def wide(table: pd.DataFrame) -> np.ndarray:
    """Give shares as a matrix, in the order of passages and of themes."""
    order = list(dict.fromkeys(table["theme_id"]))
    return table.pivot(index="passage_id", columns="theme_id", values="share")[order].to_numpy()


def alone(**options: float) -> ThemeModel:
    return ThemeModel(**{"lend": 0, "level": 0, **options})


def test_passage_like_a_theme_is_on_it():
    model = alone().fit(np.eye(4), [*THREE, REST])
    shares = wide(model.transform(np.eye(4), passages_of("a", "b", "c", "d")))
    assert list(shares.argmax(axis=1)) == [0, 1, 2, 2]
    assert (shares.max(axis=1) > 0.95).all()


def test_shares_sum_to_one_and_are_sorted():
    draws = np.random.default_rng(0)
    model = ThemeModel().fit(draws.normal(size=(9, 12)), THREE * 3)
    table = model.transform(draws.normal(size=(7, 12)), passages_of(*"ccbbaaa"))
    assert list(table["theme_id"]) == THREE * 7
    assert table["passage_id"].is_monotonic_increasing
    np.testing.assert_allclose(wide(table).sum(axis=1), 1, atol=2e-4)


def test_scores_are_those_of_the_plain_regression():
    # In the span of the examples nothing is lost, and the quick solver ends where the exact does.
    draws = np.random.default_rng(1)
    rows = draws.normal(size=(24, 60))
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    model = alone().fit(rows, THREE * 8)
    exact = LogisticRegression(C=60, class_weight="balanced", solver="newton-cholesky", tol=1e-12)
    exact.fit(rows, [THREE.index(one) for one in THREE * 8])
    new = draws.normal(size=(10, 60))
    new /= np.linalg.norm(new, axis=1, keepdims=True)
    np.testing.assert_allclose(
        model.regression_.decision_function(new @ model.span_),
        exact.decision_function(new),
        atol=1e-6,
    )


def test_share_is_the_softmax_of_sharpened_scores():
    model = alone(sharpen=1.5).fit(np.eye(3), THREE)
    row = np.array([[0.8, 0.6, 0]])
    scores = 1.5 * model.regression_.decision_function(row @ model.span_)[0]
    expected = np.exp(scores) / np.exp(scores).sum()
    np.testing.assert_allclose(wide(model.transform(row, passages_of("a")))[0], expected, atol=1e-4)


def test_one_theme():
    model = alone().fit(np.eye(3), ["bees", REST, REST])
    shares = wide(model.transform(np.eye(3), passages_of("a", "b", "c")))
    assert shares[0, 0] > 0.9
    assert (shares[1:, 1] > 0.9).all()
    np.testing.assert_allclose(shares.sum(axis=1), 1)


def test_passages_beside_lend_a_part():
    scores = np.array([[1.0], [5.0], [2.0], [8.0], [7.0]])
    passages = pd.DataFrame({"article_id": ["a", "a", "a", "b", "c"], "start": [0, 200, 100, 0, 0]})
    # In order of place: 1, 2, 5; an article of one passage keeps its own.
    expected = [0.75 * 1 + 0.25 * 2, 0.75 * 5 + 0.25 * 2, 0.75 * 2 + 0.25 * 3, 8, 7]
    mixed = theme_model._lend(scores, passages, 0.25)
    np.testing.assert_allclose(mixed[:, 0], expected)


def test_theme_of_the_whole_corpus_does_not_drown_the_others():
    model = ThemeModel(lend=0).fit(np.eye(4), [*THREE, REST])
    row = np.array([[0.75, 0.65, 0.1, 0]])
    many = np.concatenate([row, np.tile([1.0, 0.1, 0, 0], (9, 1))])
    passages = passages_of(*"abcdefghij")
    assert wide(alone().fit(np.eye(4), [*THREE, REST]).transform(many, passages))[0].argmax() == 0
    assert wide(model.transform(many, passages))[0].argmax() == 1


def test_rest_too_near_a_theme_names_no_rest():
    rows = np.array([[1.0, 0, 0], [0, 1, 0], [0.9, 0.1, 0], [0, 0, 1]])
    near = ThemeModel().fit(rows, [*THREE, REST])
    without = ThemeModel().fit(rows[[0, 1, 3]], THREE)
    new = np.random.default_rng(2).normal(size=(5, 3))
    pd.testing.assert_frame_equal(
        near.transform(new, passages_of(*"aabbc")), without.transform(new, passages_of(*"aabbc"))
    )
    # Where none is far, all stay.
    assert ThemeModel().fit(rows[:3], THREE).regression_.classes_.tolist() == [0, 1, 2]


@pytest.mark.parametrize("named", [["bees", "trains"], [REST, REST]])
def test_rest_and_a_theme_are_needed(named):
    with pytest.raises(PolythemesError, match="came; a theme or more and 'rest' are needed"):
        ThemeModel().fit(np.eye(2), named)


def test_two_hundred_themes_can_be_told_apart():
    draws = np.random.default_rng(3)
    ids = [f"theme-{i}" for i in range(200)]
    model = ThemeModel().fit(draws.normal(size=(230, 512)), ids + [REST] * 30)
    shares = wide(model.transform(draws.normal(size=(50, 512)), passages_of(*"ab" * 25)))
    assert shares.shape == (50, 201)


@settings(max_examples=25)
@given(st.integers(0, 1000), st.randoms(use_true_random=False))
def test_order_of_passages_does_not_matter(seed, random):
    draws = np.random.default_rng(seed)
    model = ThemeModel().fit(draws.normal(size=(12, 16)), THREE * 4)
    rows, passages = draws.normal(size=(11, 16)), passages_of(*"aaaabbbcccc")
    order = random.sample(range(11), 11)
    pd.testing.assert_frame_equal(
        model.transform(rows, passages), model.transform(rows[order], passages.iloc[order])
    )


@settings(max_examples=25)
@given(st.integers(0, 1000), st.integers(1, 3))
@example(220, 1)  # here the regression's last steps are lost among the digits
def test_article_printed_again_moves_no_other(seed, copies):
    draws = np.random.default_rng(seed)
    model = ThemeModel().fit(draws.normal(size=(12, 16)), THREE * 4)
    rows = draws.normal(size=(9, 16))
    once = model.transform(rows, passages_of(*"aaaabbbbb"))
    names = "uvw"[:copies]
    often = model.transform(
        np.concatenate([rows, *[rows[:4]] * copies]),
        passages_of(*"aaaabbbbb", *[name for name in names for _ in range(4)]),
    )
    own = often[often["passage_id"].str[0].isin(["a", "b"])].reset_index(drop=True)
    pd.testing.assert_frame_equal(once, own)
    for name in names:
        copy = often.loc[often["passage_id"].str[0] == name, "share"]
        assert list(copy) == list(once.loc[once["passage_id"].str[0] == "a", "share"])


@given(st.integers(0, 1000))
@settings(max_examples=10)
def test_names_of_articles_do_not_matter(seed):
    draws = np.random.default_rng(seed)
    model = ThemeModel().fit(draws.normal(size=(12, 16)), THREE * 4)
    rows, passages = draws.normal(size=(7, 16)), passages_of(*"aaaabbb")
    other = passages.replace({"article_id": {"a": "z", "b": "c"}})
    other["passage_id"] = other["article_id"] + other["passage_id"].str[1:]
    one = model.transform(rows, passages)
    two = model.transform(rows, other)
    two["passage_id"] = two["passage_id"].str.translate(str.maketrans("zc", "ab"))
    two = two.sort_values("passage_id", kind="stable", ignore_index=True)
    pd.testing.assert_frame_equal(one, two)


# --- how shares are summed up over articles -------------------------------------------------------


def shared(*values: tuple[str, float]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Make shares of one theme and the rest, and passages of ten words each."""
    ids = [f"{article}-{i:02d}" for i, (article, _) in enumerate(values)]
    shares = pd.DataFrame(
        [
            row
            for one, (_, value) in zip(ids, values, strict=True)
            for row in ((one, "bees", value), (one, REST, 1 - value))
        ],
        columns=["passage_id", "theme_id", "share"],
    )
    passages = pd.DataFrame(
        {
            "passage_id": ids,
            "article_id": [article for article, _ in values],
            "start": range(len(ids)),
            "words": 10,
        }
    )
    return shares, passages


def test_share_of_an_article_counts_words():
    shares, passages = shared(("a", 1.0), ("a", 0.4), ("a", 0.1))
    table = by_article(shares, passages.assign(words=[10, 20, 70]))
    assert list(table["share"]) == pytest.approx([0.25, 0.75])
    assert list(table["theme_id"]) == ["bees", REST]


def test_ends_of_an_interval_by_hand():
    # Of two passages drawn twice, a quarter of the draws is all of the one: more than 2.5 %.
    shares, passages = shared(("a", 0.2), ("a", 0.9))
    bees = by_article(shares, passages).iloc[0]
    assert (bees["low"], bees["share"], bees["high"]) == (0.2, 0.55, 0.9)


def test_ends_of_an_interval_by_the_binomial():
    # 0 or 1 in 40 passages: a mean over a resample is a binomial part of 40.
    shares, passages = shared(*[("a", float(i < 12)) for i in range(40)])
    bees = by_article(shares, passages, resamples=20_000, seed=7).iloc[0]
    from scipy.stats import binom

    assert bees["low"] == binom.ppf(0.025, 40, 0.3) / 40
    assert bees["high"] == binom.ppf(0.975, 40, 0.3) / 40


def test_ends_of_an_interval_by_a_plain_loop():
    draws = np.random.default_rng(1)
    values, words = draws.random(9), draws.integers(20, 120, 9)
    shares, passages = shared(*[("a", value) for value in values])
    table = by_article(shares, passages.assign(words=words), resamples=300, seed=5)
    picks = np.random.default_rng([5, 9]).integers(0, 9, (300, 9))
    means = [np.average(values[one], weights=words[one]) for one in picks]
    assert table.iloc[0]["low"] == pytest.approx(np.percentile(means, 2.5), abs=6e-5)
    assert table.iloc[0]["high"] == pytest.approx(np.percentile(means, 97.5), abs=6e-5)


def test_article_of_one_passage_has_no_interval():
    table = by_article(*shared(("a", 0.3)))
    assert list(table["share"]) == [0.3, 0.7]
    assert table[["low", "high"]].isna().all(axis=None)


def test_passages_without_a_word_count_alike():
    shares, passages = shared(("a", 0.2), ("a", 0.4))
    assert by_article(shares, passages.assign(words=0))["share"].iloc[0] == pytest.approx(0.3)


articles = st.lists(
    st.tuples(st.sampled_from("abc"), st.floats(0, 1).map(lambda x: round(x, 4))), min_size=1
)


@settings(max_examples=30)
@given(articles, articles)
def test_article_added_moves_no_other(values, more):
    one = by_article(*shared(*values), resamples=50)
    added = [(f"z{article}", value) for article, value in more]
    both = by_article(*shared(*values, *added), resamples=50)
    own = both[~both["article_id"].str.startswith("z")].reset_index(drop=True)
    pd.testing.assert_frame_equal(one, own)


@settings(max_examples=30)
@given(articles, st.integers(0, 1000))
def test_order_of_rows_does_not_matter(values, seed):
    shares, passages = shared(*values)
    one = by_article(shares, passages, resamples=50)
    other = by_article(
        shares.sample(frac=1, random_state=seed),
        passages.sample(frac=1, random_state=seed),
        resamples=50,
    )
    keys = ["article_id", "theme_id"]
    pd.testing.assert_frame_equal(
        one.sort_values(keys, ignore_index=True), other.sort_values(keys, ignore_index=True)
    )
