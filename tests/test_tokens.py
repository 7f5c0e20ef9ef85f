"""Tokens: lemmas without stop words, counted so that no sentence can be read back."""

from __future__ import annotations

import marshal
import tempfile

import jieba
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from polythemes import tokens
from polythemes.errors import PolythemesError
from polythemes.languages import codes, language
from polythemes.tokens import phrases, words

NAMES = ("夜书店", "LehmLaden")


def cutter(code: str, names: tuple[str, ...] = ()):
    return tokens.words_of(language(code), names=names)


@pytest.mark.parametrize(
    ("code", "text", "found"),
    [
        ("de", "Die Häuser der Nachbarn wurden gebaut.", ["Haus", "Nachbar", "bauen"]),
        ("en", "The neighbours' houses weren't sold; they're rented.", ["neighbour", "house"]),
        ("it", "L'acqua dell'isola e le case dei vicini", ["acqua", "isola", "casa"]),
        ("id", "Rumah itu dibangun oleh para tetangga", ["rumah", "bangun", "tetangga"]),
        ("fr", "L'eau et les maisons", ["eau", "maison"]),
        ("ru", "Доме и соседи", ["сосед"]),
    ],
)
def test_words_become_lemmas_without_stop_words(code: str, text: str, found) -> None:
    got = cutter(code)(text)
    assert [word for word in got if word in found] == found
    stop = {"die", "der", "the", "they", "e", "le", "les", "dei", "itu", "para", "и"}
    assert not stop & {word.casefold() for word in got}


def test_an_elided_article_and_a_possessive_s_go() -> None:
    pieces = words._cut_spaced("l'eau Thea's d’isola JD.com e-mail")
    found = [piece for piece in pieces if piece != words.BREAK]
    assert found == ["eau", "Thea", "isola", "JD.com", "e-mail"]


@pytest.mark.parametrize(
    ("code", "text", "found"),
    [
        ("fr", "abeille lehm, stroh", [["abeille", "lehm"], ["stroh"]]),
        ("fr", "abeille et lehm stroh", [["abeille"], ["lehm", "stroh"]]),
        ("fr", "lehm d'abeille Lena's stroh", [["lehm"], ["abeille", "Lena"], ["stroh"]]),
        ("fr", "lehm 12 stroh", [["lehm"], ["stroh"]]),
        ("zh", "书店，书店老板", [["书店"], ["书店", "老板"]]),
    ],
)
def test_a_run_ends_where_something_stands_between(code, text, found) -> None:
    runs = words.runs_of(language(code), names=())(text)
    assert [[word.lemma for word in run] for run in runs] == found


def test_chinese_is_cut_into_words() -> None:
    found = cutter("zh")("昨天晚上，书店的老板和两位客人聊了电影。")
    assert {"书店", "老板", "客人", "电影"} <= set(found)
    assert all(len(word) >= 2 for word in found)


def test_names_are_never_cut() -> None:
    text = "他每天都去夜书店。"
    assert "夜书店" not in cutter("zh")(text)
    assert "夜书店" in cutter("zh", NAMES)(text)
    assert cutter("de", NAMES)("Der LehmLaden öffnet.")[0] == "LehmLaden"


def test_words_with_an_inner_capital_stay_as_they_are() -> None:
    assert {"YouBaues", "NASAS"} <= set(cutter("en")("YouBaues speaks to NASAS"))


def test_what_is_too_short_or_too_long_is_no_term() -> None:
    assert cutter("fr")("x 12 3,5 a1 ab " + "x" * 41 + " " + "y" * 40) == ["ab", "y" * 40]


@pytest.mark.parametrize("code", codes())
def test_extra_stop_words_are_left_out_in_any_case(code: str) -> None:
    extra = sorted(language(code).extra_stop_words)
    cut = cutter(code)
    for word in extra:
        assert [t for t in cut(word) + cut(word.upper()) if t.casefold() == word.casefold()] == []


def passages_of(*texts: tuple[str, str]) -> pd.DataFrame:
    """Lay out passages of (language, text), numbered from 1."""
    rows = [(f"1-{i:02d}", code, text) for i, (code, text) in enumerate(texts, 1)]
    return pd.DataFrame(rows, columns=["passage_id", "language", "counted"])


def test_counts_are_sorted_by_passage_and_term() -> None:
    table = passages_of(
        ("de", "Lehm und Stroh, Stroh und Lehm, Lehm."), ("en", "straw"), ("de", "Lehm")
    )
    found = tokens.count(table)
    assert found.to_numpy().tolist() == [
        ["1-01", "de", "Lehm", 3],
        ["1-01", "de", "Stroh", 2],
        ["1-02", "en", "straw", 1],
        ["1-03", "de", "Lehm", 1],
    ]


def test_a_term_is_written_as_it_is_found_most_often() -> None:
    table = passages_of(("fr", "LEHM lehm Stroh"), ("fr", "lehm stroh"), ("de", "Lehm"))
    found = tokens.count(table)
    # Between forms that stand equally often the first in the alphabet is taken.
    assert found[["passage_id", "term", "count"]].to_numpy().tolist() == [
        ["1-01", "Stroh", 1],
        ["1-01", "lehm", 2],
        ["1-02", "Stroh", 1],
        ["1-02", "lehm", 1],
        ["1-03", "Lehm", 1],
    ]


def test_the_order_of_passages_does_not_matter() -> None:
    table = passages_of(("fr", "LEHM lehm"), ("fr", "LEHM"), ("it", "case"), ("fr", "lehm"))
    found = tokens.count(table)
    pd.testing.assert_frame_equal(found, tokens.count(table[::-1]))


def test_no_passages_give_no_terms() -> None:
    found = tokens.count(passages_of())
    assert list(found.columns) == ["passage_id", "language", "term", "count"]
    assert found.empty


def joined(terms: list[str]) -> list[str]:
    return [term.replace(phrases.JOINT, " ") for term in terms]


def test_words_that_keep_to_each_other_are_a_phrase() -> None:
    live, others = ["live", "stream"], [["bee", "hive"], ["clay", "straw"], ["lane", "rail"]]
    join = phrases.learn([[live], [live, ["stream"]], *[[one] for one in others]])
    assert joined(join(["a", "live", "stream", "bee"])) == ["a", "live stream", "bee"]
    assert joined(join(["stream", "live"])) == ["stream", "live"]
    assert joined(join(["bee", "hive"])) == ["bee", "hive"]  # met once


def test_a_phrase_has_three_words_at_the_most_and_two_passages_at_the_least() -> None:
    long = [f"w{i}" for i in range(7)]
    join = phrases.learn([[long], [long], [["x", "y"], ["x", "y"], ["x", "y"]]])
    terms = joined(join(long))
    assert " ".join(terms).split() == long
    assert {1 + term.count(" ") for term in terms} <= {1, 2, 3}
    assert len(terms) < len(long)
    assert joined(join(["x", "y"])) == ["x", "y"]


def test_words_often_apart_are_no_phrase() -> None:
    apart = [[["new", f"word{i}"], [f"thing{i}", "shop"]] for i in range(20)]
    join = phrases.learn([*apart, [["new", "shop"]], [["new", "shop"]]])
    assert joined(join(["new", "shop"])) == ["new", "shop"]


def test_no_words_make_no_phrase() -> None:
    assert phrases.learn([])(["a", "b"]) == ["a", "b"]
    assert phrases.learn([[], []])([]) == []


def test_phrases_are_counted_as_they_stand_in_the_text() -> None:
    table = passages_of(
        ("de", "Soziale Medien. Lehm"), ("de", "soziale Medien"), ("de", "sozialen Medien, Stroh"),
        ("zh", "数字藏品。书店"), ("zh", "数字藏品"), ("zh", "老板"),
    )  # fmt: skip
    found = tokens.count(table).groupby(["language", "term"])["count"].sum()
    # Of forms that stand equally often the first in the alphabet is taken.
    assert found["de"].to_dict() == {"Lehm": 1, "Soziale Medien": 3, "Stroh": 1}
    assert found["zh"].to_dict() == {"书店": 1, "数字藏品": 2, "老板": 1}


def test_a_root_that_is_no_word_is_shown_as_it_stands() -> None:
    found = tokens.count(passages_of(("id", "layanan baru, layanan toko")))
    assert "layanan" in set(found["term"])
    assert cutter("id")("layanan") == ["layan"]


@given(st.lists(st.sampled_from(["Lehm", "lehm", "LEHM", "Stroh", "'", "d'Haus", "12", "—"])))
def test_every_word_is_counted_once(pieces: list[str]) -> None:
    cut = cutter("fr")
    wanted = [word.casefold() for word in cut(" ".join(pieces))]
    found = tokens.count(passages_of(("fr", " ".join(pieces))))
    assert found["count"].sum() == len(wanted)
    assert {term.casefold() for term in found["term"]} == set(wanted)
    assert not found["term"].duplicated().any()


def test_neither_the_shared_tokeniser_nor_a_cache_of_another_is_used(tmp_path, monkeypatch) -> None:
    # jieba believes any file of this name in the folder for scratch files.
    (tmp_path / "jieba.cache").write_bytes(marshal.dumps(({"夜书": 10**9, "店": 1}, 10**9)))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    words._dictionary.cache_clear()
    words._segmenter.cache_clear()
    assert "夜书" not in cutter("zh")("夜书店")
    assert not jieba.dt.initialized
    assert [path.name for path in tmp_path.iterdir()] == ["jieba.cache"]


def test_a_code_that_is_none_is_told() -> None:
    with pytest.raises(PolythemesError, match="'' is not a language code"):
        tokens.count(passages_of(("", "Lehm")))


@pytest.mark.parametrize(
    ("code", "text", "left"),
    [
        ("de", "Im Dezember, am Montag, brannte der Ofen", ["brennen", "Ofen"]),
        ("it", "A dicembre e il lunedì il forno era spento", ["forno", "spegnere"]),
        ("fr", "En décembre le four brûle", ["four", "brûler"]),
    ],
)
def test_months_and_days_are_no_terms(code: str, text: str, left) -> None:
    assert cutter(code)(text) == left
