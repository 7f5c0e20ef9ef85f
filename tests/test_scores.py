"""Scores: leakage, coherence and neighbours, by hand and by other programs."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from gensim.corpora import Dictionary
from gensim.models import CoherenceModel
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import normalized_mutual_info_score

from polythemes import scores


def passages_of(languages: str, articles: str | None = None) -> pd.DataFrame:
    """Make passages, a letter each: "eed" are two English ones and a German one."""
    ids = [f"{i:03d}-01" for i in range(len(languages))]
    names = {"e": "en", "d": "de", "z": "zh"}
    return pd.DataFrame(
        {
            "passage_id": ids,
            "article_id": list(articles or languages),
            "language": [names[letter] for letter in languages],
            "sha256": [f"{i * 7919 % 1000:03d}" for i in range(len(languages))],
        }
    )


def labels_of(topics: str) -> pd.DataFrame:
    ids = [f"{i:03d}-01" for i in range(len(topics))]
    return pd.DataFrame({"passage_id": ids, "topic_id": [int(topic) for topic in topics]})


def leakage(languages: str, topics: str, **options: int) -> pd.DataFrame:
    table = scores.leakage(labels_of(topics), passages_of(languages), **options)
    return table.set_index("score")


def counted(passages: list[str], language: str = "en") -> pd.DataFrame:
    """Make the table `terms` of passages whose terms are letters."""
    rows = [(f"p{i}", language, term, 1) for i, one in enumerate(passages) for term in one]
    return pd.DataFrame(rows, columns=["passage_id", "language", "term", "count"])


def listed(*lists: str, language: str = "en") -> pd.DataFrame:
    """Make the table `topic_terms` of lists of letters."""
    rows = [
        (topic, language, rank, term, 1.0)
        for topic, one in enumerate(lists, 1)
        for rank, term in enumerate(one, 1)
    ]
    return pd.DataFrame(rows, columns=["topic_id", "language", "rank", "term", "weight"])


# --- leakage --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("languages", "topics", "value"),
    [
        ("eedd", "1122", 1.0),  # each language has its own topic
        ("eedd", "1212", 0.0),  # topics do not care
        ("eedd", "1111", 0.0),  # one topic
        ("eeee", "1122", 0.0),  # one language
        ("eeee", "1111", 0.0),  # nothing varies, nothing is told
        ("e", "1", 0.0),
        # H(topic) = H(3/4) = 0.5623, H(language) = ln 2, both = 3/4 ln 4/3 ... : by hand below
        ("eedd", "1112", 2 * (0.562335 + 0.693147 - 1.039721) / (0.562335 + 0.693147)),
    ],
)
def test_leakage_by_hand(languages, topics, value):
    found = leakage(languages, topics, resamples=20)
    assert found.loc["leakage", "value"] == pytest.approx(value, abs=6e-5)


@given(st.lists(st.tuples(st.integers(1, 4), st.sampled_from("edz")), min_size=2, max_size=30))
@settings(max_examples=40)
def test_leakage_is_that_of_scikit_learn(pairs):
    topics = "".join(str(topic) for topic, _ in pairs)
    languages = "".join(language for _, language in pairs)
    if len(set(topics)) == len(set(languages)) == 1:
        return  # scikit-learn calls this a perfect match
    expected = normalized_mutual_info_score(list(languages), list(topics))
    found = leakage(languages, topics, resamples=20)
    assert found.loc["leakage", "value"] == pytest.approx(expected, abs=6e-5)


def test_chance_is_what_shuffled_languages_give():
    languages, topics = "eeeeeddddd" * 3, "1112211222" * 3
    found = leakage(languages, topics, resamples=2000)
    draws = np.random.default_rng(5)
    shuffled = [
        normalized_mutual_info_score(draws.permutation(list(languages)), list(topics))
        for _ in range(400)
    ]
    assert found.loc["chance", "value"] == pytest.approx(np.mean(shuffled), abs=0.01)
    assert found.loc["chance", "high"] == pytest.approx(np.quantile(shuffled, 0.975), abs=0.05)


def test_intervals_hold_the_value_and_turn_on_the_seed():
    languages, topics = "eeedddzzz" * 5, "112223331" * 5
    one, again, other = (leakage(languages, topics, seed=seed) for seed in (3, 3, 4))
    pd.testing.assert_frame_equal(one, again)
    assert one.loc["leakage", "low"] < one.loc["leakage", "value"] < one.loc["leakage", "high"]
    assert one.loc["leakage", "low"] != other.loc["leakage", "low"]
    assert one.loc["leakage", "value"] == other.loc["leakage", "value"]


def test_leakage_does_not_turn_on_names_or_rows():
    labels, passages = labels_of("112223331" * 4), passages_of("eeedddzzz" * 4)
    names = {one: f"{i * 31 % 36:03d}-09" for i, one in enumerate(passages["passage_id"])}
    renamed = scores.leakage(
        labels.assign(passage_id=labels["passage_id"].map(names))[::-1],
        passages.assign(passage_id=passages["passage_id"].map(names)).sample(
            frac=1, random_state=1
        ),
        resamples=50,
    )
    pd.testing.assert_frame_equal(scores.leakage(labels, passages, resamples=50), renamed)


# --- coherence ------------------------------------------------------------------------------------


def coherences(lists: pd.DataFrame, passages: pd.DataFrame, **options) -> pd.DataFrame:
    return scores.coherence(lists, passages, **options).set_index(["score", "language"])


@pytest.mark.parametrize(
    ("terms", "value"),
    [
        ("cd", 1.0),  # always together, in half of the passages
        ("ce", np.log(1e-12 / (1 / 6)) / -np.log(1e-12)),  # never together
        # p(cf) = 1/6, p(c) = 1/2, p(f) = 1/2
        ("cf", np.log((1 / 6) / (1 / 4)) / np.log(6)),
    ],
)
def test_coherence_of_two_terms_by_hand(terms, value):
    passages = ["abcd", "abcd", "abcdf", "abef", "abef", "ab"]
    table = coherences(listed(terms), counted(passages))
    assert table.loc[("npmi", "en"), "value"] == pytest.approx(value, abs=6e-5)


def test_c_v_of_two_terms_by_hand():
    # Each term's context is its NPMI with itself (1) and with the other (x); the topic's is their
    # sum, (1 + x, 1 + x): the cosine of (1, x) with it.
    passages = ["cd", "cd", "cf", "f", "f", "a"]
    x = np.log((1 / 6) / (1 / 4)) / np.log(6)
    found = coherences(listed("cf"), counted(passages)).loc[("c_v", "en"), "value"]
    assert found == pytest.approx((1 + x) / np.sqrt(2 * (1 + x * x)), abs=6e-5)


def test_terms_that_tell_nothing_are_left_out_and_counted():
    # a and b stand in every passage, x in none: of "acdx" and "ab" only "cd" is measured.
    passages = ["abcd", "abcd", "abcdf", "abef", "abef", "ab"]
    table = coherences(listed("acdx", "ab"), counted(passages))
    assert list(table["measured"]) == [1, 1]
    assert list(table["left_out"]) == [4, 4]
    assert list(table["value"]) == [1, 1]
    assert list(table["reference"]) == ["6 passages of the corpus"] * 2
    assert table[["low", "high"]].isna().all(axis=None)  # one topic has no interval


@settings(max_examples=20)
@given(
    st.lists(st.text("abcdefg", min_size=1, max_size=5), min_size=5, max_size=12),
    st.lists(
        st.text("abcdefg", min_size=2, max_size=4).map(set).map(sorted), min_size=1, max_size=3
    ),
)
def test_coherence_is_that_of_gensim_on_all_terms(passages, lists):
    passages = [sorted(set(one)) for one in [*passages, "abcdefg", "h"]]
    lists = [one for one in lists if len(one) > 1]
    if not lists:
        return
    found = coherences(listed(*map("".join, lists)), counted(["".join(p) for p in passages]))
    for ours, theirs in (("npmi", "c_npmi"), ("c_v", "c_v")):
        model = CoherenceModel(
            topics=lists,
            texts=passages,
            dictionary=Dictionary(passages),
            coherence=theirs,
            window_size=20,
            processes=1,
        )
        row = found.loc[(ours, "en")]
        assert row["value"] == pytest.approx(model.get_coherence(), abs=6e-5)


def test_interval_of_coherence_is_that_of_the_mean_over_topics():
    passages = ["cd", "cd", "ef", "ef", "cf", "g"]
    table = coherences(listed("cd", "ef", "cf"), counted(passages), resamples=4000)
    row = table.loc[("npmi", "en")]
    assert row["measured"] == 3
    values = [
        coherences(listed(pair), counted(passages)).loc[("npmi", "en"), "value"]
        for pair in ("cd", "ef", "cf")
    ]
    assert row["value"] == pytest.approx(np.mean(values), abs=1e-4)
    # One draw in 27 is three times "cf", eight are none of it.
    assert row["low"] == pytest.approx(min(values), abs=1e-4)
    assert row["high"] == pytest.approx(max(values), abs=1e-4)


def test_one_measure_of_coherence_alone_is_the_same():
    terms, lists = counted(["abcd", "abcd", "abcdf", "abef", "abef", "ab"]), listed("acd", "ef")
    both, one = scores.coherence(lists, terms), scores.coherence(lists, terms, measures=("npmi",))
    pd.testing.assert_frame_equal(one, both[both["score"] == "npmi"].reset_index(drop=True))


def test_coherence_stays_within_a_language():
    both = [counted(["ab"] * 5 + ["c"]), counted(["ab", "a", "b", "c", "d"], "de")]
    lists = [listed("ab"), listed("ab", language="de")]
    table = coherences(pd.concat(lists), pd.concat(both))
    assert table.loc[("npmi", "en"), "value"] == 1
    expected = np.log((1 / 5) / (4 / 25)) / np.log(5)
    assert table.loc[("npmi", "de"), "value"] == pytest.approx(expected, abs=6e-5)


def test_coherence_with_a_given_reference_says_so():
    table = coherences(listed("ab"), counted(["ab"] * 5 + ["c"]), reference="the encyclopaedia")
    assert set(table["reference"]) == {"6 passages of the encyclopaedia"}


def test_languages_of_few_passages_are_left_out():
    assert scores.coherence(listed("ab"), counted(["ab"] * 3 + ["c"])).empty
    assert not scores.coherence(listed("ab"), counted(["ab"] * 4 + ["c"])).empty


def test_list_of_one_term_tells_nothing():
    assert scores.coherence(listed("a"), counted(["ab"] * 6 + ["c"])).empty
    assert scores.coherence(listed(), counted([])).empty


def test_coherence_does_not_turn_on_the_order_of_rows():
    terms = listed("cde", "fg", "cfg")
    passages = counted(["cde", "cd", "fg", "fge", "cg", "c", "e"])
    again = scores.coherence(terms, passages.sample(frac=1, random_state=3))
    pd.testing.assert_frame_equal(scores.coherence(terms, passages), again)


# --- diversity ------------------------------------------------------------------------------------


def test_diversity_and_uniqueness_by_hand():
    # a stands in both lists: 5 distinct terms in 6 places; TU (1/2 + 1 + 1 + 1/2 + 1 + 1) / 6.
    table = scores.diversity(listed("abc", "ade")).set_index("score")
    assert table.loc["diversity", "value"] == round(5 / 6, 4)
    assert table.loc["tu", "value"] == round(5 / 6, 4)
    # Lists of unequal length: 3 distinct in 4 places; TU the mean of 1/2 and (1/2 + 1 + 1) / 3.
    table = scores.diversity(listed("a", "abc")).set_index("score")
    assert table.loc["diversity", "value"] == 0.75
    assert table.loc["tu", "value"] == round((1 / 2 + 2.5 / 3) / 2, 4)
    assert list(table["measured"]) == [2, 2]


def test_diversity_is_kept_within_a_language():
    table = scores.diversity(pd.concat([listed("ab", "cd"), listed("ab", "ab", language="de")]))
    values = table.set_index(["score", "language"])["value"]
    assert values[("tu", "en")] == values[("diversity", "en")] == 1
    assert values[("tu", "de")] == values[("diversity", "de")] == 0.5


# --- neighbours -----------------------------------------------------------------------------------


def test_neighbours_by_hand():
    passages = passages_of("eedz", "aabc")
    rows = np.array([[1, 0], [0, 1], [1, 1], [0, 2]], dtype=np.float32)
    table = scores.neighbours(rows, passages)
    half = round(float(np.sqrt(0.5)), 4)
    assert list(table.itertuples(index=False, name=None)) == [
        ("000-01", "en", "002-01", "de", half),
        ("001-01", "en", "003-01", "zh", 1.0),
        ("002-01", "de", "000-01", "en", half),  # of three equally near the first
        ("003-01", "zh", "001-01", "en", 1.0),
    ]


def test_neighbours_do_not_turn_on_the_order_of_rows():
    draws = np.random.default_rng(0)
    passages, rows = passages_of("eedz" * 5, "aabc" * 5), draws.normal(size=(20, 8))
    rows[7] = rows[3]
    order = draws.permutation(20)
    pd.testing.assert_frame_equal(
        scores.neighbours(rows, passages), scores.neighbours(rows[order], passages.iloc[order])
    )


def test_one_article_has_no_neighbours():
    table = scores.neighbours(np.eye(3, dtype=np.float32), passages_of("eee"))
    assert table.empty
    assert list(table.columns)[:3] == ["passage_id", "language", "neighbour_id"]
