"""Weak signs, what is glued to paragraphs, and rows of tables."""

from __future__ import annotations

import math
import tomllib
from importlib import resources

import pytest

from polythemes.cleaning import distance, glued, label, model, signs, spoken, tables
from polythemes.cleaning.lines import split

PROSE = (
    "Am Rand des Dorfes steht ein Haus aus Lehm, das drei Schwestern {} ohne Bagger "
    "und Bauleiter gebaut haben."
)
BODY = [PROSE.format(word) for word in ("gestern", "damals", "einst", "neulich", "zuletzt", "dort")]


def weights() -> dict[str, dict[str, float]]:
    """Read the weights."""
    return tomllib.loads(
        (resources.files("polythemes.cleaning") / "weights.toml").read_text("utf-8")
    )


def test_every_sign_has_a_weight_and_lies_between_0_and_1() -> None:
    lines = label("\n".join(["Titel über ein Haus", *BODY, "Newsletter", "© Verlag"]), "de")
    said = spoken.Spoken(lines)
    for i, looks in enumerate(signs.looks(lines, range(len(lines)))):
        found = looks | said.signs(i)
        assert found.keys() == weights()["shape"].keys() - {"always"}
        assert all(0 <= value <= 1 for value in found.values()), found


def test_signs_are_weighed_and_the_reason_names_the_strongest() -> None:
    weights = {"always": -1, "late": 3, "comma": -1, "above the title": 2}
    assert model.weigh({"late": 1.0, "comma": 0.5}, weights) == 1.5
    lines = spoken.Spoken([one.is_("body", "prose") for one in split(BODY[0])])
    told = model.judge({"late": 1.0, "comma": 0.5}, lines, 0, {}, weights, need=1.5)
    assert told == (1.5, "weak signs 1.50: late 1.00", "")


def test_a_line_that_no_sign_could_help_is_not_read_further() -> None:
    weights = {"always": -1.0, "late": 3.0, "above the title": 2.0}
    lines = spoken.Spoken([one.is_("body", "prose") for one in split(BODY[0])])
    assert model.judge({"late": 1.0}, lines, 0, {}, weights, need=5.0)[0] == -math.inf
    assert "said" not in vars(lines)


def test_a_paragraph_amid_the_body_is_never_taken_off() -> None:
    lines = [one.is_("body", model.UNDECIDED) for one in split("\n".join(BODY))]
    assert model.settle(lines, range(6), {}, {"always": 99.0}) == lines


def test_the_core_is_the_run_with_most_paragraphs() -> None:
    lines = [one.is_("body", "prose") for one in split("\n".join([*BODY, *"abcdef", BODY[0]]))]
    lines[6:12] = [one.is_("boilerplate", "test", "navigation") for one in lines[6:12]]
    assert signs.core(lines) == (0, 5)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Es war still.© VERLAG", [(13, True)]),
        ("Es war still. Dann kam sie.", [(14, False)]),
        ("雨停了。返回首页，查看更多", [(4, True)]),
        ("雨停了。她走了。", [(4, False)]),
        ("Es war still.", []),
    ],
)
def test_joints(text: str, found: list[tuple[int, bool]]) -> None:
    assert glued.joints(text) == found


def test_what_is_glued_to_the_end_is_cut_off() -> None:
    *_, last = label("\n".join([*BODY, BODY[0] + "© Alle Rechte vorbehalten"]), "de")
    assert (last.kind, last.sort) == ("body", "footer")
    assert last.kept_end == last.end - len("© Alle Rechte vorbehalten")


def test_rows_of_as_many_cells_are_a_table() -> None:
    table = ["Monat | Saat | Ernte", "März | Salat | nichts", "April | Kohl | Salat"]
    kinds = [one.kind for one in tables.rows(split("\n".join([*table, "x", "Über uns | Hilfe"])))]
    assert kinds == ["body", "body", "body", "", ""]


def test_only_lines_that_no_rule_named_are_weighed() -> None:
    lines = [one.is_("body", model.UNDECIDED) for one in split("a b c\nd e f")]
    lines[1] = lines[1].is_("heading", "test")
    assert model.undecided(lines) == [0]
    assert distance.BODY in distance.ideas()[0]
