"""Articles: the encoding of bytes that carry no mark and are not UTF-8."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polythemes.articles.encodings import guess, told

# The same news in many languages, each in the encodings it is met in.
TEXTS = {
    "de": "Die Stadt kündigte an, dass die neue Straßenbahn im nächsten Frühjahr fährt.",
    "fr": "La ville a annoncé que le tramway sera inauguré à la fin de l'été prochain.",
    "es": "El ayuntamiento anunció que el nuevo tranvía abrirá la próxima primavera.",
    "it": "Il comune ha annunciato che il tram sarà pronto: la città è più vicina.",
    "pt": "A câmara anunciou que o elétrico não abrirá antes da próxima estação.",
    "nl": "De stad meldt dat de coördinatie met België financieel geregeld is.",
    "sv": "Staden meddelade att den nya spårvagnslinjen öppnar nästa vår.",
    "en": "The mayor’s office said the café would “never” reopen – not this year.",
    "id": "Wali kota berkata “tidak” – trem baru dibuka tahun depan, katanya.",
    "pl": "Władze miasta ogłosiły, że nowa linia zostanie otwarta wiosną, choć później.",
    "cs": "Město oznámilo, že nová linka bude otevřena na jaře, řekl mluvčí úřadu.",
    "hu": "A város bejelentette, hogy az új villamos jövő tavasszal indul, fűtéssel.",
    "tr": "Şehir yönetimi yeni hattın gelecek yıl açılacağını duyurdu, dedi sözcü.",
    "ru": "Город объявил, что новая трамвайная линия откроется весной.",
    "uk": "Місто оголосило, що нова трамвайна лінія відкриється навесні.",
    "zh": "市政府宣布，新的有轨电车线路将在明年春天开通，居民们都很高兴。",
    "zh-tw": "市政府宣布，新的有軌電車線路將在明年春天開通，居民們都很高興。",
    "ja": "市は新しい路面電車が来年の春に開業すると発表した。住民は喜んでいる。",
    "ko": "시는 새로운 전차 노선이 내년 봄에 개통될 것이라고 발표했다.",
}
ENCODINGS = {
    **dict.fromkeys(["de", "fr", "es", "it", "pt", "nl", "sv", "en", "id"], ("windows-1252",)),
    **dict.fromkeys(["pl", "cs", "hu"], ("windows-1250",)),
    "tr": ["windows-1254"],
    **dict.fromkeys(["ru", "uk"], ("windows-1251", "koi8-r", "utf-16-le")),
    "zh": ["gb18030", "utf-16-le", "utf-16-be"],
    "zh-tw": ["big5", "gb18030", "utf-16-le"],
    "ja": ["cp932", "euc_jp", "utf-16-be"],
    "ko": ["cp949", "utf-16-le"],
}
MET = [
    (language, encoding)
    for language, found in ENCODINGS.items()
    for encoding in found
    if (language, encoding) != ("uk", "koi8-r")
]


@pytest.mark.parametrize(("language", "encoding"), MET)
def test_a_sentence_is_read_in_its_encoding(language: str, encoding: str) -> None:
    text = TEXTS[language]
    found = guess(text.encode(encoding))
    assert found is not None
    assert (found.text, found.encoding) == (text, encoding)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_latin_letters_in_two_bytes_without_a_mark(encoding: str) -> None:
    for text in (TEXTS["de"], TEXTS["pl"], "plain ASCII"):
        found = guess(text.encode(encoding))
        assert found is not None
        assert (found.text, found.encoding) == (text, encoding)


def test_one_accent_is_enough() -> None:
    found = guess("Only one café is open.".encode("latin-1"))
    assert found is not None
    assert found.encoding == "windows-1252"


def test_chinese_among_latin_names() -> None:
    text = "在Instagram上，的Kim Kardashian和Selena Gomez都是有名的人，这是大家知道的。"
    found = guess(text.encode("gb18030"))
    assert found is not None
    assert found.text == text


def test_mojibake_in_an_old_encoding_does_no_harm() -> None:
    text = TEXTS["de"] * 3 + " fÃ¼r"
    found = guess(text.encode("cp1252"))
    assert found is not None
    assert found.text == text


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Ο δήμος ανακοίνωσε ότι η νέα γραμμή του τραμ θα ανοίξει την άνοιξη.", "cp1253"),
        ("העירייה הודיעה כי קו הרכבת הקלה החדש ייפתח באביב הבא.", "cp1255"),
        ("أعلنت المدينة أن خط الترام الجديد سيفتح في الربيع المقبل.", "cp1256"),
        ("เทศบาลประกาศว่าจะเปิดเส้นทางรถรางสายใหม่ในฤดูใบไม้ผลิหน้า", "tis_620"),
        (TEXTS["ru"], "cp866"),
        (TEXTS["ru"], "iso8859_5"),
        (TEXTS["de"], "cp850"),
    ],
)
def test_what_is_not_plausible_is_not_guessed(text: str, encoding: str) -> None:
    assert guess(text.encode(encoding)) is None


def test_utf_8_with_a_damaged_byte_is_not_taken_for_another_encoding() -> None:
    for language in ("de", "fr", "zh", "ru", "ja"):
        data = TEXTS[language].encode()
        assert guess(data[:20] + b"\x96" + data[20:]) is None


@given(st.sampled_from(MET), st.integers(2, 5))
def test_a_longer_text_is_read_no_worse(met: tuple[str, str], times: int) -> None:
    language, encoding = met
    text = (TEXTS[language] + "\n") * times
    found = guess(text.encode(encoding))
    assert found is not None
    assert found.text == text


@pytest.mark.parametrize(("language", "encoding"), MET)
def test_an_encoding_that_is_named_counts_if_the_letters_are_those_of_a_text(
    language: str, encoding: str
) -> None:
    data = TEXTS[language].encode(encoding)
    found = told(data, encoding.upper())
    assert found is not None
    assert (found.text, found.encoding) == (TEXTS[language], encoding)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Ο δήμος ανακοίνωσε ότι το τραμ ανοίγει.", "greek"),
        ("העירייה הודיעה שהרכבת תיפתח באביב", "cp1255"),
        ("เทศบาลประกาศว่ารถรางจะเปิด", "tis-620"),
        ("أعلنت البلدية أن الترام سيفتح", "windows-1256"),
        ("Město oznámilo, že linka bude otevřena.", "latin2"),
        ("Город объявил, что линия откроется.", "iso-8859-5"),
        ("Город объявил, что линия откроется.", "ibm866"),
    ],
)
def test_encodings_that_are_never_guessed_may_be_named(text: str, named: str) -> None:
    found = told(text.encode(named), named)
    assert found is not None
    assert found.text == text
    if named != "latin2":
        assert told(TEXTS["de"].encode("cp1252"), named) is None


@pytest.mark.parametrize("named", ["unicode_escape", "utf-7", "rot13", "cp037", "idna", "no", ""])
def test_what_is_no_encoding_of_texts_may_not_be_named(named: str) -> None:
    assert told(TEXTS["de"].encode("cp1252"), named) is None
    assert told(TEXTS["ru"].encode("cp1251"), "windows-1252") is None
