"""Repairs: compatibility forms folded, phrases stuffed behind a name taken out."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from polythemes.cleaning import repairs

NAME, STUFFED = "夜书店", "夜书店免费加盟热线"
PIECES = [
    "{}昨天又来了三十位客人，", "有人说{}的灯最暖，", "老街上的{}从不打烊，", "{}只卖旧书，",
    "我在{}门口等了一个小时，", "邻居都喜欢{}的猫，", "{}没有招牌，",
]  # fmt: skip
ARTICLE = "".join(PIECES[i % len(PIECES)].format(STUFFED) for i in range(21))
CLEAN = ARTICLE.replace(STUFFED, NAME)
FOLDED = CLEAN.replace("，", ",")


def repaired(text: str, names: tuple[str, ...] = (NAME,)) -> str:
    """Repair an article that is one passage."""
    article = pd.DataFrame({"article_id": ["1"], "text": [text]})
    return str(repairs.repair(article, article, names=names)["repaired"].iloc[0])


def test_a_stuffed_phrase_is_reduced_to_the_name() -> None:
    assert repairs.stuffing(ARTICLE, [NAME]) == (STUFFED, NAME)
    assert repaired(ARTICLE) == FOLDED


def test_swapped_characters_do_not_hide_the_phrase() -> None:
    swapped = STUFFED.replace("费", "廢").replace("热", "熱")
    text = ARTICLE + f"最后他回到{swapped}睡着了。"
    assert repaired(text) == FOLDED + f"最后他回到{NAME}睡着了。"


def test_full_width_letters_and_radicals_are_folded_first() -> None:
    text = ARTICLE.replace("老街", "⽼街") + "ＡＢ１２"
    assert "⽼" in text
    assert repaired(text) == FOLDED + "AB12"


@pytest.mark.parametrize(
    "text",
    [
        CLEAN,
        CLEAN * 5,  # often, but a mere name
        ARTICLE[: len(ARTICLE) // 2],  # seldom
        ARTICLE + "小店里什么也没有。" * 600,  # seldom for its length
        ARTICLE + CLEAN * 3,  # most copies of the name stand alone
        "",
        "Es regnet. " * 100,
    ],
)
def test_other_texts_stay(text: str) -> None:
    assert repairs.stuffing(text, [NAME]) is None
    assert repaired(text) == text.replace("，", ",")


def test_without_names_nothing_is_taken_out() -> None:
    assert repairs.stuffing(ARTICLE, []) is None
    assert repairs.stuffing(ARTICLE, ["Laden"]) is None
    assert repairs.stuffing(ARTICLE, ["白书店"]) is None


def test_every_passage_is_repaired_by_what_its_own_article_holds() -> None:
    texts = pd.DataFrame({"article_id": ["1", "2"], "text": [ARTICLE, "他在夜书店免费加盟热线。"]})
    cut = pd.DataFrame({"article_id": ["2", "1"], "text": [texts["text"][1], ARTICLE[:30]]})
    found = repairs.repair(texts, cut, names=[NAME])
    assert list(found["text"]) == list(cut["text"])
    assert found["repaired"][0] == cut["text"][0]
    assert STUFFED not in found["repaired"][1]
    assert "repaired" not in cut.columns


@given(st.text(st.sampled_from("夜书店免费加x，"), max_size=60))
def test_reducing_takes_out_whole_phrases_only(text: str) -> None:
    found = repairs.reduce(text, "夜书店免费加", "夜书店")
    assert (len(text) - len(found)) % 3 == 0
    assert repairs.reduce(
        "x" + text.replace("夜", "x"), "夜书店免费加", "夜书店"
    ) == "x" + text.replace("夜", "x")
