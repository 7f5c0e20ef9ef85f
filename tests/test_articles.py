"""Articles: bytes to characters, the catalogue, and what is brought in."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from polythemes import articles
from polythemes.articles import catalogue
from polythemes.errors import PolythemesError

GERMAN = "Für die Bäcker der Stadt lohnt sich das Geschäft, sagt die Müllerin später."
CHINESE = "小店的老板说，他在这条街上卖了三十年的面，没有一天不开门，客人都是老街坊。"
TAIWANESE = "這家麵店的老闆說，他在這條街上賣了三十年的麵，沒有一天不開門，客人都是老鄰居。"
JAPANESE = "日本の小さな商店は、静かな通りで毎日のように新鮮な野菜を販売している。"
KOREAN = "한국의 작은 가게들은 조용한 거리에서 매일 신선한 채소를 판매하고 있다."
RUSSIAN = "Маленькие магазины продают овощи на тихой улице, и это меняет город."


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (GERMAN.encode(), "utf-8"),
        (GERMAN.encode("utf-8-sig"), "utf-8-sig"),
        (GERMAN.encode("utf-16"), "utf-16"),
        (b"\xfe\xff" + GERMAN.encode("utf-16-be"), "utf-16"),
        (CHINESE.encode(), "utf-8"),
        (CHINESE.encode("gb18030"), "gb18030"),
        (TAIWANESE.encode("gb18030"), "gb18030"),
        (CHINESE.encode("utf-16"), "utf-16"),
    ],
)
def test_text_is_read_in_its_encoding(data: bytes, encoding: str) -> None:
    text, found = articles.decode(data, "a.txt")
    assert text in (GERMAN, CHINESE, TAIWANESE)
    assert found == encoding


@pytest.mark.parametrize(
    "data",
    [
        GERMAN.encode("utf-32"),
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
        b"PK\x03\x04\x14\x00\x08\x00",
        bytes(range(256)) * 4,
        b"\x00",
        b"\x01\x02",
        b"a\x00b" * 2000,
        b"\xff\xfe" + b"\x00\x01\x02" * 9,
    ],
)
def test_a_binary_file_is_told(data: bytes) -> None:
    expected = "a.txt is not text but a binary file; save it as UTF-8 text, or take the file away"
    with pytest.raises(PolythemesError, match=f"^{re.escape(expected)}$"):
        articles.decode(data, "a.txt")


@pytest.mark.parametrize(
    "data",
    [
        RUSSIAN.encode("cp866"),
        GERMAN.encode("cp850"),
        GERMAN.encode() + b"\xfc",  # UTF-8 of which one byte is damaged
        CHINESE.encode()[:-1],
        b"\xef\xbb\xbf" + GERMAN.encode("latin-1"),
    ],
)
def test_an_encoding_that_cannot_be_told_is_told(data: bytes) -> None:
    expected = r"^a\.txt is in none of the encodings known \(UTF-8, .*\); save it as UTF-8 text, or"
    with pytest.raises(PolythemesError, match=expected):
        articles.decode(data, "a.txt")


def test_the_encoding_that_the_catalogue_names_is_taken() -> None:
    data = RUSSIAN.encode("cp866")
    assert articles.decode(data, "a.txt", encoding="cp866") == (RUSSIAN, "cp866")
    for wrong in ("utf-8", "no-such"):
        with pytest.raises(PolythemesError, match=f"^a.txt is not {wrong}, the encoding that cat"):
            articles.decode(data, "a.txt", encoding=wrong)


def test_the_encoding_that_a_text_names_counts_where_it_is_not_utf_8() -> None:
    data = RUSSIAN.encode("cp866")
    assert articles.decode(data, "a.txt", hint="cp866") == (RUSSIAN, "cp866")
    for wrong in ("unicode_escape", "utf-7", "rot13", "windows-1252", "no-such", "koi8-r", "gbk"):
        assert articles.decode(RUSSIAN.encode("cp1251"), "a.txt", hint=wrong)[0] == RUSSIAN
    greek = "Ο δήμος ανακοίνωσε ότι το νέο τραμ θα ανοίξει την άνοιξη."
    data = greek.encode("iso-8859-7")
    assert articles.decode(data, "a.txt", hint="iso-8859-7") == (greek, "iso-8859-7")
    assert articles.decode(RUSSIAN.encode(), "a.txt", hint="cp866") == (RUSSIAN, "utf-8")
    assert articles.decode(CHINESE.encode("gbk"), "a.txt", hint="gb2312")[1] == "gb18030"
    assert articles.decode(GERMAN.encode("cp1252"), "a.txt", hint="utf-8")[1] == "windows-1252"


@pytest.mark.parametrize(
    "data", [b"", b" \n\t\r\n", b"\xef\xbb\xbf", b"\xff\xfe", b"\xff\xfe\n\x00"]
)
def test_an_empty_text_is_told(data: bytes) -> None:
    with pytest.raises(PolythemesError, match=r"^a\.txt is empty; an article needs text: take"):
        articles.decode(data, "a.txt")


def test_stray_control_characters_do_no_harm() -> None:
    text = GERMAN + "\x02 und\x1f " + GERMAN
    assert articles.decode(text.encode(), "a.txt") == (text, "utf-8")


@given(st.lists(st.sampled_from(["a", "書", "\r\n", "\r", "\n", "\r\r\n"]), min_size=1))
def test_line_ends_become_unix_ends(pieces: list[str]) -> None:
    text = "x" + "".join(pieces)
    found, _ = articles.decode(text.encode(), "a.txt")
    assert "\r" not in found
    assert found.split("\n") == re.split("\r\n|\r|\n", text)


def test_digest_is_sha256() -> None:
    assert articles.digest(b"abc") == hashlib.sha256(b"abc").hexdigest()
    assert articles.digest(b"abc").startswith("ba7816bf")


def test_files_are_texts_sorted_by_name(tmp_path: Path) -> None:
    for name in ("b.TXT", "a.md", ".hidden.txt", "README.md", "readme.txt", "c.pdf", "c", "ä.txt"):
        (tmp_path / name).write_text("x", encoding="utf-8")
    (tmp_path / "folder.txt").mkdir()
    (tmp_path / "folder.txt/deep.htm.gz").write_bytes(b"x")
    (tmp_path / ".hidden").mkdir()
    (tmp_path / ".hidden/a.txt").write_bytes(b"x")
    found = [path.relative_to(tmp_path).as_posix() for path in articles.files(tmp_path)]
    assert found == ["a.md", "b.TXT", "folder.txt/deep.htm.gz", "ä.txt"]
    assert articles.files(tmp_path / "missing") == []


def row(article_id: str, file: str, data: bytes, **more: str) -> dict[str, str]:
    """Describe a text as a catalogue does."""
    return {"article_id": article_id, "file": file, "sha256": articles.digest(data), **more}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Lay out two texts."""
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "b.txt").write_bytes(GERMAN.encode())
    (folder / "a.txt").write_bytes(CHINESE.encode("gb18030"))
    return folder


@pytest.fixture
def listed(folder: Path) -> pd.DataFrame:
    """Catalogue them, in another order."""
    found = [row("002", "a.txt", CHINESE.encode("gb18030")), row("001", "b.txt", GERMAN.encode())]
    return pd.DataFrame(found).reindex(columns=catalogue.COLUMNS, fill_value="")


def test_texts_are_read_in_the_order_of_their_ids(listed: pd.DataFrame, folder: Path) -> None:
    found = articles.read(listed, folder)
    assert list(found["article_id"]) == ["001", "002"]
    assert list(found["text"]) == [GERMAN, CHINESE]
    assert list(found["encoding"]) == ["utf-8", "gb18030"]
    turned = articles.read(listed[::-1], folder)
    pd.testing.assert_frame_equal(found, turned)


def test_present_lists_the_texts_at_hand(listed: pd.DataFrame, folder: Path) -> None:
    assert articles.present(listed, folder) == ["001", "002"]
    (folder / "b.txt").unlink()
    (folder / "new.txt").write_text("x", encoding="utf-8")
    assert articles.present(listed, folder) == ["002"]


def test_a_changed_text_is_told(listed: pd.DataFrame, folder: Path) -> None:
    (folder / "b.txt").write_bytes(GERMAN.encode() + b"\n")
    changed = articles.digest(GERMAN.encode() + b"\n")[:12]
    expected = f"b.txt is not the text catalogued: SHA-256 {changed}…, the catalogue says "
    with pytest.raises(PolythemesError, match=expected) as error:
        articles.read(listed, folder)
    assert str(error.value).endswith("restore it, or delete its row and import it again")


def test_a_missing_text_is_told(listed: pd.DataFrame, folder: Path) -> None:
    (folder / "a.txt").unlink()
    expected = r"a\.txt cannot be read: No such file or directory; give a readable file, or take"
    with pytest.raises(PolythemesError, match=expected):
        articles.read(listed, folder)


def test_a_file_that_cannot_be_read_is_told(listed, folder: Path, monkeypatch) -> None:
    def denied(_: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", denied)
    with pytest.raises(PolythemesError, match=r"a\.txt cannot be read: Permission denied; give"):
        articles.read(listed, folder)


def test_a_catalogue_comes_back_as_it_was_written(listed: pd.DataFrame, tmp_path: Path) -> None:
    path = tmp_path / "catalogue.csv"
    wanted = listed.assign(title='One, "two"\nthree', date="2031-02", note="NA")
    articles.write_catalogue(wanted, path)
    found = articles.read_catalogue(path)
    expected = wanted.sort_values("article_id", ignore_index=True)
    pd.testing.assert_frame_equal(found, expected, check_dtype=False)
    before = path.read_bytes()
    articles.write_catalogue(found[::-1], path)
    assert path.read_bytes() == before
    assert b"\r" not in before


def test_a_catalogue_may_hold_a_long_value(listed: pd.DataFrame, tmp_path: Path) -> None:
    path = tmp_path / "catalogue.csv"
    articles.write_catalogue(listed.assign(note="word " * 40_000), path)
    assert set(articles.read_catalogue(path)["note"]) == {"word " * 40_000}


def test_what_is_told_is_cut_and_holds_no_control_characters() -> None:
    told = {
        "title": "A\x00 b\n" * 90,
        "author": "a" * 300,
        "date": "on a day " * 90,
        "source": "\x02",
    }
    text = articles.Text("a.csv", "2", "f", "utf-8", "Text.", "f", told)
    (found,) = articles.described(catalogue.read(Path("none")), [text]).to_dict("records")
    assert found["title"].startswith("A b A b")
    assert len(found["title"]) <= catalogue.LONGEST_TOLD == len(found["author"])
    assert found["note"].endswith("…")
    assert found["source"] == ""


def test_no_catalogue_is_an_empty_one(tmp_path: Path) -> None:
    found = articles.read_catalogue(tmp_path / "catalogue.csv")
    assert list(found.columns) == catalogue.COLUMNS
    assert found.empty


def test_columns_that_are_not_needed_may_be_missing(tmp_path: Path) -> None:
    path = tmp_path / "catalogue.csv"
    path.write_text("﻿sha256,file,article_id,own\nff,a.txt,1,x\n\n", encoding="utf-8")
    found = articles.read_catalogue(path)
    assert list(found.columns) == [*catalogue.COLUMNS, "own"]
    # A column of the user's own stays, and is empty for what is new.
    more = pd.concat(
        [found, found.assign(article_id="2", sha256="ee", file="b.txt").drop(columns="own")]
    )
    articles.write_catalogue(more, path)
    assert list(articles.read_catalogue(path)["own"]) == ["x", ""]
    assert found.loc[0, "title"] == ""


HEAD = "article_id,file,sha256,title,date\n"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "lacks the columns article_id, file, sha256; it holds article_id, file, row, sha256"),
        ("article_id;file;sha256\n1;a;f\n", "lacks the columns article_id, file, sha256"),
        ("file,title\na,b\n", "lacks the columns article_id, sha256; it holds .*; add them"),
        ("file,file\na,b\n", "column file stands twice; keep one"),
        (HEAD + "1,a,f,One, two,2031\n", r", line 2: 6 values under 5 columns; .* \"one, two\""),
        (HEAD + "1,a,f,One,\n2,b,e\n", ", line 3: 3 values under 5 columns"),
        (HEAD + '1,a,f,"One,2031\n', "is not a table of comma-separated values: .*; mend it as U"),
        (HEAD + "1,a,f,,\n1,b,e,,\n", "article_id 1 stands twice; keep one row each"),
        (HEAD + "1,a,f,,\n2,a,e,,\n", "file a stands twice"),
        (HEAD + "1,a,f,,\n2,b,f,,\n", "sha256 f stands twice"),
        (HEAD + ",a,f,,\n", "article_id is empty in a row; fill it in, or take the row away"),
        (HEAD + "1,a,,,\n", "sha256 is empty in a row"),
        (HEAD + "1,/a,f,,\n", r"file /a is no place in articles/"),
        (HEAD + "1,a/./b,f,,\n", r"file a/\./b is no place in articles/"),
        (HEAD + "1,a/../../b,f,,\n", "is no place in articles/"),
        (HEAD + "1,a\\b,f,,\n", "is no place in articles/"),
        (HEAD + "1,C:b,f,,\n", "is no place in articles/"),
        ("article_id,file,row,sha256\n1,a,2,f\n2,a,2,e\n", "file a, row 2 stands twice"),
        (
            HEAD + "1,../a,f,,\n",
            r"file \.\./a is no place in articles/; the name of a file is allowed, or",
        ),
        (HEAD + "1,a,f,,12.5.2031\n", r"12\.5\.2031 is no date; YYYY, YYYY-MM and YYYY-MM-DD"),
        (HEAD + "1,a,f,,2031-13\n", "2031-13 is no date"),
        (HEAD + "1,a,f,,2031-02-30\n", "2031-02-30 is no date"),
        (HEAD + "1,a,f,,２０３１\n", "２０３１ is no date"),
        (HEAD + "1,a,f,,0000\n", "0000 is no date"),
    ],
)
def test_a_broken_catalogue_is_told(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "catalogue.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(PolythemesError, match=message) as error:
        articles.read_catalogue(path)
    assert str(error.value).startswith(str(path))
    assert "\n" not in str(error.value)


def test_a_catalogue_in_another_encoding_is_told(tmp_path: Path) -> None:
    path = tmp_path / "catalogue.csv"
    path.write_bytes((HEAD + "1,a,f,Bäcker,\n").encode("latin-1"))
    with pytest.raises(PolythemesError, match="is not a table of comma-separated values: 'utf-8'"):
        articles.read_catalogue(path)
    path.unlink()
    path.mkdir()
    with pytest.raises(PolythemesError, match=r"is not a table .*Is a directory.*; mend it"):
        articles.read_catalogue(path)


@pytest.mark.parametrize("date", ["", "2031", "2031-02", "2031-02-28", "2028-02-29"])
def test_dates_to_the_year_month_or_day_are_allowed(tmp_path: Path, date: str) -> None:
    path = tmp_path / "catalogue.csv"
    path.write_text(f"{HEAD}1,a,f,,{date}\n", encoding="utf-8")
    assert articles.read_catalogue(path).loc[0, "date"] == date


@pytest.mark.parametrize(
    ("names", "taken", "given"),
    [
        (["a.txt", "b.txt"], [], ["000", "001"]),
        (["007_a.txt", "a.txt"], ["000"], ["007", "001"]),
        (["007_a.txt", "007_b.txt"], [], ["007", "000"]),
        (["007_a.txt"], ["007", "000", "001"], ["002"]),
        (["2031_a.txt", "12_a.txt", "٠٠٧.txt"], [], ["000", "001", "002"]),
        (["a.txt"], [f"{n:03d}" for n in range(1000)], ["1000"]),
    ],
)
def test_identifiers_are_free_numbers(names, taken, given) -> None:
    assert catalogue.identifiers(names, taken) == given


@given(st.lists(st.text("0123ab", min_size=1, max_size=5), unique=True), st.sets(st.just("000")))
def test_identifiers_never_repeat(names: list[str], taken: set[str]) -> None:
    given_ids = catalogue.identifiers(names, taken)
    assert len({*given_ids, *taken}) == len(names) + len(taken)


def test_new_texts_are_described(listed: pd.DataFrame, folder: Path) -> None:
    (folder / "b-long.txt").write_bytes(b"word " * 60)
    (folder / "003_new.txt").write_bytes(b"\xef\xbb\xbf\n  A title \nand text")
    _, texts, faults = articles.new(listed, folder, columns={})
    assert faults == []
    found = articles.described(listed, texts[::-1])
    assert list(found.columns) == [*catalogue.COLUMNS, "text"]
    assert list(found["article_id"]) == ["003", "000"]
    assert list(found["title"]) == ["A title", ""]
    assert list(found["encoding"]) == ["utf-8-sig", "utf-8"]
    assert found.loc[0, "sha256"] == articles.digest((folder / "003_new.txt").read_bytes())
    assert found.loc[0, "text"] == "\n  A title \nand text"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ({"c.txt": GERMAN.encode()}, "c.txt is the same text as b.txt and is not entered twice; t"),
        ({"c.txt": b"same", "d/a.txt": b"same"}, "d/a.txt is the same text as c.txt"),
        ({"c.txt": b"\x00"}, "c.txt is not text but a binary file"),
        ({"c.txt": b"\n"}, "c.txt is empty; an article needs text"),
        ({"c.pdf": b"%PDF"}, "c.pdf is of a kind that is not read; .txt, .md, .html, .htm, .jsonl"),
        ({"c.txt.gz": b"no"}, "c.txt.gz is no whole gzip file: Not a gzipped file"),
    ],
)
def test_what_cannot_be_entered_is_told(listed, folder: Path, content, message: str) -> None:
    (folder / "d").mkdir()
    (folder / "z.txt").write_bytes(b"A new text.")
    for name, data in content.items():
        (folder / name).write_bytes(data)
    _, texts, (fault,) = articles.new(listed, folder, columns={})
    assert fault.startswith(message)
    assert texts[-1].file == "z.txt"
    assert len(texts) == len(content)
