"""Error texts name what is allowed."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from polythemes import errors
from polythemes.errors import choices

PACKAGE = Path(errors.__file__).parent


@pytest.mark.parametrize(
    ("values", "text"),
    [
        ([], "(none)"),
        (["one"], "one"),
        (["b", "a"], "b, a"),
        ([1, 2.5, None], "1, 2.5, None"),
        ({"key": 1, "other": 2}, "key, other"),
        ((str(n) for n in range(12)), "0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11"),
        (range(15), "0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 and 3 more"),
    ],
)
def test_choices_keep_their_order_and_end(values, text) -> None:
    assert choices(values) == text


def test_choices_stop_where_told() -> None:
    assert choices("abcd", most=2) == "a, b and 2 more"
    assert choices("ab", most=2) == "a, b"


def texts_of_errors() -> list[tuple[str, str]]:
    """List the error texts of the package, each with the place it is raised at."""
    found = []
    for file in sorted(PACKAGE.rglob("*.py")):
        values: dict[str, str] = {}
        for node in sorted(
            (n for n in ast.walk(ast.parse(file.read_bytes())) if hasattr(n, "lineno")),
            key=lambda node: (node.lineno, node.col_offset),
        ):
            if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "msg":
                values["msg"] = ast.unparse(node.value)
            elif isinstance(node, ast.Raise) and "PolythemesError" in ast.unparse(node.exc or node):
                found.append(
                    (
                        f"{file.relative_to(PACKAGE)}:{node.lineno}",
                        values.get("msg", "made elsewhere; "),
                    )
                )
    return found


def test_every_error_text_says_what_came_and_what_to_do() -> None:
    texts = texts_of_errors()
    assert len(texts) > 30
    short = [place for place, text in texts if not re.search(r"; | as in ", text)]
    assert short == []
