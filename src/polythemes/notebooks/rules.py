"""The rules a notebook is held to: one clean story, with the code in the package."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from nbformat import NotebookNode

from polythemes.errors import PolythemesError
from polythemes.notebooks import files

#: Corpus that a notebook names as it is committed.
DEFAULT = "press"
MAX_LINES = 25
#: Calls that show a figure.
SHOWING = {"save", "savefig", "show"}


def check(path: Path) -> list[str]:
    """Hold a notebook to the project's rules.

    It is named ``NN-name``; it has a parameter cell that names the corpus ``press``; it holds no
    outputs; its code cells are Python of at most 25 lines without ``def``, ``class``, star import
    or magics; and after each that shows a figure, by a call of ``save``, ``savefig`` or ``show``,
    a text cell says what is seen.

    Parameters
    ----------
    path : Path
        The notebook.

    Returns
    -------
    list of str
        What is wrong, each with the code cell it is in and what to do; nothing if all is well.

    Raises
    ------
    PolythemesError
        If the file is no notebook.
    """
    notebook = files.read(path)
    found = []
    if not files.STEM.fullmatch(path.stem):
        found.append(f"{path}: two digits, - and small letters make a name; rename it")
    try:
        name = files.parameter(notebook, path)[2]
        if name != DEFAULT:
            found.append(f"{path} names the corpus {name!r}; commit it with {DEFAULT!r}")
    except PolythemesError as error:
        found.append(str(error))
    number = 0
    for place, cell in enumerate(notebook.cells):
        if cell.cell_type == "code":
            number += 1
            after = notebook.cells[place + 1] if place + 1 < len(notebook.cells) else None
            found += [f"{path}: code cell {number} {what}" for what in _faults(cell, after)]
    return found


def _faults(cell: NotebookNode, after: NotebookNode | None) -> Iterator[str]:
    """Say what is wrong with a code cell."""
    if cell.outputs or cell.execution_count is not None:
        yield "holds outputs; strip them with nbstripout"
    if not cell.source.strip():
        yield "is empty; delete it"
    lines = len(cell.source.strip().split("\n"))
    if lines > MAX_LINES:
        yield f"has {lines} lines; {MAX_LINES} are allowed; split it or move code to the package"
    try:
        nodes = list(ast.walk(ast.parse(cell.source)))
    except (SyntaxError, ValueError) as error:
        line = (getattr(error, "text", None) or "").strip()
        yield f"is not plain Python at {line!r}; magics are not allowed; write it as Python"
        return
    yield from (fault for node in nodes if (fault := _fault(node)))
    shows = any(isinstance(node, ast.Call) and _called(node) in SHOWING for node in nodes)
    if shows and (after is None or after.cell_type != "markdown"):
        yield "shows a figure; a text cell must follow; say in one sentence what is seen"


def _fault(node: ast.AST) -> str:
    """Say what is wrong with a piece of code."""
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return f"defines {node.name}; move it to the package"
    if isinstance(node, ast.ImportFrom) and node.names[0].name == "*":
        return f"imports * from {node.module}; name what it uses"
    if isinstance(node, ast.Call) and _called(node) == "get_ipython":
        return "calls get_ipython; magics are not allowed; write it as Python"
    return ""


def _called(node: ast.Call) -> str:
    """Name the function that is called, without what it belongs to."""
    return ast.unparse(node.func).rpartition(".")[2]
