"""The README's gallery shows every figure of `press`, and says nothing that captions do not."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
FIGURES = ROOT / "figures" / "press"
ROW = re.compile(
    r'^\| <img src="figures/press/(?P<name>[^"]+)\.png".*\*\* (?P<said>.*) `press/', re.M
)
SAID = {one["name"]: one["said"] for one in ROW.finditer((ROOT / "README.md").read_text("utf-8"))}
CARDS = {path.stem: json.loads(path.read_text("utf-8")) for path in FIGURES.glob("0*.json")}
NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?(?: %)?")


def numbers(text: str) -> set[str]:
    """Give the numbers of a text as they are written."""
    return {found.rstrip(",") for found in NUMBER.findall(text)}


def test_every_figure_is_there():
    assert sorted(SAID) == sorted(CARDS)


@pytest.mark.parametrize("name", sorted(SAID))
def test_numbers_are_those_of_the_caption(name):
    assert numbers(SAID[name]) <= numbers(CARDS[name]["caption"])


def test_a_number_of_another_time_is_found():
    assert numbers("Of 7,446 words 88 % are kept, 0.69.") == {"7,446", "88 %", "0.69"}
    assert not numbers("41 % of it") <= numbers("42 % of 41 words")
