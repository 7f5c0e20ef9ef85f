"""Articles: which files are read, what is in them, and what is wrong with the others."""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import json
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polythemes import settings
from polythemes.articles import dates, html, kinds, markdown, rows, separated, texts
from polythemes.errors import PolythemesError

# --- files ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("file", "kind"),
    [
        ("a.txt", ".txt"),
        ("a.TXT.GZ", ".txt"),
        ("de/a.b.html", ".html"),
        ("a.jsonl.gz", ".jsonl"),
        ("a.tar.gz", ""),
        ("a.gz", ""),
        ("a.txt.pdf", ""),
        ("txt", ""),
    ],
)
def test_a_kind_is_told_by_the_end_of_the_name(file: str, kind: str) -> None:
    assert kinds.kind(file) == kind


def test_files_are_in_the_order_of_their_places(tmp_path: Path) -> None:
    for place in ("b/a.txt", "b.txt", "a/z.pdf", "a/readme.md.gz", "a/.x/y.txt", "README", "c.gz"):
        (tmp_path / place).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / place).write_bytes(b"x")
    found = [path.relative_to(tmp_path).as_posix() for path in kinds.inside(tmp_path)]
    assert found == ["a/z.pdf", "b.txt", "b/a.txt", "c.gz"]
    assert kinds.inside(tmp_path / "missing") == []


def test_a_folder_that_cannot_be_looked_into_is_told(tmp_path: Path, monkeypatch) -> None:
    for place in ("locked/a.txt", "open/a.txt"):
        (tmp_path / place).parent.mkdir()
        (tmp_path / place).write_bytes(b"x")
    # Rights are not withheld from the user root.
    monkeypatch.setattr(kinds.os, "access", lambda path, _: path.name != "locked")
    found = [path.relative_to(tmp_path).as_posix() for path in kinds.inside(tmp_path)]
    assert found == ["locked", "locked/a.txt", "open/a.txt"]
    with pytest.raises(PolythemesError, match=r"^locked cannot be read: .*take it away"):
        kinds.content(tmp_path / "locked", "locked")


@given(st.binary())
def test_packing_is_undone_and_always_the_same(data: bytes) -> None:
    one = kinds.packed(data, "a.txt.gz")
    assert kinds.unpacked(one, "a.txt.gz") == data
    assert kinds.packed(data, "b.GZ") == one
    assert kinds.packed(data, "a.txt") == data


@pytest.mark.parametrize("data", [b"", b"text", gzip.compress(b"x" * 99, mtime=0)[:-5]])
def test_a_damaged_gzip_file_is_told(data: bytes) -> None:
    if not data:
        assert kinds.unpacked(data, "a.gz") == b""
        return
    with pytest.raises(PolythemesError, match=r"^a\.gz is no whole gzip file: .*; fetch it anew"):
        kinds.unpacked(data, "a.gz")


def test_a_gzip_bomb_is_told(monkeypatch) -> None:
    monkeypatch.setattr(kinds, "LARGEST", 100)
    assert kinds.unpacked(gzip.compress(b"x" * 99, mtime=0), "a.gz") == b"x" * 99
    with pytest.raises(PolythemesError, match=r"^a\.gz unpacks to 100 bytes or more; cut it"):
        kinds.unpacked(gzip.compress(b"x" * 100, mtime=0), "a.gz")


# --- dates ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("told", "date"),
    [
        ("2031", "2031"),
        ("2031-02", "2031-02"),
        ("2031-02-03", "2031-02-03"),
        ("2031-02-03T23:59:59+02:00", "2031-02-03"),
        ("2031-02-03 10:00", "2031-02-03"),
        ("2031/2/3", "2031-02-03"),
        ("20310203", "2031-02-03"),
        ("2031年2月3日", "2031-02-03"),
        ("2031年2月", "2031-02"),
        ("3.2.2031", "2031-02-03"),
        ("03. 02. 2031, 10:00", "2031-02-03"),
        ("Mon, 03 Feb 2031 10:00:00 GMT", "2031-02-03"),
        ("20310203T100000Z", "2031-02-03"),
        ("2031年2月3日 10:00", "2031-02-03"),
        ("2031.02.03", "2031-02-03"),
        ("2031年", "2031"),
        ("2024 Feb 3", ""),
        ("2024 articles", ""),
        ("2024-02 to 2024-03", ""),
        ("2024-02-03 - 2024-02-05", ""),
        ("2024-02-03/2024-02-05", ""),
        ("1.2.2024 bis 3.2.2024", ""),
        ("1.2.2024, 3.2.2024", ""),
        ("3/4/2031", ""),
        ("2031-02-30", ""),
        ("1896300000", ""),
        ("yesterday", ""),
        ("", ""),
    ],
)
def test_a_date_is_written_as_in_iso_8601(told: str, date: str) -> None:
    assert dates.normal(told) == date


@given(st.text(max_size=20))
def test_whatever_is_told_gives_a_date_or_none(told: str) -> None:
    found = dates.normal(told)
    assert found == "" or dates.is_date(found)


# --- rows -----------------------------------------------------------------------------------------


def test_json_lines() -> None:
    lines = [
        json.dumps({"content": "One\r\ntext.", "headline": "A  title", "authors": ["A", "B"]}),
        "",
        json.dumps({"Text": "Two.", "DATE": 2031, "source": None, "lang": "de"}),
    ]
    found = rows.json_lines("\n".join(lines), "a.jsonl", {})
    assert found.faults == []
    assert [(number, text) for number, text, _ in found.found] == [(1, "One\ntext."), (3, "Two.")]
    told = [told for _, _, told in found.found]
    assert (told[0]["title"], told[0]["author"]) == ("A title", "A, B")
    assert (told[1]["date"], told[1]["source"], told[1]["language"]) == ("2031", "", "de")


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        (
            '{"text": "broken',
            "a.jsonl, line 2 is no JSON: Unterminated string starting at: charact",
        ),
        ("[" * 99_999, "a.jsonl, line 2 is no JSON: "),
        ("[1]", 'a.jsonl, line 2 is no JSON object; {"text": "..."} is allowed: mend it'),
        (
            '{"story": "x"}',
            "a.jsonl, line 2 has no column of text: there is story; allowed is text",
        ),
        (
            '{"text": " "}',
            "a.jsonl, line 2 holds no text: 'text' is empty; fill it in, or take the",
        ),
        ('{"text": null}', "a.jsonl, line 2 holds no text: 'text' is empty"),
        ('{"text": 7}', "a.jsonl, line 2 holds no text: 'text' is 7"),
        (r'{"text": "a\u0000b"}', "a.jsonl, line 2 holds characters of no text (control codes)"),
        (r'{"text": "\ud800"}', "a.jsonl, line 2 holds half a character"),
    ],
)
def test_a_row_that_is_no_article_is_told_and_the_rest_goes_on(line: str, fault: str) -> None:
    text = f'{{"text": "First."}}\n{line}\n{{"text": "Last."}}'
    found = rows.json_lines(text, "a.jsonl", {})
    assert [number for number, _, _ in found.found] == [1, 3]
    (told,) = found.faults
    assert told.startswith(fault)


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_table(delimiter: str) -> None:
    text = 'Headline| Text |Date\n"A, title"|"One; ""quoted""\ttext\nin lines."|2031\n\nB|Two.|\n'
    found = rows.table(text.replace("|", delimiter), "a.csv", {})
    assert found.faults == []
    assert [row[:2] for row in found.found] == [(2, 'One; "quoted"\ttext\nin lines.'), (5, "Two.")]
    assert found.found[0][2]["title"] == "A, title"
    assert found.found[0][2]["date"] == "2031"


@pytest.mark.parametrize(
    ("broken", "faults"),
    [
        (
            "2,a, b, c",
            ["a.csv, line 3: 4 values under 2 columns; a value that holds the separator"],
        ),
        ("2", ["a.csv, line 3: 1 values under 2 columns"]),
        ('"2"x,a', ["a.csv, line 3 is broken: ',' expected after '\"'; mend the row, or take it"]),
        ("2,", ["a.csv, line 3 holds no text: 'text' is empty; fill it in"]),
        ('2,"never closed', ["a.csv, line 3 is broken: unexpected end of data; mend the row"]),
        (
            '2,"one\ntwo, three\n\nfour, five"x',
            ["a.csv, line 3 is broken: ',' expected after '\"'; lines 4 to 6, which may be pieces"],
        ),
    ],
)
def test_after_a_broken_row_reading_goes_on(broken: str, faults: list[str]) -> None:
    found = rows.table(f"id,text\n1,First.\n{broken}\n3,Last.\n", "a.csv", {})
    assert [text for _, text, _ in found.found] == ["First.", "Last."]
    assert len(found.faults) == len(faults)
    for told, fault in zip(found.faults, faults, strict=True):
        assert told.startswith(fault)


#: What begins four rows: numbers, keys, dates, words and addresses.
BEGINS = [
    ["2031-02-01", "2031-02-02", "2031-02-03", "2031-02-04"],
    ["a1", "a2", "a3", "a4"],
    ["1", "2", "3", "4"],
    ["A title", "Another", '"A third, one"', "The last of 4"],
    ["http://a.org/x-1", "http://a.org/2", "http://b.org/some", "http://b.org/"],
]


@pytest.mark.parametrize("begins", BEGINS)
@pytest.mark.parametrize("good", [0, 1])
def test_pieces_of_a_broken_row_are_no_articles(begins: list[str], good: int) -> None:
    broken = '"he wrote,\nand then, so\nmuch more , of it\nor 1,5 and\n2,5 or\n\nto say.'
    texts = [*["First."][:good], broken, '"Third, of\nthem."', "Fourth."]
    lines = [f"{begin},{text}\n" for begin, text in zip(begins[1 - good :], texts, strict=True)]
    found = rows.table("id,text\n" + "".join(lines), "a.csv", {})
    assert [row[1] for row in found.found] == [*texts[:good], "Third, of\nthem.", "Fourth."]
    (fault,) = found.faults
    assert fault.startswith(f"a.csv, line {good + 2} is broken: ',' expected after '\"'; lines ")
    assert f"; lines {good + 3} to {good + 8}, which may be pieces" in fault


def test_what_may_be_prose_is_not_trusted() -> None:
    # One column; commas set as in prose; first values that are all numbers, where this one is none.
    for text in (
        'text\n"A"\n"B\nC\nD\n',
        'id, text\nx, A\n"y, B\nz, C\nand, D\n',
        'id,text\n1,A\n2,B\n3,"C\nthis,one\nthat,one\n',
    ):
        found = rows.table(text, "a.csv", {})
        assert [row[1].strip() for row in found.found] == ["A", "B"][: text.count("1") + 1]
        assert f"to {text.count(chr(10))}, which may be pieces" in found.faults[-1]


@given(st.lists(st.lists(st.text('a1 ,"\\n;'), min_size=3, max_size=3), max_size=9))
def test_a_table_that_is_whole_is_read_as_it_was_written(values: list[list[str]]) -> None:
    file = io.StringIO()
    csv.writer(file, lineterminator="\n").writerows([["a", "b", "c"], *values])
    lines = [f"{line}\n" for line in file.getvalue().removesuffix("\n").split("\n")]
    found = separated.records(lines, ",")
    assert [one.fault for one in found] == [""] * len(found)
    assert [one.values for one in found[1:]] == values


def test_a_quote_that_is_never_closed_does_not_turn_the_rest_over() -> None:
    text = 'id,text\n1,"One, a"\n2,"open, b\n3,"Three, c\nd"\n4,"Four ""e"""\n'
    found = rows.table(text, "a.csv", {})
    assert [row[:2] for row in found.found] == [(2, "One, a"), (4, "Three, c\nd"), (6, 'Four "e"')]
    assert len(found.faults) == 1


def test_a_quote_that_is_never_opened_does_not_make_articles_of_pieces() -> None:
    text = 'id,text\n1,"One."\n2,open, b\nand so, on"\n3,"Three, ""c"""\n4,Four.\n'
    found = rows.table(text, "a.csv", {})
    assert [row[:2] for row in found.found] == [(2, "One."), (5, 'Three, "c"'), (6, "Four.")]
    assert len(found.faults) == 2
    # A quote within a value that stands in a row like the others does no harm.
    found = rows.table('id,text\n1,One.\n2,A 5" nail "b"\n', "a.csv", {})
    assert [row[1] for row in found.found] == ["One.", 'A 5" nail "b"']


def test_quotes_may_be_escaped_throughout() -> None:
    text = 'id,text\n1,"He said \\"yes\\", and C:\\new"\n2,"\\"No\\"\nhe said"\n'
    found = rows.table(text, "a.csv", {})
    assert found.faults == []
    wanted = [(2, 'He said "yes", and C:\\new'), (3, '"No"\nhe said')]
    assert [row[:2] for row in found.found] == wanted
    # Where it does not make all rows fit, the row is broken.
    found = rows.table(text + '3,"open\n', "a.csv", {})
    assert [row[:2] for row in found.found] == []
    assert found.faults[0].startswith("a.csv, line 2 is broken: ")


def test_what_spreadsheets_write_first_is_passed_over() -> None:
    for first in ("sep=;\n", "\n", '"sep=;"\n\n'):
        found = rows.table(f"{first}id;text\n1;One.\n", "a.csv", {})
        assert found.faults == []
        assert [row[:2] for row in found.found] == [(first.count("\n") + 2, "One.")]


def test_two_columns_of_one_name_are_told() -> None:
    with pytest.raises(
        PolythemesError, match=r"^a\.csv has two columns 'Text', and one is read; re"
    ):
        rows.table("id,Text,text\n1,A,B\n", "a.csv", {})
    assert rows.table("id,id,text\n1,A,B\n", "a.csv", {}).found[0][1] == "B"


def test_an_array_is_told_once() -> None:
    text = json.dumps([{"text": "One."}, {"text": "Two."}], indent=1)
    with pytest.raises(
        PolythemesError, match=r"^a\.jsonl is a JSON array; write one object a line"
    ):
        rows.json_lines(text, "a.jsonl", {})


def test_a_value_may_be_long() -> None:
    text = "word " * 100_000
    assert rows.table(f"id,text\n1,{text}\n", "a.csv", {}).found[0][1] == text


def test_columns_that_the_corpus_names_are_tried_first() -> None:
    names = {"text": ("Story", "news"), "title": ("text",)}
    found = rows.table("text,news,story,headline\nA,N,B,C\n", "a.csv", names).found
    assert found[0][1] == "B"
    assert found[0][2]["title"] == "A"
    assert rows.table("text,news\nA,N\n", "a.csv", names).found[0][1] == "N"
    # Then the usual names, but for one that is given to another column.
    (_, text, told), *_ = rows.table("headline,text,body\nC,A,B\n", "a.csv", names).found
    assert (text, told["title"]) == ("B", "A")
    assert rows.json_lines('{"headline": "C", "body": "B"}', "a", names).found[0][2]["title"] == "C"


def test_a_missing_column_of_text_is_told_with_the_names_that_are_tried() -> None:
    with pytest.raises(PolythemesError) as error:
        rows.table("text,x\nA,B\n", "a.csv", {"text": ("Story",), "title": ("text",)})
    assert str(error.value) == (
        "a.csv has no column of text: there is text, x; allowed is Story, content, body, article, "
        "article_text, fulltext, full_text, or name it too in corpus.toml under [columns], as in "
        'text = ["Story", "news"]'
    )


def test_settings_name_the_columns_that_are_read() -> None:
    assert set(settings.COLUMNS) == set(rows.COLUMNS)


def test_a_table_without_a_column_of_text_is_told() -> None:
    for text in ("id,story\n1,x\n", '"text\n', "\n"):
        with pytest.raises(
            PolythemesError, match=r"^a\.csv has no column of text: there is .*\[col"
        ):
            rows.table(text, "a.csv", {})


# --- pages ----------------------------------------------------------------------------------------

PARAGRAPHS = [
    f"This is paragraph {i} of an article on the {word} of the town, long enough for prose."
    for i, word in enumerate(["trams", "bakers", "bridges", "gardens"])
]
PAGE = """<!DOCTYPE html>
<html lang="en-GB"><head><meta charset="{charset}"><title>A title – The Café</title>
<meta name="author" content="Anna Berg"><meta property="og:site_name" content="The Café">
{more}</head><body><nav><a href="/">Home</a> <a href="/s">Sport</a></nav>
<article><h1>A title</h1>{body}</article><footer>Imprint</footer></body></html>"""
DATE = '<meta property="article:published_time" content="2031-02-03T10:00:00+01:00">'


def page(charset: str = "utf-8", more: str = DATE) -> str:
    """Lay out a page with an article."""
    body = "".join(f"<p>{one}</p>\n" for one in PARAGRAPHS)
    return PAGE.format(charset=charset, more=more, body=body)


def test_the_article_and_what_is_told_of_it() -> None:
    text, told = html.read(page())
    assert [line for line in text.split("\n") if line in PARAGRAPHS] == PARAGRAPHS
    assert "Imprint" not in text
    assert "<" not in text
    assert told == {
        "title": "A title",
        "author": "Anna Berg",
        "date": "2031-02-03",
        "source": "The Café",
        "language": "en",
    }


def test_no_answer_hangs_on_the_clock(monkeypatch) -> None:
    """A date that is still to come on this machine is read, and none is made up."""
    ahead = page(more=DATE.replace("2031", "2091"))
    assert html.read(ahead)[1]["date"] == "2091-02-03"
    import htmldate.core
    import htmldate.validators

    class Early(datetime):
        @classmethod
        def now(cls, tz=None):
            return cls(1999, 1, 1, tzinfo=tz)

    for module in (htmldate.core, htmldate.validators):
        if hasattr(module, "datetime"):
            monkeypatch.setattr(module, "datetime", Early)
    assert html.read(page())[1]["date"] == "2031-02-03"
    assert html.read(page(more=""))[1]["date"] == ""


def test_a_page_is_read_the_same_again() -> None:
    assert html.read(page()) == html.read(page())


def test_where_no_article_is_found_all_visible_text_is_taken() -> None:
    bare = "<html><body><div>One.<br>Two &amp; three.</div><script>no</script></body></html>"
    assert html.read(bare)[0].split("\n") == ["One.", "Two & three."]
    assert html.visible("<ul><li>A<li>B <i>c</i></ul><style>x</style>") == "A\nB c"
    assert html.visible("<head><script>var x</script><p>never closed") == ""


def test_the_encoding_that_a_page_names_counts() -> None:
    text = page("koi8-r").replace(PARAGRAPHS[0], "Город " + PARAGRAPHS[0])
    (one,), _ = texts.take(text.encode("koi8-r", "ignore"), "a.html", columns={})
    assert one.encoding == "koi8-r"
    assert one.text.split("\n").count("Город " + PARAGRAPHS[0]) == 1
    assert html.charset(b"<meta charset=gb2312>") == "gb2312"
    assert html.charset(b"<?xml version='1.0' encoding='Big5'?>") == "big5"
    assert html.charset(b"<p>") == ""


def test_rows_of_a_table_do_not_begin_with_a_stroke() -> None:
    rest = f"<p>{PARAGRAPHS[1]} {PARAGRAPHS[2]} {PARAGRAPHS[3]}</p>"
    cells = "<tr><th>City</th><th>Trams</th></tr><tr><td>Rome</td><td>5</td></tr>"
    long = f"<tr><td>{PARAGRAPHS[0]}</td></tr>"
    text = f"<html><body><article>{rest}<table>{cells}{long}</table>{rest}</article></body></html>"
    lines = html.read(text)[0].split("\n")
    assert lines[1:-1] == ["City | Trams", "Rome | 5", PARAGRAPHS[0]]


def test_odd_pages_do_no_harm() -> None:
    for odd in ("<", "<html>", "<p>\x02text", "<!-- -->", "plain text", "<div>" * 3000 + "deep"):
        text, told = html.read(odd)
        assert isinstance(text, str)
        assert set(told) == {"title", "author", "date", "source", "language"}


CHARACTERS = st.characters(exclude_categories=("Cc", "Cs"), exclude_characters="\ufeff")


# --- Markdown -------------------------------------------------------------------------------------

MATTER = """---
title: "Bread: a 'small' book"
Author: [Ada B., 'Bo C.']
date: 2031-02-03
source: Town Sheet
tags:
  - bread
---

# Bread

Text.
"""


def test_a_markdown_text_tells_of_itself() -> None:
    (one,), _ = texts.take(MATTER.encode(), "a.md", columns={})
    told = {name: value for name, value in one.told.items() if value}
    assert told == {
        "title": "Bread: a 'small' book",
        "author": "Ada B., Bo C.",
        "date": "2031-02-03",
        "source": "Town Sheet",
    }
    assert one.text == "\n" * 9 + "Bread\n\nText.\n"
    (own,), _ = texts.take(MATTER.encode(), "a.md", columns={"source": ("author",)})
    assert own.told["source"] == "Ada B., Bo C."


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("# Bread #\n\nText.\n", "Bread"),
        ("Text.\n\n---\ntitle: No\n---\n", ""),
        ("---\ntitle: No end\n\nText.\n", ""),
        ("#hash\n## Second\n", ""),
        ("---\n# no: title\n---\n## A\n\n```\n# no\n```\n\n# *B* [c](d)\n# E", "B c"),
        ("Bread\n=====\n", "Bread"),
    ],
)
def test_the_title_of_a_markdown_text(text: str, title: str) -> None:
    assert texts.take(text.encode(), "a.md", columns={})[0][0].told["title"] == title
    # A plain text may hold such lines for whatever reason.
    assert texts.take(text.encode(), "a.txt", columns={})[0][0].told == {}


#: Lines of Markdown, and the words of each.
MARKED = """
# A **bold** title # | A bold title
First *em*, __strong__, _it_, | First em, strong, it,
[a text](http://a.org "t"), ![alt](i.png) | a text,
a_name, 2 * 3 * 4, \\*star\\*, | a_name, 2 * 3 * 4, *star*,
&amp; <b>x</b><br/>y `code` ~~gone~~ | & x y code gone
<http://b.org> and [ref][1] and [none] | http://b.org and ref and [none]
 |
[1]: http://c.org |
> A **line** of | A line of
> a quotation | a quotation
 |
- one | • one
* two | • two
  more | more
  3) deep | 3) deep
 |
1986. A year. | 1986. A year.
 |
    indented *four* | indented four
 |
A heading | A heading
--- |
<div>One <b>block</b> | One block
</div> |
 |
``` |
x = *1* | x = *1*
``` |
他说：**“你好。”**然后**走**了。 | 他说：“你好。”然后走了。
*** |
"""


def test_the_marks_of_markdown_are_no_words() -> None:
    lines = [line.rpartition(" |") for line in MARKED.strip("\n").split("\n")]
    text = "\n".join(marked for marked, _, _ in lines)
    (one,), _ = texts.take(text.encode(), "a.md", columns={})
    assert [line.strip() for line in one.text.split("\n")] == [words.strip() for *_, words in lines]
    assert texts.take(text.encode(), "a.txt", columns={})[0][0].text == text
    # The digests are of what came, whatever is read out of it.
    assert (one.sha256, one.plain) == (hashlib.sha256(text.encode()).hexdigest(),) * 2


def test_a_table_of_markdown_keeps_its_rows() -> None:
    text = "| a | *b* |\n|---|:-:|\n| c \\| d | |\n\nEnd\n"
    assert markdown.read(text)[0] == "a | b\n\nc | d\n\nEnd\n"


@given(st.text(st.sampled_from("a 1.*_[]()!#>-+`~|<>/&;:\\\n") | CHARACTERS))
def test_markdown_keeps_its_lines_whatever_stands_there(text: str) -> None:
    words, _ = markdown.read(text)
    assert words.count("\n") == text.count("\n")
    assert bool(words.strip()) == bool(text.strip())


# --- whatever the kind ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("file", "data", "message"),
    [
        ("a.txt", b" \n", "a.txt is empty; an article needs text: take the file away or fill it"),
        ("a.csv", b"", "a.csv is empty; "),
        ("a.csv", b"text\n", "a.csv has no row; put one for every article below the names of the"),
        ("a.html", b"<html><script>x</script></html>", "a.html is a page without a text to read; "),
        (
            "a.pdf",
            b"%PDF",
            "a.pdf is of a kind that is not read; .txt, .md, .html, .htm, .jsonl, .c",
        ),
        (
            "a\\b.txt",
            b"x",
            r"'a\\b.txt' cannot be named in a catalogue; rename it without \ and",
        ),
        ("a\udcff.txt", b"x", r"'a\udcff.txt' cannot be named in a catalogue"),
        ("a\nb.txt", b"x", r"'a\nb.txt' cannot be named in a catalogue"),
        ("a.jsonl", b"\x00\x01", "a.jsonl is not text but a binary file"),
    ],
)
def test_a_file_without_an_article_is_told(file: str, data: bytes, message: str) -> None:
    with pytest.raises(PolythemesError) as error:
        texts.take(data, file, columns={})
    assert str(error.value).startswith(message)


WRITTEN = st.text(CHARACTERS | st.sampled_from('\n\t",;'), min_size=1).filter(str.strip)


@given(st.lists(WRITTEN, min_size=1, max_size=5))
def test_rows_and_files_of_the_same_texts_are_the_same_texts(wanted: list[str]) -> None:
    table = "".join('"{}"\n'.format(one.replace('"', '""')) for one in wanted)
    lines = "".join(json.dumps({"text": one}) + "\n" for one in wanted)
    files = [texts.take(one.encode(), "a.txt", columns={})[0][0] for one in wanted]
    for name, content in (("a.csv", "text\n" + table), ("a.jsonl", lines)):
        taken, faults = texts.take(content.encode(), name, columns={})
        assert faults == []
        assert [one.text for one in taken] == wanted == [one.text for one in files]
        assert [one.sha256 for one in taken] == [one.sha256 for one in files]
