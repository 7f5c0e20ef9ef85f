"""Words that turn to the reader, ask or offer something, speak of the page."""

from __future__ import annotations

import pytest

from polythemes.cleaning import spoken
from polythemes.cleaning.calls import calls
from polythemes.cleaning.lines import split

PROSE = (
    "Am Rand des Dorfes steht ein Haus aus Lehm, das drei Schwestern {} ohne Bagger "
    "und Bauleiter gebaut haben."
)
BODY = [PROSE.format(word) for word in ("gestern", "damals", "einst", "neulich")]
CALL = (
    "Testen Sie unser Abo jetzt gratis und lesen Sie jeden Morgen unseren Newsletter "
    "mit Geschichten aus Ihrer Nachbarschaft."
)


@pytest.mark.parametrize(
    ("text", "reader", "ask", "page"),
    [
        ("Bestellen Sie jetzt kostenlos unseren Newsletter.", 2, 3, 1),
        ("Register now and support our website for free.", 1, 3, 2),
        ("Daftar sekarang, kami kirim gratis ke redaksi Anda.", 2, 3, 1),
        ("Scopri il nostro sito: la prova costa 5 euro.", 1, 3, 1),
        ("欢迎关注我们的公众号", 1, 2, 1),
        ("Sie wohnt hier. Ihr Hund bellt.", 0, 0, 0),
        ("Er sagte: „Kaufen Sie jetzt unseren Newsletter!“", 0, 0, 0),
        ("The fused freedom of youth", 0, 0, 0),
        ("", 0, 0, 0),
    ],
)
def test_words_of_a_call_are_counted(text: str, reader: int, ask: int, page: int) -> None:
    expected = {"reader": min(reader, 2) / 2, "ask": min(ask, 3) / 3, "page": min(page, 2) / 2}
    assert calls(text) == pytest.approx(expected)


def test_a_long_text_of_opening_marks_is_read_in_one_pass() -> None:
    assert not any(calls("„" * 20_000 + " x").values())


def test_a_call_is_one_where_the_article_makes_none() -> None:
    one = [line.is_("body", "prose") for line in split("\n".join([*BODY, CALL]))]
    assert spoken.Spoken(one).is_call(4)
    assert not spoken.Spoken(one).is_call(0)
    many = [line.is_("body", "prose") for line in split("\n".join([*BODY[:2], CALL, CALL, CALL]))]
    assert not spoken.Spoken(many).is_call(4)


def test_what_the_signs_can_add_is_no_less_than_they_add() -> None:
    lines = [line.is_("body", "prose") for line in split("\n".join([*BODY, CALL]))]
    said, weights = spoken.Spoken(lines), dict.fromkeys(spoken.SIGNS, 1.0)
    for place in range(5):
        assert sum(said.signs(place).values()) <= said.more(place, weights, 0.0)
    assert said.more(0, weights, 0.0) == len(spoken.SIGNS) - 3 < said.more(4, weights, 0.0)
    assert said.more(0, weights, 99.0) == len(spoken.SIGNS)
