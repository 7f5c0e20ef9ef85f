"""Languages are told by script, then by an offline detector."""

from __future__ import annotations

import pandas as pd
import pytest

from polythemes.identify import identify, label
from polythemes.tables import CONTRACTS

TEXTS = {
    "id": "Warung kecil di tepi jalan itu ramai setiap pagi karena kopinya enak dan murah.",
    "de": "Der kleine Laden am Bahnhof öffnet früh, weil die Pendler vor der Arbeit Kaffee wollen.",
    "it": "Il piccolo negozio vicino alla stazione apre presto perché i pendolari vogliono caffè.",
    "en": "The small shop near the station opens early because commuters want coffee before work.",
    "fr": "La petite boutique près de la gare ouvre tôt parce que les voyageurs veulent un café.",
    "es": "La pequeña tienda junto a la estación abre temprano porque los viajeros quieren café.",
    "ru": "Маленький магазин у вокзала открывается рано, потому что люди хотят кофе до работы.",
    "ja": "駅前の小さな店は朝早く開きます。仕事の前にコーヒーを飲みたい人が多いからです。",
    "ko": "역 앞의 작은 가게는 아침 일찍 문을 엽니다. 출근 전에 커피를 마시려는 사람이 많습니다.",
    "zh": "车站旁边的小店开得很早，因为上班的人都想先喝一杯咖啡。",
}


@pytest.mark.parametrize("code", TEXTS)
def test_each_language_is_told(code: str) -> None:
    found, confidence = identify(TEXTS[code])
    assert found == code
    assert 0.5 < confidence <= 1


def test_chinese_full_of_latin_names_is_chinese() -> None:
    text = "ShopTube和TikMart的KOL都在用LiveKit做直播，MCN机构说SaaS和AI是关键。"
    assert identify(text)[0] == "zh"


def test_one_chinese_name_makes_no_chinese_text() -> None:
    assert identify(TEXTS["de"] + " Der Besitzer heißt 王小明.")[0] == "de"


@pytest.mark.parametrize("text", ["", " \n", "12.5 % 2031", "......", "1️⃣ ☎"])
def test_a_text_without_letters_has_no_language(text: str) -> None:
    assert identify(text) == ("und", 0.0)


def test_the_answer_does_not_turn_on_what_was_asked_before() -> None:
    first = {code: identify(text) for code, text in TEXTS.items()}
    assert {code: identify(TEXTS[code]) for code in reversed(TEXTS)} == first


def labelled(given: str, *texts: str) -> pd.DataFrame:
    """Label passages of an article in the language given."""
    table = pd.DataFrame(0, index=range(len(texts)), columns=list(CONTRACTS["passages"]))
    return label(table.drop(columns="confidence").assign(language=given, text=list(texts)))


def test_a_passage_in_another_language_than_its_article_is_labelled_in_its_own() -> None:
    found = labelled("de", *TEXTS.values())
    assert list(found["language"]) == list(TEXTS)
    assert (found["confidence"] > 0.9).all()


@pytest.mark.parametrize("text", ["", "12.5 % 2031", "Kopi.", "Amazon Shop TikTok", "Ja, das Taxi"])
def test_a_passage_that_tells_too_little_keeps_the_language_of_its_article(text: str) -> None:
    found = labelled("id", text)
    assert found["language"].item() == "id"
    assert found["confidence"].item() < 0.95


def test_chinese_in_another_article_is_never_missed() -> None:
    text = "ShopTube和TikMart的KOL都在用LiveKit做直播，MCN机构说SaaS和AI是关键。"
    assert list(labelled("en", TEXTS["en"], text)["language"]) == ["en", "zh"]


def test_malay_is_taken_for_the_indonesian_that_is_known_here() -> None:
    # Seven words of both languages: the detector alone says Malay.
    assert identify("Rumah itu besar dan ada banyak orang")[0] == "id"
