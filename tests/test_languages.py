"""Languages: a record each, words and sentences in any script."""

from __future__ import annotations

import re
import tomllib
from dataclasses import fields
from itertools import pairwise
from pathlib import Path

import pytest
import simplemma
from hypothesis import given
from hypothesis import strategies as st
from stopwordsiso import has_lang

from polythemes import languages
from polythemes.errors import PolythemesError
from polythemes.languages import Language, autonyms, codes, cues, language, name
from polythemes.languages.text import WORD, han, sentences, words

FOLDER = Path(languages.__file__).parent
SORTS = {
    "byline", "picture", "navigation", "teaser", "comment", "counter", "advert", "offer", "footer",
    "disclaimer", "bio", "about", "reader", "ask", "page",
}  # fmt: skip
#: Letters, marks and blanks of several scripts: whatever a text may be made of.
TEXT = st.text(
    st.sampled_from("aB ,.!?…。！？“”»«\"'()\n\t\u200b\u3000小店卖あлЖéßß1239-:;—🙂\x1f\x85"),
    max_size=80,
)


def test_five_languages_have_a_record() -> None:
    assert codes() == ("de", "en", "id", "it", "zh")


@pytest.mark.parametrize("code", codes())
def test_a_record_holds_what_the_stages_ask(code: str) -> None:
    record = tomllib.loads((FOLDER / f"{code}.toml").read_text("utf-8"))
    assert set(record) <= {field.name for field in fields(Language)} - {"code", "recorded"}
    found = language(code)
    assert found.recorded
    assert found.words in ("pattern", "jieba")
    assert found.stop_words is None or has_lang(found.stop_words)
    assert found.lemmatiser is None or simplemma.lemmatize("a", lang=found.lemmatiser) == "a"
    assert found.autonym.casefold() in autonyms()
    assert set(found.cues) == SORTS
    for listed in [record["extra_stop_words"], *found.cues.values()]:
        assert len(set(listed)) == len(listed)
        assert all(word and word == word.strip().lower() for word in listed)
    assert all(word == word.casefold() for listed in found.cues.values() for word in listed)


def test_a_language_without_a_record_gets_a_plain_one() -> None:
    found = language("fr")
    assert (found.code, found.name, found.script, found.recorded) == (
        "fr",
        "French",
        "other",
        False,
    )
    assert (found.words, found.lemmatiser, found.stop_words, found.cues) == (
        "pattern",
        "fr",
        "fr",
        {},
    )
    assert name("fr") == "French"
    assert name("zh") == "Chinese"
    assert name("xx") == "xx"
    assert language("und").name == "und"


@pytest.mark.parametrize("code", ["", "EN", "e", "engl", "e1", "de-DE", "语言"])
def test_what_is_no_code_is_told(code: str) -> None:
    expected = f"{code!r} is not a language code; ISO 639-1 codes such as de, en, id, it, zh are "
    with pytest.raises(PolythemesError, match=re.escape(expected)) as error:
        language(code)
    assert str(error.value).endswith("mend the column `language` of catalogue.csv")


def test_cues_are_gathered_over_all_languages() -> None:
    assert {"quelle", "sumber", "fonte", "source", "来源"} <= cues("byline")
    assert cues("no such sort") == frozenset()


def test_autonyms_are_names() -> None:
    assert {"bahasa indonesia", "deutsch", "中文", "日本語"} <= autonyms()
    assert all(one == one.strip().casefold() and one for one in autonyms())


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("", 0),
        ("... 。！", 0),
        ("one two", 2),
        ("e-commerce isn’t JD.com", 3),
        ("3,5 Prozent um 10:15", 4),
        ("小店", 1),
        ("小店卖", 2),
        ("小店Shop卖书", 3),
        ("магазин у вокзала", 3),
        ("été à l'école", 3),
        # Four letters, marks not counted, are a word; a Han character is half of one.
        ("ข่าววันนี้", 2),
        ("カメラ", 1),
        ("カメラ屋", 2),
        ("人間は、生まれながらにして", 4),
        ("ສະບາຍດີ", 2),
        ("ភាសាខ្មែរ", 2),
        ("မြန်မာ 12", 2),
    ],
)
def test_words_are_counted_in_any_script(text: str, size: int) -> None:
    assert words(text) == size


def test_han_counts_han_only() -> None:
    assert han("小店 shop あ 1。") == 2
    assert han("\U00020000") == 1


@pytest.mark.parametrize(
    ("code", "pieces"),
    [
        ("de", ["Es regnet. ", "Wir gehen z.B. heim, Dr. Maier auch. ", "Am 3. Mai war es warm!"]),
        ("de", ["„Kommst du?“ ", "Sie nickte."]),
        ("id", ["Harga naik.", "Hanya dua toko yang buka. ", "Selesai."]),  # glued
        ("it", ["Non c'è più. ", "«Davvero?» ", "Sì, davvero."]),
        ("en", ['He said "Stop." ', "Then he left. ", "Prices rose 3.5 percent."]),
        ("zh", ["他说：“不去！”", "然后走了。", "真的吗？", "是的……", "好"]),
        ("zh", ["好!", "真的?", "是A!B站的店"]),
        ("fr", ["C’est fini. ", "« Oui ! » ", "Il part."]),
        ("ru", ["Он ушёл. ", "А она? ", "Осталась."]),
        ("ja", ["これはペンです。", "あれは本です。"]),
        ("th", ["ฝนตกทั้งวัน ", "ร้านต่าง ๆ ", "ปิด 3 วัน"]),
        ("km", ["ភ្លៀងធ្លាក់។ ", "ហាងបិទ។ល។ ", "ថ្ងៃនេះ"]),
        ("my", ["မိုးရွာသည်။ ", "ဆိုင်ပိတ်သည်။"]),
        ("und", ["A title\n\n", "Some text. ", "More.\n"]),
    ],
)
def test_sentences_end_where_they_should(code: str, pieces: list[str]) -> None:
    text = "".join(pieces)
    assert [text[start:end] for start, end in sentences(text, code)] == pieces


@given(TEXT, st.sampled_from(["de", "zh", "ja", "el", "und"]))
def test_sentences_cover_the_text(text: str, code: str) -> None:
    spans = sentences(text, code)
    assert "".join(text[start:end] for start, end in spans) == text
    assert all(start < end for start, end in spans)
    assert all(one[1] == other[0] for one, other in pairwise(spans))


@given(TEXT, TEXT)
def test_a_line_end_is_the_end_of_a_sentence(one: str, other: str) -> None:
    ends = {end for _, end in sentences(f"a{one}\n{other}b", "de")}
    text = f"a{one}\n{other}b"
    for found in re.finditer(r"\n(?!\n)", text):
        assert found.end() in ends


@given(TEXT, TEXT)
def test_words_of_two_texts_add_up(one: str, other: str) -> None:
    both = words(f"{one}\n{other}")
    assert both <= words(one) + words(other) <= both + 1  # two halves of a Han pair


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("गांव की योजना", ["गांव", "की", "योजना"]),
        ("الحُكُومَةُ", ["الحُكُومَةُ"]),
        ("e\u0301cole", ["e\u0301cole"]),
        ("\u0301 12", ["12"]),
    ],
)
def test_marks_go_with_their_letters(text: str, found: list[str]) -> None:
    assert WORD.findall(text) == found
