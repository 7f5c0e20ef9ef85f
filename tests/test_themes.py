"""Themes: what a researcher may write, how passages are told apart, how shares are summed up."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.discriminant_analysis import LinearDiscriminantAnalysis

from polythemes import subjects, themes
from polythemes.errors import PolythemesError
from polythemes.grid import cosines, snap
from polythemes.neighbours import lent
from polythemes.themes import REST, ThemeModel, beside, by_article, profile, rest
from polythemes.themes import model as theme_model
from polythemes.themes.level import level

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
    own = table[table["theme_id"] == "trains-2"]
    assert list(own.loc[own["kind"] == "word", "text"]) == ["Night trains.", "夜班列车"]
    assert "This text is about 夜班列车." in set(own.loc[own["kind"] == "frame", "text"])
    rest = table.loc[table["theme_id"] == REST, "text"]
    assert list(rest) == subjects.texts()


def test_examples_and_counter_examples_are_kept_apart(written):
    more = entry(
        examples='["Two hives.", "Two hives."]', **{"counter-examples": '["A spelling bee."]'}
    )
    (theme,) = themes.load(written(more))
    assert (theme.examples, theme.against) == (("Two hives.",), ("A spelling bee.",))
    told = themes.examples([theme]).set_index("text")["kind"]
    assert told[["Two hives.", "A spelling bee."]].tolist() == ["example", "counter-example"]


def test_two_hundred_themes_are_read(written):
    text = "".join(entry(id=f'"theme-{i}"') for i in range(200))
    assert len(themes.load(written(text))) == 200


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
        (
            "theme = [3]",
            "theme 1 is 3; a .* table with id, description, labels, terms, ",
        ),
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
        (
            entry() + entry(),
            "line 5: the id bees stands twice, first in theme 1; give",
        ),
        (entry(description=""), r"line 1: theme 1 \(bees\) has no description; add one line"),
        (
            "# a\n" + entry() + entry(id='"b"', description='""'),
            r"line 7: theme 2 \(b\) has no",
        ),
        (entry(description='" "'), "has no description"),
        (entry(description="3"), "has no description"),
        (
            entry(colour='"red"'),
            r"line 4: theme 1 \(bees\): unknown key colour; allowed are id",
        ),
        (entry(labels='"Bees"'), r"labels must be a table of texts, as in labels = \{ en = "),
        (entry(labels="{ en = 3 }"), "labels must be a table of texts"),
        (entry(labels='{ en = "" }'), "labels must be a table of texts"),
        (entry(terms='"honey"'), r'terms must be a list of texts, as in terms = \["one", "two"\]'),
        (entry(terms='["honey", 3]'), "terms must be a list of texts"),
        (entry(terms='["honey", ""]'), "terms must be a list of texts"),
        (
            entry(examples='"One."'),
            r"line 4: .* examples must be a list of texts, as in",
        ),
        (entry(**{"counter-examples": "[1]"}), "counter-examples must be a list of texts"),
        (entry() + "[theme.labels]\nen = 3", r"line 4: theme 1 \(bees\): labels must be a table"),
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


def clouds(
    centres: np.ndarray, size: int, seed: int = 0, noise: float = 0.08
) -> tuple[np.ndarray, np.ndarray]:
    """Make passages around centres, and say which they belong to."""
    draws = np.random.default_rng(seed)
    labels = np.repeat(np.arange(len(centres)), size)
    rows = centres[labels] + noise * draws.normal(size=(len(labels), centres.shape[1]))
    return rows, labels


def fitted(width: int = 24, rest: int = 9) -> ThemeModel:
    """Give a model whose themes are the first two axes and whose rest are the last ones."""
    axes = np.eye(width)
    return ThemeModel().fit(np.concatenate([axes[:2], axes[-rest:]]), [*THREE[:2], *[REST] * rest])


def apart(*names: str) -> pd.DataFrame:
    """Give every passage an article of its own."""
    return passages_of(*(f"{i:03d}" for i in range(len(names))))


def test_passage_like_a_theme_is_on_it_and_another_on_the_rest():
    axes = np.eye(24)
    rows, labels = clouds(axes[[0, 1, 20]], 8)
    shares = wide(fitted().transform(rows, apart(*"x" * 24)))
    assert list(shares.argmax(axis=1)) == list(labels)
    assert np.median(shares.max(axis=1)) > 0.8


def test_corpus_without_any_theme_goes_to_the_rest():
    rows, _ = clouds(np.eye(24)[-6:], 6)
    shares = wide(fitted().transform(rows, apart(*"x" * 36)))
    assert (shares[:, -1] > 0.7).all()


def test_shares_sum_to_one_and_are_sorted():
    draws = np.random.default_rng(0)
    table = fitted().transform(draws.normal(size=(7, 24)), passages_of(*"ccbbaaa"))
    assert list(table["theme_id"]) == THREE * 7
    assert table["passage_id"].is_monotonic_increasing
    np.testing.assert_allclose(wide(table).sum(axis=1), 1, atol=2e-4)


def test_one_theme():
    axes = np.eye(12)
    model = ThemeModel().fit(axes, ["bees", *[REST] * 11])
    shares = wide(model.transform(axes[:3], passages_of("a", "b", "c")))
    assert list(shares.argmax(axis=1)) == [0, 1, 1]
    np.testing.assert_allclose(shares.sum(axis=1), 1)


def test_one_passage_and_an_empty_vector():
    rows = np.zeros((1, 24))
    assert wide(fitted().transform(rows, passages_of("a"))).shape == (1, 3)
    rows[0, 0] = 1
    assert wide(fitted().transform(rows, passages_of("a"))).argmax() == 0


def test_counter_example_turns_a_theme_away():
    axes = np.eye(6)
    texts = np.stack([axes[0] + axes[1], axes[2], axes[1], *axes[3:]])
    names = ["bees", "trains", "bees", REST, REST, REST]
    with_it = ThemeModel().fit(texts, names, [False, False, True, False, False, False])
    without = ThemeModel().fit(texts[[0, 1, 3, 4, 5]], [names[i] for i in (0, 1, 3, 4, 5)])
    away = [cosines(snap(axes[[1]]), model.centres_)[0, 0] for model in (with_it, without)]
    assert away[0] < away[1]
    assert with_it.themes_ == without.themes_


def test_corpus_on_one_theme_stays_on_it():
    rows, _ = clouds(np.eye(24)[:1], 6, noise=0.12)
    shares = wide(fitted().transform(rows, passages_of(*"aaaaaa")))
    assert (shares.argmax(axis=1) == 0).all()


def test_nearest_of_the_naming_texts_weigh_the_most():
    axes = np.eye(6)
    model = ThemeModel().fit(axes, ["bees", "bees", "trains", "trains", REST, REST])
    rows = snap(np.stack([axes[0], axes[0] + axes[1]]))
    one, both = theme_model._scores(rows, model.texts_, model.against_)
    # The mean of cosines would be 0.5 and 0.707.
    assert one[0] == pytest.approx(np.log((np.exp(10) + 1) / 2) / 10, abs=1e-4)
    assert both[0] == pytest.approx(np.sqrt(0.5), abs=1e-3)
    assert one[1] == both[1] == 0


def test_few_passages_lean_on_what_is_usual():
    few, many = np.array([[2.0, 0.0]]), np.tile([[2.0, 0.0], [0.0, 0.0]], (500, 1))
    others = np.array([[-1.0, -1.0], [1.0, 1.0]])
    # One passage beside 15 that are usual: mean 2/16, so 1.875 above it; many of them: 1.
    spread = np.sqrt((1.875**2 + 15) / 16)
    assert level(few, others, 1 / 16)[0, 0] == pytest.approx(1.875 / spread, abs=1e-5)
    assert level(many, others, 1000 / 1015)[0, 0] == pytest.approx(1, abs=0.04)
    # None of them: 2 above a mean of 0 with a spread of 1.
    assert level(few, others)[0, 0] == 2
    assert level(few, others[:1])[0, 0] == 2  # as it came: one thing tells nothing


def test_profile_by_hand():
    subjects_ = snap(np.eye(4))
    passages, texts = (
        profile.profiles(snap(np.array([row])), subjects_)
        for row in ([1.0, 1, 0, 0], [1.0, 0, 0, 0])
    )
    # Nearer than usual to two of four and to one of four; each centred, and of length 1.
    np.testing.assert_allclose(passages / 4000, [[0.5, 0.5, -0.5, -0.5]], atol=1e-3)
    np.testing.assert_allclose(texts / 4000, np.array([[3, -1, -1, -1]]) / 12**0.5, atol=1e-3)
    away = profile.profiles(snap(np.array([[1.0, -5, 0, 0]])), subjects_)
    np.testing.assert_array_equal(away, texts)  # how far it is from a subject does not count
    assert not profile.profiles(texts, subjects_[:2]).any()  # too few subjects tell nothing


def test_themes_are_apart_by_their_subjects():
    one, other, both = (
        snap(np.array([[1.0, 0, 0]])),
        snap(np.array([[0, 1.0, 0]])),
        np.array([[1.0, 1, 0]]),
    )
    assert profile.apart([one, one]) == pytest.approx(0, abs=1e-3)
    assert profile.apart([one, other]) == 1
    assert profile.apart([one, snap(both)]) == pytest.approx(1 - 0.5**0.5, abs=1e-3)
    assert profile.apart([one, -one]) == 1
    assert profile.apart([one]) == 0  # a theme alone is not told from another


def test_shared_subjects_speak_for_a_theme():
    e = np.eye(8)
    # Passages and themes have nothing in common but the subject that both are near to.
    bees, trains = e[0] / 2 + e[4] - e[6] / 2, e[1] / 2 + e[5] - e[7] / 2
    naming = np.array([bees, trains, *e[:4]])
    model = ThemeModel().fit(naming, ["bees", "trains", *[REST] * 4])
    rows = snap(np.array([e[0] + e[6], e[1] + e[7]]))
    assert not theme_model._scores(rows, model.texts_, model.against_).any()
    begun = model._begun(rows)
    assert begun[0, 0] > begun[0, 1]
    assert begun[1, 1] > begun[1, 0]


def test_passages_beside_lend_a_part():
    values = np.array([[1.0], [5.0], [2.0], [8.0], [7.0]])
    passages = pd.DataFrame({"article_id": ["a", "a", "a", "b", "c"], "start": [0, 200, 100, 0, 0]})
    # In order of place: 1, 2, 5; an article of one passage keeps its own.
    expected = [0.75 * 1 + 0.25 * 2, 0.75 * 5 + 0.25 * 2, 0.75 * 2 + 0.25 * 3, 8, 7]
    close = beside.beside(passages, np.arange(5), 5)
    np.testing.assert_allclose(lent(values, close, 0.25)[:, 0], expected)


def test_discriminant_is_that_of_scikit_learn():
    rows, labels = clouds(np.eye(4)[:3], 40, noise=0.3)
    steps = snap(rows)
    unit = steps / 4000.0
    shrunk = LinearDiscriminantAnalysis(solver="lsqr", shrinkage=4 / (4 + 120)).fit(unit, labels)
    expected = shrunk.decision_function(unit)
    found = theme_model._discriminant(steps, labels, 3)
    np.testing.assert_allclose(
        found - found.mean(axis=1, keepdims=True),
        expected - expected.mean(axis=1, keepdims=True),
        atol=1e-2,
    )


def test_theme_that_nobody_is_on_scores_least():
    rows, labels = clouds(np.eye(4)[:2], 9)
    found = theme_model._discriminant(snap(rows), labels, 3)
    assert (found[:, 2] <= found.min(axis=1)).all()


def test_subject_of_a_theme_is_not_of_the_rest():
    near = np.array([[0.9, 0.0], [0.1, 0.2], [0.0, 0.3]])
    others = np.array([[np.nan, 0.5, 0.4], [0.5, np.nan, 0.6], [0.4, 0.6, np.nan]])
    # Of three subjects a theme has to be nearer than the nearest other one.
    assert rest.owned(near, others).tolist() == [True, False, False]


@pytest.mark.parametrize("named", [["bees", "trains"], [REST, REST]])
def test_rest_and_a_theme_are_needed(named):
    with pytest.raises(PolythemesError, match="came; a theme or more and 'rest' are needed"):
        ThemeModel().fit(np.eye(2), named)


def test_two_hundred_themes_can_be_told_apart():
    draws = np.random.default_rng(3)
    centres = draws.normal(size=(200, 64))
    model = ThemeModel().fit(
        np.concatenate([centres, draws.normal(size=(30, 64))]),
        [*(f"theme-{i}" for i in range(200)), *[REST] * 30],
    )
    shares = wide(model.transform(centres[:50] + 0.1, passages_of(*"ab" * 25)))
    assert shares.shape == (50, 201)


@settings(max_examples=15)
@given(st.integers(0, 1000), st.randoms(use_true_random=False))
def test_order_of_passages_does_not_matter(seed, random):
    rows = np.random.default_rng(seed).normal(size=(11, 24))
    passages = passages_of(*"aaaabbbcccc")
    order = random.sample(range(11), 11)
    pd.testing.assert_frame_equal(
        fitted().transform(rows, passages), fitted().transform(rows[order], passages.iloc[order])
    )


@settings(max_examples=15)
@given(st.integers(0, 1000), st.integers(1, 3))
def test_article_printed_again_moves_no_other(seed, copies):
    rows = np.random.default_rng(seed).normal(size=(9, 24))
    once = fitted().transform(rows, passages_of(*"aaaabbbbb"))
    names = "uvw"[:copies]
    often = fitted().transform(
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
    rows, passages = np.random.default_rng(seed).normal(size=(7, 24)), passages_of(*"aaaabbb")
    other = passages.replace({"article_id": {"a": "z", "b": "c"}})
    other["passage_id"] = other["article_id"] + other["passage_id"].str[1:]
    one = fitted().transform(rows, passages)
    two = fitted().transform(rows, other)
    two["passage_id"] = two["passage_id"].str.translate(str.maketrans("zc", "ab"))
    two = two.sort_values("passage_id", kind="stable", ignore_index=True)
    pd.testing.assert_frame_equal(one, two)


PROGRAM = """
import sys
import numpy as np
import pandas as pd
from polythemes.themes import ThemeModel

draws = np.random.default_rng(5)
texts, rows = draws.normal(size=(40, 128)), draws.normal(size=(300, 128))
names = [f"theme-{i % 4}" for i in range(10)] + ["rest"] * 30
ids = [f"{i:03d}" for i in range(300)]
table = pd.DataFrame({"passage_id": ids, "article_id": [i[:2] for i in ids], "start": range(300)})
sys.stdout.write(ThemeModel().fit(texts, names).transform(rows, table).to_csv())
"""
MACHINES = [
    {"OPENBLAS_NUM_THREADS": "1"},
    {"OPENBLAS_NUM_THREADS": "2", "OPENBLAS_CORETYPE": "Prescott"},
]


def test_threads_and_kernels_do_not_matter():
    found = [
        subprocess.run(
            [sys.executable, "-c", PROGRAM],
            env=os.environ | machine, capture_output=True, check=True,
        ).stdout
        for machine in MACHINES
    ]  # fmt: skip
    assert found[0].count(b"\n") == 1501
    assert found[0] == found[1]


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


def test_share_of_all_articles_draws_whole_articles():
    # Two articles, one wholly on bees, of ten and thirty words: a draw gives 0, 1/4 or 1.
    shares, passages = shared(("a", 1.0), ("b", 0.0), ("b", 0.0), ("b", 0.0))
    row = themes.together(shares, passages).iloc[0]
    assert row.tolist() == ["bees", 0.25, 0.0, 1.0]
    assert themes.together(*shared(("a", 0.3), ("a", 0.5)))["low"].isna().all()


def test_passages_alike_in_an_article_do_not_narrow_the_interval():
    values = list(zip("abcd", (0.1, 0.2, 0.6, 0.9), strict=True))
    few = themes.together(*shared(*values))
    many = [one for one in values for _ in range(20)]
    pd.testing.assert_frame_equal(few, themes.together(*shared(*many)))


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
