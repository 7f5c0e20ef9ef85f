"""What hides, turns around or runs is shown; all that people write stays."""

from __future__ import annotations

import pytest

from polythemes.visible import visible


@pytest.mark.parametrize(
    "text", ["", "a b", "直播\tGröße\n", "שלום مرحبا", "क\u200dष", "=1+1", "<script>"]
)
def test_what_people_write_stays(text):
    assert visible(text) == text


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a\x00b", "a[U+0000]b"),
        ("\x1b[31m", "[U+001B][31m"),
        ("ab\u202e", "ab[U+202E]"),
        ("\u2066x\u2069", "[U+2066]x[U+2069]"),
        ("\ue000", "[U+E000]"),
    ],
)
def test_what_hides_is_shown(text, said):
    assert visible(text) == said
