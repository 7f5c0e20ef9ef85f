"""Passages: whole sentences of even length, which together hold the body and nothing else."""

from __future__ import annotations

import hashlib
from itertools import combinations, pairwise

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from polythemes import cleaning, passages
from polythemes.languages.text import words

SENTENCES = [
    "Der Müller kam zu spät.",
    "Niemand hatte das Stroh gezählt, und so blieb am Ende ein ganzer Wagen übrig.",
    "Es regnete.",
    "Die Schwestern saßen unter dem Vordach und aßen, was die Nachbarn gebracht hatten.",
    "Wer baut heute noch mit Lehm?",
    "Im Herbst stand das Haus, und der Ofen zog beim ersten Mal, obwohl es keiner geglaubt hatte.",
]
PARAGRAPH = " ".join(SENTENCES)
CHINESE = "雨下了一整夜，小店的门还开着。老板说他不困，客人也不想走！谁还记得上一个晴天？"


def article(text: str, language: str = "de", article_id: str = "1") -> pd.DataFrame:
    """Lay out one article."""
    return pd.DataFrame({"article_id": [article_id], "language": [language], "text": [text]})


def cut(text: str, language: str = "de", length: int = 80) -> pd.DataFrame:
    """Clean an article and cut it."""
    found = article(text, language)
    return passages.cut(found, cleaning.clean(found), length=length)


def lines_of(text: str, kinds: list[str]) -> pd.DataFrame:
    """Say what every line of a text is, without cleaning it."""
    pieces = text.split("\n")
    starts = np.cumsum([0, *(len(piece) + 1 for piece in pieces)])[:-1]
    table = pd.DataFrame({"article_id": "1", "line": range(1, len(pieces) + 1), "start": starts})
    table["end"] = table["start"] + [len(piece) for piece in pieces]
    table["kind"] = kinds
    table["kept_end"] = table["end"].where(table["kind"] == "body", table["start"])
    return table


def test_a_passage_says_where_it_stands() -> None:
    found = cut(f"Ein Haus aus Lehm\n\n{PARAGRAPH}\n\n{PARAGRAPH}", length=50)
    assert list(found.columns) == passages.COLUMNS
    assert list(found["passage_id"]) == ["1-01", "1-02"]
    assert list(found["first_line"]) == [3, 5]
    assert list(found["last_line"]) == [3, 5]
    assert list(found["text"]) == [PARAGRAPH] * 2
    assert list(found["start"]) == [19, 19 + len(PARAGRAPH) + 2]
    assert list(found["words"]) == [words(PARAGRAPH)] * 2
    assert set(found["sha256"]) == {hashlib.sha256(PARAGRAPH.encode()).hexdigest()}


def test_a_passage_may_hold_several_lines() -> None:
    found = cut("\n\n".join([PARAGRAPH, *SENTENCES[:2]]), length=200)
    assert list(zip(found["first_line"], found["last_line"], strict=True)) == [(1, 5)]


def test_no_body_gives_no_passage() -> None:
    for text in ("", "\n\n", "......"):
        found = cut(text)
        assert found.empty
        assert list(found.columns) == passages.COLUMNS
    no_lines = cleaning.clean(article("x", article_id="2"))
    assert passages.cut(article(PARAGRAPH), no_lines).empty


@pytest.mark.parametrize("kind", ["heading", "boilerplate", "byline", "title"])
def test_no_passage_crosses_a_line_that_is_out(kind: str) -> None:
    text = "\n".join(["Es regnete.", "Der Müller", "", "Es schneite.", "Es taute."])
    lines = lines_of(text, ["body", kind, "blank", "body", "body"])
    found = passages.cut(article(text), lines, length=80)
    assert list(found["text"]) == ["Es regnete.", "Es schneite.\nEs taute."]


def test_what_was_cut_off_a_line_is_in_no_passage() -> None:
    text = f"{PARAGRAPH} Sie ist Autorin.\nEs taute."
    lines = lines_of(text, ["body", "body"])
    lines.loc[0, "kept_end"] = len(PARAGRAPH)
    found = passages.cut(article(text), lines, length=200)
    assert list(found["text"]) == [PARAGRAPH, "Es taute."]


KINDS = ["body", "body", "body", "heading", "boilerplate", "blank"]
PIECES = st.sampled_from([*SENTENCES, CHINESE, "a, b: c; " * 40, "x" * 300, "!?", "12", "雨" * 350])
LINE = st.tuples(st.sampled_from(KINDS), st.lists(PIECES, min_size=1, max_size=4).map(" ".join))


@given(st.lists(LINE, min_size=1, max_size=12), st.sampled_from([20, 80, 400]))
def test_passages_rejoin_to_the_kept_text(rows: list[tuple[str, str]], length: int) -> None:
    kinds = [kind for kind, _ in rows]
    text = "\n".join("" if kind == "blank" else line for kind, line in rows)
    lines = lines_of(text, kinds)
    found = passages.cut(article(text), lines, length=length)
    kept = [text[row.start : row.kept_end] for row in lines.itertuples()]
    assert "".join("".join(found["text"]).split()) == "".join("".join(kept).split())
    for row in found.itertuples():
        assert text[row.start : row.end] == row.text == row.text.strip() != ""
        inside = lines[(lines["start"] < row.end) & (lines["end"] > row.start)]
        assert set(inside["kind"]) <= {"body", "blank"}
        touched = inside.loc[inside["kind"] == "body", "line"]
        assert (row.first_line, row.last_line) == (touched.iloc[0], touched.iloc[-1])
        assert row.words == words(row.text)
    assert all(one < other for one, other in pairwise(found["passage_id"]))
    spans = zip(found["start"], found["end"], strict=True)
    assert all(one[1] <= other[0] for one, other in pairwise(spans))


@given(st.lists(st.sampled_from(SENTENCES), min_size=30, max_size=60))
def test_passages_are_of_even_length(picked: list[str]) -> None:
    text = "\n".join(" ".join(picked[i : i + 5]) for i in range(0, len(picked), 5))
    found = passages.cut(
        article(text), lines_of(text, ["body"] * (text.count("\n") + 1)), length=60
    )
    total = words(text)
    assert abs(len(found) - total / 60) <= 2
    assert found["words"].between(20, 100).all()


#: A clause of some 10 words in each script without blanks between words, and what parts clauses.
UNSPACED = {
    "th": ("ร้านขนมปังในตลาดเปิดก่อนฟ้าสางทุกวันเพราะลูกค้ามารอ", " "),
    "ja": ("市場のパン屋は毎日夜明け前に店をあけてきゃくをまつ", "。"),
    "lo": ("ຮ້ານເຂົ້າຈີ່ໃນຕະຫຼາດເປີດກ່ອນຟ້າແຈ້ງທຸກມື້ຍ້ອນລູກຄ້າລໍຖ້າ", " "),
    "km": ("ហាងនំប៉័ងក្នុងផ្សារបើកមុនព្រលឹមរាល់ថ្ងៃព្រោះអតិថិជនរង់ចាំ", "។"),
    "my": ("ဈေးထဲကပေါင်မုန့်ဆိုင်သည်နေ့တိုင်းမိုးမလင်းမီဖွင့်လေ့ရှိပါသည်", "။"),
}


@pytest.mark.parametrize("language", list(UNSPACED))
def test_passages_without_blanks_are_of_even_length(language: str) -> None:
    clause, mark = UNSPACED[language]
    assert 7 <= words(clause) <= 12
    paragraph = (clause + mark) * 30
    found = cut(f"{paragraph}\n\n{paragraph}", language)
    assert found["words"].between(60, 100).all()
    assert "".join(found["text"]).count(clause) == 60


def test_a_break_between_paragraphs_costs_less_than_one_inside() -> None:
    paragraphs = [" ".join(SENTENCES[1:4]), " ".join(SENTENCES[3:6]), " ".join(SENTENCES[2:5])]
    text = "\n\n".join(paragraphs)
    assert list(cut(text, length=30)["text"]) == paragraphs


def cost(sizes: list[int], breaks: tuple[int, ...], opens: set[int], wanted: float) -> float:
    """Add up what a way of cutting costs."""
    ends = [0, *breaks, len(sizes)]
    even = sum(((sum(sizes[a:b]) - wanted) / wanted) ** 2 for a, b in pairwise(ends))
    return even + passages.INSIDE * sum(i not in opens for i in breaks)


@given(
    st.lists(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=3), min_size=1, max_size=3)
)
def test_no_other_way_of_cutting_is_better(paragraphs: list[list[str]]) -> None:
    text = "\n".join(" ".join(sentences) for sentences in paragraphs)
    found = passages.cut(article(text), lines_of(text, ["body"] * len(paragraphs)), length=20)
    sizes = [words(one) for sentences in paragraphs for one in sentences]
    opens = set(np.cumsum([0, *(len(sentences) for sentences in paragraphs)]).tolist())
    wanted = sum(sizes) / max(1, round(sum(sizes) / 20))
    inner = range(1, len(sizes))
    ways = [way for n in range(len(sizes)) for way in combinations(inner, n)]
    best = min(cost(sizes, way, opens, wanted) for way in ways)
    ends = np.cumsum(found["words"]).tolist()[:-1]
    taken = tuple(int(np.searchsorted(np.cumsum(sizes), end)) + 1 for end in ends)
    assert cost(sizes, taken, opens, wanted) == pytest.approx(best)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("雨下了一整夜，" * 100, "zh"),
        ("雨" * 1000, "zh"),
        ("word " * 500, "en"),
        ("one, two: three; four " * 120, "en"),
        ("1,234 und 5:30 dazu " * 100, "de"),
    ],
)
def test_a_sentence_that_is_far_too_long_is_cut(text: str, language: str) -> None:
    found = cut(text, language)
    assert len(found) > 1
    assert found["words"].between(40, 140).all()
    assert "".join("".join(found["text"]).split()) == "".join(text.split())
    assert not any(piece.endswith(("1,", "5:")) for piece in found["text"])


def test_marks_alone_are_no_passage() -> None:
    found = cut(f"{PARAGRAPH} ! ? ! ...\n{PARAGRAPH}", length=50)
    assert len(found) == 2
    assert found["text"][0].endswith("! ? ! ...")


@pytest.mark.parametrize("language", ["und", "fr", "ja", "ru"])
def test_a_language_without_a_record_is_cut_too(language: str) -> None:
    text = {"fr": "La pluie tombait. « Encore ! » dit-il. ", "ja": "雨が降った。店は開いている。"}
    found = cut(text.get(language, "Дождь шёл всю ночь. А лавка открыта? ") * 40, language)
    assert len(found) > 1
    assert found["words"].between(50, 120).all()


def test_the_order_of_articles_and_lines_does_not_matter() -> None:
    both = pd.concat([article(PARAGRAPH * 3, "de", "2"), article(CHINESE * 20, "zh", "1")])
    lines = cleaning.clean(both)
    found = passages.cut(both, lines)
    turned = passages.cut(both[::-1], lines.sample(frac=1, random_state=1))
    pd.testing.assert_frame_equal(found, turned)
    assert list(found["article_id"]) == sorted(found["article_id"])
