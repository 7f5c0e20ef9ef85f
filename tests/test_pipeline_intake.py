"""Pipeline: what is brought in, what is entered, and what is left out."""

from __future__ import annotations

import csv
import gzip
import io
import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from polythemes import articles, identify, pipeline
from polythemes.errors import PolythemesError
from polythemes.pipeline import intake
from polythemes.settings import load

TEXTS = [
    "The keeper opened the hive and counted the bees on every frame before the rain came.",
    "Der Imker öffnete den Stock und zählte die Bienen auf jeder Wabe, bevor der Regen kam.",
    "养蜂人打开蜂箱，在下雨之前数了每个巢框上的蜜蜂，这是他每天都要做的事情。",
    "L'apicoltore aprì l'arnia e contò le api su ogni telaio prima che arrivasse la pioggia.",
]
Bring = tuple[list[str], list[str]]


def bring(corpus, folder: Path) -> Bring:
    """Bring a folder in; give what was copied and what was left out."""
    teller = pipeline.Teller()
    copied = intake.bring_in(corpus.name, folder, teller=teller)
    return copied, teller.faults


def lay_out(folder: Path, content: dict[str, bytes]) -> Path:
    """Write files into a folder."""
    for file, data in content.items():
        (folder / file).parent.mkdir(parents=True, exist_ok=True)
        (folder / file).write_bytes(data)
    return folder


def entered(corpus) -> list[tuple[str, str]]:
    """Give the texts that are read back, with their languages, in their own order."""
    columns = load(corpus.settings).columns
    table = articles.read(articles.read_catalogue(corpus.catalogue), corpus.texts, columns=columns)
    return sorted(zip(table["text"], table["language"], strict=True))


@pytest.fixture
def corpus(make_corpus):
    """Give an empty corpus."""
    return make_corpus("new")


def as_csv(texts: list[str]) -> bytes:
    """Write texts as the rows of a table."""
    file = io.StringIO(newline="")
    csv.writer(file).writerows([["title", "text"], *(["", text] for text in texts)])
    return file.getvalue().encode()


SAME = {
    "plain": {f"{i}.txt": text.encode() for i, text in enumerate(TEXTS)},
    "other names": {f"{9 - i}/x.md": text.encode() for i, text in enumerate(TEXTS)},
    "packed": {f"{i}.txt.gz": gzip.compress(text.encode()) for i, text in enumerate(TEXTS)},
    "marked": {f"{i}.txt": text.encode("utf-16") for i, text in enumerate(TEXTS)},
    "encoded": {
        f"{i}.txt": text.encode("gb18030" if i == 2 else "cp1252") for i, text in enumerate(TEXTS)
    },
    "json lines": {"a.jsonl": b"\n".join(json.dumps({"text": one}).encode() for one in TEXTS)},
    "table": {"a.csv": as_csv(TEXTS)},
    "table turned": {"a.csv.gz": gzip.compress(as_csv(TEXTS[::-1]))},
}


@pytest.mark.parametrize("way", list(SAME))
def test_the_same_texts_are_the_same_however_they_come(corpus, tmp_path, way) -> None:
    copied, faults = bring(corpus, lay_out(tmp_path / "in", SAME[way]))
    assert faults == []
    assert sorted(copied) == sorted(SAME[way])
    assert entered(corpus) == sorted(zip(TEXTS, ["en", "de", "zh", "it"], strict=True))
    before = corpus.catalogue.read_bytes()
    assert bring(corpus, tmp_path / "in") == ([], [])
    assert corpus.catalogue.read_bytes() == before


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=8)
@given(order=st.permutations(range(4)))
def test_the_order_of_files_does_not_matter(corpus, tmp_path_factory, order) -> None:
    folder = tmp_path_factory.mktemp("in")
    corpus.catalogue.unlink(missing_ok=True)
    for path in articles.files(corpus.texts):
        path.unlink()
    for place, i in enumerate(order):
        bring(corpus, lay_out(folder, {f"{place}.txt": TEXTS[i].encode()}))
    assert [text for text, _ in entered(corpus)] == sorted(TEXTS)


BAD = {
    "binary.txt": (b"\x00\x01\x02" * 99, "binary.txt is not text but a binary file"),
    "empty.txt": (b"", "empty.txt is empty; an article needs text"),
    "export.csv": (
        b"id,text\n1,One good row.\n2,a, b, c\n3,Another good row.\n",
        "export.csv, line 3: 4 values under 2 columns",
    ),
    "export.jsonl": (
        b'{"text": "A good line."}\n{"title": "None"}\n',
        "export.jsonl, line 2 has no column of text: there is title; allowed is text",
    ),
    "paper.pdf": (b"%PDF-1.7", "paper.pdf is of a kind that is not read; .txt, .md"),
    "z.txt.gz": (b"\x1f\x8b", "z.txt.gz is no whole gzip file"),
}


def test_what_is_bad_is_named_and_the_rest_goes_on(corpus, tmp_path) -> None:
    folder = lay_out(tmp_path / "in", {file: data for file, (data, _) in BAD.items()})
    lay_out(folder, {"good.txt": TEXTS[0].encode()})
    copied, faults = bring(corpus, folder)
    assert copied == ["export.csv", "export.jsonl", "good.txt"]
    for told, (_, fault) in zip(faults, BAD.values(), strict=True):
        assert told.startswith(f"left out of new: {fault}")
        assert "; " in told or ": " in told
    texts = [text for text, _ in entered(corpus)]
    assert texts == sorted([TEXTS[0], "One good row.", "Another good row.", "A good line."])
    # What lies in the corpus is told of again whenever it is read.
    teller = pipeline.Teller()
    intake.catalogue(corpus, teller=teller)
    assert [fault.split(":")[1][1:13] for fault in teller.faults] == [
        "export.csv, ",
        "export.jsonl",
    ]


def test_a_text_is_entered_once(corpus, tmp_path) -> None:
    data = TEXTS[0].encode()
    line = json.dumps({"text": TEXTS[0]}).encode()
    folder = lay_out(tmp_path / "in", {"a.txt": data, "b/a.txt": data, "c.jsonl": line})
    lay_out(folder, {"d.txt.gz": gzip.compress(data)})
    copied, faults = bring(corpus, folder)
    assert copied == ["a.txt"]
    assert [fault.split(": ")[1] for fault in faults] == [
        f"{name} is the same text as a.txt and is not entered twice; take one of the two away"
        for name in ("b/a.txt", "c.jsonl, line 1", "d.txt.gz")
    ]
    assert bring(corpus, folder) == ([], faults)


def test_a_text_that_is_missing_comes_back_under_any_name(corpus, tmp_path) -> None:
    bring(corpus, lay_out(tmp_path / "in", {"a.txt": TEXTS[0].encode()}))
    (corpus.texts / "a.txt").unlink()
    packed = lay_out(tmp_path / "other", {"z.txt.gz": gzip.compress(TEXTS[0].encode())})
    assert bring(corpus, packed) == (["a.txt"], [])
    assert (corpus.texts / "a.txt").read_text("utf-8") == TEXTS[0]
    _, (fault,) = bring(corpus, packed)
    assert "z.txt.gz is the same text as a.txt" in fault


def test_a_text_that_is_saved_otherwise_stays_as_catalogued(corpus, tmp_path) -> None:
    text = "A plain text.\nIts second line.\n"
    saved = text.replace("\n", "\r\n").encode()
    bring(corpus, lay_out(tmp_path / "in", {"a.txt": saved}))
    # The new text before it has all others read, and known by their characters too.
    others = {"m.txt": b"Another plain text, which is new.\n", "z.txt": text.encode()}
    copied, (fault,) = bring(corpus, lay_out(tmp_path / "more", others))
    assert copied == ["m.txt"]
    assert "z.txt is the same text as a.txt and is not entered twice" in fault
    assert (corpus.texts / "a.txt").read_bytes() == saved


def test_nothing_that_a_person_edited_is_overwritten(corpus, tmp_path) -> None:
    folder = lay_out(tmp_path / "in", SAME["json lines"] | {"a.txt": b"A plain text.\n"})
    bring(corpus, folder)
    table = articles.read_catalogue(corpus.catalogue)
    table["title"], table["language"], table["date"] = "Mine", "xx", "2031-02"
    articles.write_catalogue(table, corpus.catalogue)
    before = corpus.catalogue.read_text("utf-8")
    lay_out(folder, {"b.txt": b"Another plain text, which is new.\n"})
    bring(corpus, folder)
    after = corpus.catalogue.read_text("utf-8")
    assert after.startswith(before)
    assert after.count("\n") == before.count("\n") + 1


def test_rows_that_are_added_are_entered(corpus, tmp_path) -> None:
    bring(corpus, lay_out(tmp_path / "in", {"a.csv": as_csv(TEXTS[:2])}))
    copied, faults = bring(corpus, lay_out(tmp_path / "in", {"a.csv": as_csv(TEXTS)}))
    assert (copied, faults) == (["a.csv"], [])
    assert len(entered(corpus)) == 4
    # The other way round would take texts away.
    copied, (fault,) = bring(corpus, lay_out(tmp_path / "in", {"a.csv": as_csv(TEXTS[:1])}))
    assert copied == []
    assert (
        "a.csv, line 3: the text catalogued there is not in the file that comes; rename a" in fault
    )
    assert len(entered(corpus)) == 4


def test_a_file_that_is_not_catalogued_is_not_overwritten(corpus, tmp_path) -> None:
    lay_out(corpus.texts, {"a.txt": b"\x00\x01"})
    copied, faults = bring(corpus, lay_out(tmp_path / "in", {"a.txt": TEXTS[0].encode()}))
    assert copied == []
    assert "a.txt is not text but a binary file" in faults[0]
    assert "a.txt would overwrite another file of that name in " in faults[1]
    assert (corpus.texts / "a.txt").read_bytes() == b"\x00\x01"


def test_what_a_row_tells_is_entered(make_corpus, tmp_path) -> None:
    corpus = make_corpus("named", settings='[columns]\ntext = "story"\ndate = "when"\n')
    told = [
        {"story": TEXTS[1], "headline": "T", "when": "3.2.2031", "site": "S", "lang": "en-GB"},
        {"story": "42 17", "text": TEXTS[0], "when": "3/2/2031", "lang": "nl-BE"},
    ]
    lines = b"\n".join(json.dumps(one).encode() for one in told)
    assert bring(corpus, lay_out(tmp_path / "in", {"a.jsonl": lines})) == (["a.jsonl"], [])
    table = articles.read_catalogue(corpus.catalogue)
    assert list(table["title"]) == ["T", "42 17"]
    assert list(table["source"]) == ["S", ""]
    assert list(table["date"]) == ["2031-02-03", ""]
    assert list(table["note"]) == ["", "date as given: 3/2/2031"]
    # The text itself counts where it tells its language for certain.
    assert list(table["language"]) == ["de", "nl"]


def test_files_may_name_their_columns_differently(make_corpus, tmp_path) -> None:
    corpus = make_corpus("differing")
    line, table = json.dumps({"text": TEXTS[0]}), f'Story,When\n"{TEXTS[1]}",2031\n'
    folder = lay_out(tmp_path / "in", {"a.jsonl": line.encode(), "b.csv": table.encode()})
    _, (fault,) = bring(corpus, folder)
    assert 'or name it too in corpus.toml under [columns], as in text = ["news"]' in fault
    # What is entered already is still read once it is named.
    corpus.settings.write_text('[columns]\ntext = "story"\ndate = ["on", "when"]\n')
    assert bring(corpus, folder) == (["b.csv"], [])
    assert [text for text, _ in entered(corpus)] == sorted(TEXTS[:2])
    assert "2031" in set(articles.read_catalogue(corpus.catalogue)["date"])


def test_what_was_decoded_with_the_wrong_table_is_told_whole(corpus, tmp_path) -> None:
    line = json.dumps({"title": "Die KÃ¶chin", "author": "Zoë", "text": "Wo liegt ÃŽle?"})
    lay_out(tmp_path / "in", {"a.jsonl": line.encode(), "b.txt": "Die BÃ¤ckerin\n".encode()})
    bring(corpus, tmp_path / "in")
    table = articles.read_catalogue(corpus.catalogue)
    assert list(table["title"]) == ["Die Köchin", "Die Bäckerin"]
    assert list(table["author"]) == ["Zoë", ""]


@pytest.mark.parametrize(
    ("told", "language"),
    [("nl-BE", "nl"), ("Deu", "de"), ("chi_TW", "zh"), ("qq", ""), ("zxx", ""), ("news", "")],
)
def test_a_language_counts_if_it_is_one(told, language) -> None:
    texts, _ = articles.take(
        json.dumps({"text": "42 17", "lang": told}).encode(), "a.jsonl", columns={}
    )
    plain, _ = articles.take(b'{"text": "42 17"}', "a.jsonl", columns={})
    none = articles.read_catalogue(Path("none"))
    (found,), (detected,) = (intake.enter(none, some)["language"] for some in (texts, plain))
    assert found == (language or detected)


def test_every_language_of_three_letters_is_one_that_is_known() -> None:
    assert set(intake.THREE.values()) <= set(identify._detector().nb_classes)


def test_columns_that_cannot_be_are_told(make_corpus, tmp_path) -> None:
    folder = lay_out(tmp_path / "in", {"a.txt": b"A text."})
    for i, line in enumerate(('columns = "x"', '[columns]\nstory = "x"', "[columns]\ntext = [3]")):
        corpus = make_corpus(f"c{i}", settings=line)
        with pytest.raises(
            PolythemesError, match=r"under \[columns\] the names of columns of text, t"
        ):
            bring(corpus, folder)


def as_lines(texts: list[str]) -> bytes:
    """Write texts as JSON lines; "" as a line that is broken."""
    return b"\n".join(json.dumps({"text": one}).encode() if one else b"{" for one in texts)


def again(corpus) -> tuple[list[str], list[str]]:
    """Read a catalogue again; give file, row and title of its rows, and what was left out."""
    teller = pipeline.Teller()
    table = intake.catalogue(corpus, teller=teller)
    pairs = zip(table["article_id"], table["row"], table["title"], strict=True)
    return [" ".join(one) for one in pairs], teller.faults


@pytest.mark.parametrize("way", ["in place", "by import"])
def test_a_file_of_rows_can_be_mended_as_the_message_says(corpus, tmp_path, way) -> None:
    bring(corpus, lay_out(tmp_path / "in", {"a.jsonl": as_lines([TEXTS[0], "", *TEXTS[1:3]])}))
    table = articles.read_catalogue(corpus.catalogue)
    articles.write_catalogue(table.assign(title=["A", "B", "C"]), corpus.catalogue)

    def give(texts: list[str]) -> None:
        data = {"a.jsonl": as_lines(texts)}
        if way == "in place":
            lay_out(corpus.texts, data)
        else:
            bring(corpus, lay_out(tmp_path / "in", data))

    give(TEXTS[:3])  # the broken line is taken away
    assert again(corpus) == (["000 1 A", "001 2 B", "002 3 C"], [])
    assert [text for text, _ in entered(corpus)] == sorted(TEXTS[:3])
    give([TEXTS[3], "", *TEXTS[:3]])  # rows are put in front
    rows, (fault,) = again(corpus)
    assert [row[:7] for row in rows] == ["000 3 A", "001 4 B", "002 5 C", "003 1 L"]
    assert "a.jsonl, line 2 is no JSON" in fault
    assert len(entered(corpus)) == 4
    before = corpus.catalogue.read_bytes()
    again(corpus)
    assert corpus.catalogue.read_bytes() == before


def test_an_editor_may_put_a_mark_before_a_file_of_rows(corpus, tmp_path) -> None:
    bring(corpus, lay_out(tmp_path / "in", {"a.csv": as_csv(TEXTS[:2])}))
    lay_out(corpus.texts, {"a.csv": as_csv(TEXTS[:3]).decode().encode("utf-8-sig")})
    rows, faults = again(corpus)
    assert (len(rows), faults) == (3, [])
    assert len(entered(corpus)) == 3


def test_a_row_that_stands_twice_is_told_at_its_line(corpus, tmp_path) -> None:
    bring(corpus, lay_out(tmp_path / "in", {"a.jsonl": as_lines(TEXTS[:2])}))
    lay_out(corpus.texts, {"a.jsonl": as_lines([TEXTS[2], TEXTS[0], TEXTS[1], TEXTS[0]])})
    lay_out(corpus.texts, {"b.jsonl": as_lines([TEXTS[1]])})
    rows, faults = again(corpus)
    assert [row[:5] for row in rows] == ["000 2", "001 3", "002 1"]
    assert [fault.split(": ")[1].split(" and ")[0] for fault in faults] == [
        "a.jsonl, line 4 is the same text as a.jsonl, line 2",
        "b.jsonl, line 1 is the same text as a.jsonl, line 3",
    ]


def test_a_row_that_is_gone_is_an_error_that_can_be_mended(corpus, tmp_path) -> None:
    bring(corpus, lay_out(tmp_path / "in", {"a.jsonl": as_lines(TEXTS[:3])}))
    lay_out(corpus.texts, {"a.jsonl": as_lines([TEXTS[1], "Another text.", TEXTS[2], TEXTS[3]])})
    before = corpus.catalogue.read_bytes()
    rows, (fault,) = again(corpus)
    assert len(rows) == 3
    assert "a.jsonl, line 1 is not the text catalogued, nor is another line of it" in fault
    with pytest.raises(PolythemesError, match=r"a\.jsonl, line 1 is not the text catalogued, nor"):
        entered(corpus)
    assert corpus.catalogue.read_bytes() == before
    table = articles.read_catalogue(corpus.catalogue)
    articles.write_catalogue(table[1:], corpus.catalogue)
    rows, faults = again(corpus)
    assert [row[:5] for row in rows] == ["000 2", "001 1", "002 3", "003 4"]
    assert faults == []


SAVED = {
    "ends": ("one\r\ntwo", str.encode),
    "mark": ("one\ntwo", lambda text: text.encode("utf-8-sig")),
    "wide": ("one\ntwo", lambda text: text.encode("utf-16")),
    "row": ("one\ntwo", lambda text: as_lines([text])),
}


@pytest.mark.parametrize("way", SAVED)
def test_a_text_saved_otherwise_is_entered_once(corpus, tmp_path, way) -> None:
    text, save = SAVED[way]
    other = "b.jsonl" if way == "row" else "b.txt"
    bring(corpus, lay_out(tmp_path / "in", {"a.txt": b"one\ntwo"}))
    copied, (fault,) = bring(corpus, lay_out(tmp_path / "more", {other: save(text)}))
    assert copied == []
    assert "is the same text as a.txt and is not entered twice" in fault
    lay_out(corpus.texts, {other: save(text)})
    rows, (fault,) = again(corpus)
    assert len(rows) == 1
    assert "is the same text as a.txt and is not entered twice" in fault
    if way != "row":
        (corpus.texts / other).unlink()
        found = bring(corpus, lay_out(tmp_path / "same", {"a.txt": save(text)}))
        assert found == ([], [])  # of the same name: it is there already
        assert (corpus.texts / "a.txt").read_bytes() == b"one\ntwo"


def test_of_new_texts_saved_otherwise_the_first_counts(corpus, tmp_path) -> None:
    page = b"<html><body><p>A page in two lines,\nand no more.</p></body></html>"
    folder = lay_out(tmp_path / "in", {"a.html": page, "b.htm": page.replace(b"\n", b"\r\n")})
    lay_out(folder, {"c.txt": b"one\r\ntwo", "d.md": b"\xef\xbb\xbfone\ntwo"})
    copied, faults = bring(corpus, folder)
    assert copied == ["a.html", "c.txt"]
    assert [fault.split(": ")[1][:29] for fault in faults] == [
        "b.htm is the same text as a.h",
        "d.md is the same text as c.tx",
    ]
