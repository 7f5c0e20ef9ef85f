"""The list of corpora in a notebook: what is chosen is the notebook's, and nobody need choose."""

from __future__ import annotations

import ipywidgets
import pytest

from polythemes import picker
from polythemes.errors import PolythemesError


class Shell:
    """A notebook's variables."""

    def __init__(self) -> None:
        self.user_ns = {"corpus": "press", "other": 1}


@pytest.fixture
def shell(tmp_path, monkeypatch) -> Shell:
    for name, text in {
        "press": 'title = "Trade in China"',
        "new": "",
        "broken": "title = 3 = 4",
    }.items():
        folder = tmp_path / "data" / name
        folder.mkdir(parents=True)
        (folder / "corpus.toml").write_text(text, encoding="utf-8")
    monkeypatch.setenv("POLYTHEMES_ROOT", str(tmp_path))
    monkeypatch.delenv(picker.ALONE, raising=False)
    own = Shell()
    monkeypatch.setattr(picker, "get_ipython", lambda: own)
    return own


def test_the_corpus_of_the_parameter_cell_is_chosen_at_first(shell):
    box, hint = picker.pick("press").children
    assert box.value == "press"
    assert box.options == (("broken", "broken"), ("new", "new"), ("press: Trade in China", "press"))
    assert "run the cells below" in hint.value
    assert shell.user_ns == {"corpus": "press", "other": 1}


def test_what_is_chosen_becomes_the_variable_of_the_notebook(shell):
    box, _ = picker.pick("press").children
    box.value = "new"
    assert shell.user_ns == {"corpus": "new", "other": 1}
    # The cell of the list may be among those that run again.
    again, _ = picker.pick(shell.user_ns["corpus"]).children
    assert again.value == "new"


def test_nothing_is_shown_where_nobody_chooses(shell, monkeypatch):
    monkeypatch.setenv(picker.ALONE, "1")
    assert picker.pick("press") is None
    assert not isinstance(picker.pick("new"), ipywidgets.Widget)


@pytest.mark.parametrize("alone", ["", "1"])
def test_a_corpus_that_is_not_there_is_named(shell, monkeypatch, alone):
    monkeypatch.setenv(picker.ALONE, alone)
    with pytest.raises(PolythemesError, match=r"unknown corpus 'presse'; there are: .*press"):
        picker.pick("presse")


def test_a_list_outside_of_a_notebook_changes_nothing(shell, monkeypatch):
    monkeypatch.setattr(picker, "get_ipython", lambda: None)
    box, _ = picker.pick("press").children
    box.value = "new"
    assert shell.user_ns["corpus"] == "press"
