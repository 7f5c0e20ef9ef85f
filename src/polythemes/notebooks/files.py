"""Notebook files: found, read, set to a corpus and written with the same bytes every time."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode

from polythemes import paths
from polythemes.errors import PolythemesError
from polythemes.tables import write_text

STEM = re.compile(r"\d\d-[a-z0-9]+(-[a-z0-9]+)*")
FORMAT = 4
TAG = "parameters"
PARAMETER = re.compile(rf'corpus = "({paths.NAME.pattern})"(\s*#.*)?')
#: What the report needs to know of a cell. Other metadata is the trace of a program or a time.
KEPT = ("tags", "jupyter")


def find(root: Path) -> list[Path]:
    """List the notebooks of the project.

    Parameters
    ----------
    root : Path
        The project folder.

    Returns
    -------
    list of Path
        ``notebooks/NN-name.ipynb``, in the order of their numbers; other names are left out.

    Raises
    ------
    PolythemesError
        If there is none.
    """
    folder = root / "notebooks"
    found = [path for path in sorted(folder.glob("*.ipynb")) if STEM.fullmatch(path.stem)]
    if not found:
        msg = (
            f"no notebook in {folder}; its name is two digits, - and small letters, as in "
            "01-articles.ipynb; add or rename one"
        )
        raise PolythemesError(msg)
    return found


def read(path: Path) -> NotebookNode:
    """Read a notebook.

    Parameters
    ----------
    path : Path
        The file, of notebook format 4.

    Returns
    -------
    NotebookNode
        The notebook; every cell has an id of its own.

    Raises
    ------
    PolythemesError
        If the file is missing or is no notebook, or two cells have one id.
    """
    try:
        content = _with_ids(json.loads(path.read_text(encoding="utf-8")))
        nbformat.validate(content)
    except OSError as error:
        msg = f"cannot read {path}: {error.strerror or error}; name a notebook that is there"
        raise PolythemesError(msg) from error
    except (ValueError, nbformat.ValidationError) as error:
        why = str(error).partition("\n")[0][:120]
        msg = f"{path} is no notebook of format {FORMAT}: {why}; save it again in JupyterLab"
        raise PolythemesError(msg) from error
    notebook: NotebookNode = nbformat.v4.to_notebook(content)  # type: ignore[no-untyped-call]
    return notebook


def _with_ids(content: Any) -> dict[str, Any]:
    """Give every cell an id; nbformat would make a random one up where there is none."""
    cells = content.get("cells") if isinstance(content, dict) else None
    if not isinstance(cells, list) or content.get("nbformat") != FORMAT:
        msg = "it has no cells or another format"
        raise ValueError(msg)
    if not all(isinstance(cell, dict) for cell in cells):
        msg = "a cell is not a table of keys"
        raise ValueError(msg)
    ids = [cell.setdefault("id", f"cell-{place:02d}") for place, cell in enumerate(cells, 1)]
    twice = [one for place, one in enumerate(ids) if one in ids[:place]]
    if twice:
        msg = f"two cells have the id {twice[0]!r} (delete one and add it anew)"
        raise ValueError(msg)
    return {**content, "nbformat_minor": 5}


def code(notebook: NotebookNode) -> list[NotebookNode]:
    """List the cells that are run.

    Parameters
    ----------
    notebook : NotebookNode
        The notebook.

    Returns
    -------
    list of NotebookNode
        Its code cells but for empty ones: the nth bears ``[n]`` in a notebook run from the top.
    """
    return [c for c in notebook.cells if c.cell_type == "code" and c.source.strip()]


def parameter(notebook: NotebookNode, path: Path) -> tuple[NotebookNode, int, str]:
    """Find where a notebook names its corpus.

    Parameters
    ----------
    notebook : NotebookNode
        The notebook.
    path : Path
        Its file, for error texts.

    Returns
    -------
    cell : NotebookNode
        The parameter cell.
    line : int
        Which of its lines, from 0.
    name : str
        The corpus named there.

    Raises
    ------
    PolythemesError
        If there is not exactly one such cell, or it holds anything else.
    """
    rule = f'one cell tagged {TAG} with the line corpus = "press" (and comments) is allowed'
    cells = [c for c in code(notebook) if TAG in c.metadata.get("tags", [])]
    if len(cells) != 1:
        msg = f"{path} has {len(cells)} parameter cells; {rule}; tag that cell and no other"
        raise PolythemesError(msg)
    found = []
    for number, line in enumerate(cells[0].source.split("\n")):
        match = PARAMETER.fullmatch(line)
        if match:
            found.append((number, match[1]))
        elif line.strip() and not line.startswith("#"):
            msg = f"{path} has the parameter {line!r}; {rule}; move the line to a cell below"
            raise PolythemesError(msg)
    if len(found) != 1:
        msg = f"{path} names {len(found)} corpora in its parameter cell; {rule}; name one"
        raise PolythemesError(msg)
    return cells[0], *found[0]


def set_corpus(notebook: NotebookNode, name: str, path: Path) -> None:
    """Name a corpus in the parameter cell of a notebook.

    Parameters
    ----------
    notebook : NotebookNode
        The notebook; its parameter cell is changed.
    name : str
        The corpus's name.
    path : Path
        Its file, for error texts.

    Raises
    ------
    PolythemesError
        If the parameter cell is not as it must be, or the name cannot stand in it.
    """
    if not paths.NAME.fullmatch(name):
        msg = (
            f"{name!r} cannot name a corpus in a notebook; small letters, digits, - and _ are "
            f"allowed; rename the folder data/{name}"
        )
        raise PolythemesError(msg)
    cell, number, was = parameter(notebook, path)
    lines = cell.source.split("\n")
    lines[number] = lines[number].replace(f'"{was}"', f'"{name}"', 1)
    cell.source = "\n".join(lines)


def clear(notebook: NotebookNode) -> None:
    """Take all outputs off a notebook, so that none of another run is left.

    Parameters
    ----------
    notebook : NotebookNode
        The notebook; it is changed.
    """
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None


def write(notebook: NotebookNode, path: Path) -> None:
    """Write a notebook with its outputs; the same run gives the same bytes.

    Parameters
    ----------
    notebook : NotebookNode
        The notebook; it loses metadata that tells of a machine, a version or a time.
    path : Path
        The file.
    """
    for cell in notebook.cells:
        cell.metadata = {key: value for key, value in cell.metadata.items() if key in KEPT}
    notebook.metadata = {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    text = nbformat.v4.writes(notebook)  # type: ignore[no-untyped-call]
    write_text(path, f"{text}\n")
