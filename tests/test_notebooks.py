"""Notebooks: run in kernels of their own, stopped with a clear word, held to the rules."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import nbformat
import pytest
from nbclient.exceptions import CellExecutionError
from nbformat import NotebookNode

from polythemes import notebooks
from polythemes.errors import PolythemesError
from polythemes.notebooks import files, kernels, runs
from polythemes.notebooks.kernels import Kernel
from polythemes.paths import Corpus

ROOT = Path(__file__).resolve().parent.parent
COMMITTED = sorted((ROOT / "notebooks").glob("*.ipynb"))
PARAMETER = 'corpus = "press"'


def code(source: str, **more: Any) -> dict[str, Any]:
    return {
        "cell_type": "code",
        "metadata": {},
        "source": source,
        "outputs": [],
        "execution_count": None,
    } | more


def text(source: str) -> dict[str, Any]:
    return {"cell_type": "markdown", "metadata": {}, "source": source}


def parameters(source: str = PARAMETER) -> dict[str, Any]:
    return code(source, metadata={"tags": ["parameters"]})


def put(path: Path, *cells: dict[str, Any], **more: Any) -> Path:
    """Write a notebook; every cell gets an id from its place."""
    named = [{"id": f"id-{place}"} | cell for place, cell in enumerate(cells)]
    content = {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": named} | more
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


@pytest.fixture
def corpus(tmp_path: Path) -> Corpus:
    (tmp_path / "data" / "sample").mkdir(parents=True)
    (tmp_path / "notebooks").mkdir()
    return Corpus("sample", tmp_path)


@pytest.fixture
def add(corpus: Corpus) -> Callable[..., Path]:
    """Add a notebook of a parameter cell and the sources given to the project."""

    def added(name: str, *sources: str) -> Path:
        path = corpus.root / "notebooks" / f"{name}.ipynb"
        return put(path, parameters(), *[code(source) for source in sources])

    return added


def outputs(path: Path) -> list[str]:
    """Give what every code cell of an executed notebook shows, as text."""
    shown = []
    for cell in nbformat.read(path, as_version=4).cells:
        parts = [one for one in cell.get("outputs", []) if one.output_type != "error"]
        shown.append("".join(one.get("text") or one.data["text/plain"] for one in parts))
    return shown


def alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def wait_for(*paths: Path) -> None:
    end = time.monotonic() + 60
    while not all(path.exists() and path.read_text(encoding="utf-8") for path in paths):
        assert time.monotonic() < end, f"none of {paths} within a minute"
        time.sleep(0.05)


MET = ("one", "two")
# Two notebooks that each wait for the other: run one after the other, neither ends.
MEETING = """
import os, time
from pathlib import Path
mine, other = Path("../{mine}"), Path("../{other}")
mine.write_text(str(os.getpid()))
for _ in range(600):
    if other.exists():
        break
    time.sleep(0.1)
other.exists()
"""
SURROUNDINGS = """
import os, sys, warnings
print(corpus, os.getcwd(), sys.executable)
for name in ("POLYTHEMES_ROOT", "POLYTHEMES_CACHE", "OMP_NUM_THREADS", "MPLBACKEND"):
    print(name, os.environ[name])
print(sorted(set(globals()) & {"left_by_startup", "left_by_python"}))
warnings.warn("mind the gap")
print("end")
"""


def test_notebooks_run_side_by_side_and_give_the_same_bytes_again(
    corpus: Corpus, add: Callable[..., Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere, home = tmp_path / "elsewhere", tmp_path / "home"
    startup = home / "ipython" / "profile_default" / "startup"
    startup.mkdir(parents=True)
    elsewhere.mkdir()
    (startup / "00.py").write_text("left_by_startup = 1", encoding="utf-8")
    (home / "start.py").write_text("left_by_python = 1", encoding="utf-8")
    monkeypatch.chdir(elsewhere)
    monkeypatch.setenv("IPYTHONDIR", str(home / "ipython"))
    monkeypatch.setenv("PYTHONSTARTUP", str(home / "start.py"))
    monkeypatch.setenv("MPLBACKEND", "agg")
    monkeypatch.setenv("POLYTHEMES_CACHE", "cache")
    first = add("01-first", MEETING.format(mine="one", other="two"), SURROUNDINGS, "[corpus, 2]")
    add("02-second", MEETING.format(mine="two", other="one"))
    before = first.read_bytes()

    made = notebooks.run(corpus, quiet=True)
    kernel_processes = [int((tmp_path / name).read_text(encoding="utf-8")) for name in MET]
    bytes_made = [path.read_bytes() for path in made]
    again = notebooks.run(corpus, quiet=True)

    folder = corpus.build / "notebooks"
    assert made == again == [folder / "01-first.ipynb", folder / "02-second.ipynb"]
    assert bytes_made == [path.read_bytes() for path in again]
    assert sorted(path.name for path in folder.iterdir()) == [path.name for path in made]
    empty, met, surroundings, last = outputs(made[0])
    assert (empty, met, last) == ("", "True", "['sample', 2]")
    assert surroundings.splitlines() == [
        f"sample {tmp_path / 'notebooks'} {sys.executable}",
        f"POLYTHEMES_ROOT {tmp_path}",
        f"POLYTHEMES_CACHE {elsewhere / 'cache'}",
        "OMP_NUM_THREADS 1",
        "MPLBACKEND module://matplotlib_inline.backend_inline",
        "[]",
        "end",
        "cell:6: UserWarning: mind the gap",
        '  warnings.warn("mind the gap")',
    ]
    assert first.read_bytes() == before
    assert not any(alive(process) for process in kernel_processes)


def test_a_run_leaves_no_trace_of_time_machine_or_earlier_outputs(
    corpus: Corpus, capsys: pytest.CaptureFixture[str]
) -> None:
    stale = [{"output_type": "stream", "name": "stdout", "text": "stale"}]
    put(
        corpus.root / "notebooks" / "01-x.ipynb",
        text("A story."),
        parameters('# Which corpus to read.\ncorpus = "press"  # a folder of data/'),
        code("1 + 1", outputs=stale, execution_count=7, id="kept"),
        code("", outputs=stale, execution_count=8, metadata={"ExecuteTime": "yesterday"}),
        metadata={"language_info": {"name": "python", "version": "3.0.0"}, "signature": "x"},
    )
    (made,) = notebooks.run(corpus)
    shown = capsys.readouterr()
    assert (shown.out, shown.err.partition(" in ")[0]) == ("", "01-x: 2 of 2")
    notebook = nbformat.read(made, as_version=4)
    assert notebook.cells[1].source.splitlines()[1] == 'corpus = "sample"  # a folder of data/'
    assert notebook.cells[1].metadata == {"tags": ["parameters"]}
    assert (notebook.cells[2].id, notebook.cells[2].execution_count) == ("kept", 2)
    assert outputs(made) == ["", "", "2", ""]
    assert notebook.metadata == {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    for trace in ("yesterday", "stale", "3.0.0", "signature", "execution_time"):
        assert trace not in made.read_text(encoding="utf-8")


# A process that a notebook began, which must not outlive it either: it counts for as long as it is.
CHILD = """
import subprocess, sys
tick = "import time\\nwhile True: open('../ticks', 'a').write('.'); time.sleep(0.05)"
child = subprocess.Popen([sys.executable, "-c", tick])
"""
LONG = "import time; time.sleep(600)"


def assert_no_more_ticks(root: Path) -> None:
    wait_for(root / "ticks")
    ticks = (root / "ticks").stat().st_size
    time.sleep(0.4)
    assert (root / "ticks").stat().st_size == ticks


def test_an_error_ends_all_and_says_where(corpus: Corpus, add: Callable[..., Path]) -> None:
    earlier = corpus.build / "notebooks" / "01-x.ipynb"
    earlier.parent.mkdir(parents=True)
    earlier.write_text("made by an earlier run", encoding="utf-8")
    wait = MEETING.format(mine="one", other="ticks")
    add("01-x", wait, "print('so far')", "x = 1\nraise ValueError('no\\n  luck')", "2")
    add("02-y", CHILD, MEETING.format(mine="two", other="one"), LONG)
    with pytest.raises(PolythemesError) as caught:
        notebooks.run(corpus, quiet=True)
    failed = corpus.build / "notebooks" / "01-x.failed.ipynb"
    assert str(caught.value) == (
        "01-x: code cell 4 of 5 (`x = 1`) stopped with ValueError: no luck; "
        f"{failed} shows how far it came"
    )
    assert outputs(failed)[:3] == ["", "True", "so far\n"]
    assert earlier.read_text(encoding="utf-8") == "made by an earlier run"
    assert sorted(path.name for path in failed.parent.iterdir()) == [failed.name, earlier.name]
    wait_for(corpus.root / "one")
    assert not alive(int((corpus.root / "one").read_text(encoding="utf-8")))
    assert_no_more_ticks(corpus.root)

    add("01-x", "1")
    notebooks.run(corpus, [corpus.root / "notebooks" / "01-x.ipynb"], quiet=True)
    assert not failed.exists()
    assert outputs(earlier) == ["", "1"]


def test_a_long_error_is_cut() -> None:
    error = CellExecutionError("", "ValueError", "long " * 1000)
    told = asyncio.run(runs._why(error, ended(None), 1))
    assert told.startswith("stopped with ValueError: long long")
    assert told.endswith(" ...")
    assert len(told) < 350


@pytest.mark.parametrize(
    ("source", "timeout", "said"),
    [
        ("import os; os.kill(os.getpid(), 9)", 600, "did not end: its kernel was killed"),
        (LONG, 2, "took more than 2 s (make it shorter or allow more)"),
    ],
)
def test_a_dead_kernel_and_a_long_cell_are_told_apart(
    source: str, timeout: int, said: str, corpus: Corpus, add: Callable[..., Path]
) -> None:
    add("01-x", source)
    with pytest.raises(PolythemesError) as caught:
        notebooks.run(corpus, quiet=True, timeout=timeout)
    assert str(caught.value).startswith("01-x: code cell 2 of 2 (`import")
    assert said in str(caught.value)
    assert (corpus.build / "notebooks" / "01-x.failed.ipynb").exists()


def ended(number: int | None, log: Path = Path()) -> Kernel:
    """Stand for a kernel that ended in that way."""

    async def poll() -> int | None:
        return number

    manager: Any = SimpleNamespace(provisioner=SimpleNamespace(poll=poll))
    client: Any = None
    return Kernel(manager, client, log)


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (None, "its kernel does not answer"),
        (-9, "its kernel was killed, as happens when memory runs out"),
        (-11, "its kernel broke down (SIGSEGV)"),
        (3, "its kernel ended with exit code 3 (its last word)"),
    ],
)
def test_how_a_kernel_ended(number: int | None, said: str, tmp_path: Path) -> None:
    log = tmp_path / "log"
    log.write_text("much before\nits last word\n\n", encoding="utf-8")
    assert asyncio.run(ended(number, log).fate()).startswith(said)
    log.write_text("", encoding="utf-8")
    assert asyncio.run(ended(1, log).fate()).endswith("exit code 1 (without a word)")


@pytest.mark.skipif(os.name != "posix", reason="Windows sends no such signals")
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, -signal.SIGINT), (15, 143)])
def test_who_is_stopped_leaves_nothing_behind(
    number: int, code: int, corpus: Corpus, add: Callable[..., Path]
) -> None:
    temporary = corpus.root / "tmp"
    temporary.mkdir()
    for name in MET:
        meeting = MEETING.format(mine=name, other=name)
        add(f"0{1 + MET.index(name)}-{name}", CHILD, meeting, LONG)
    # What a shell runs in the background is born deaf to SIGINT.
    call = (
        "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); "
        "from pathlib import Path; from polythemes import notebooks, paths; "
        f"notebooks.run(paths.Corpus('sample', Path({str(corpus.root)!r})))"
    )
    environment = os.environ | {"TMPDIR": str(temporary)}
    with subprocess.Popen(
        [sys.executable, "-c", call], env=environment, stderr=subprocess.DEVNULL
    ) as process:
        wait_for(*[corpus.root / name for name in MET])
        process.send_signal(number)
        try:
            assert process.wait(30) == code
        finally:
            process.kill()
    for name in MET:
        assert not alive(int((corpus.root / name).read_text(encoding="utf-8")))
    assert_no_more_ticks(corpus.root)
    assert list(temporary.iterdir()) == []


def test_who_is_stopped_does_not_wait_for_what_swallows_that() -> None:
    async def deaf() -> NotebookNode:
        with suppress(asyncio.CancelledError):
            await asyncio.sleep(60)
        await asyncio.sleep(60)
        raise AssertionError

    async def stopped() -> bool:
        task = asyncio.ensure_future(runs._at_once(deaf()))
        await asyncio.sleep(0.01)
        task.cancel()
        await asyncio.wait({task}, timeout=20)
        return task.cancelled()

    assert asyncio.run(stopped())


def test_a_long_temporary_folder_leaves_ports_of_this_machine(
    corpus: Corpus, add: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    long = corpus.root / ("long" * 25)
    long.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(long))
    asked = []
    whole = kernels._manager

    def manager(scratch: Path) -> Any:
        asked.append(whole(scratch))
        return asked[-1]

    monkeypatch.setattr(kernels, "_manager", manager)
    add("01-x", "corpus")
    (made,) = notebooks.run(corpus, quiet=True)
    assert outputs(made)[1] == "'sample'"
    assert [(one.transport, one.ip) for one in asked] == [("tcp", "127.0.0.1")]
    assert kernels._manager(Path("/tmp/short")).transport == "ipc"  # noqa: S108


@pytest.mark.skipif(os.name != "posix", reason="needs a shell script")
def test_a_kernel_that_does_not_start(
    corpus: Corpus, add: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    add("01-x", "1")
    script = corpus.root / "python"
    script.write_text("#!/bin/sh\necho first\necho no ipykernel >&2\nexit 3\n", encoding="utf-8")
    script.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(script))
    said = r"cannot start a kernel: .* exit code 3 \(no ipykernel\); `make setup`"
    with pytest.raises(PolythemesError, match=said):
        notebooks.run(corpus, quiet=True)
    script.unlink()
    with pytest.raises(PolythemesError, match=r"cannot start a kernel: .*No such file"):
        notebooks.run(corpus, quiet=True)


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ([code(PARAMETER)], "has 0 parameter cells"),
        ([text(PARAMETER) | {"metadata": {"tags": ["parameters"]}}], "has 0 parameter cells"),
        ([parameters(), parameters()], "has 2 parameter cells"),
        ([parameters("# nothing")], "names 0 corpora"),
        ([parameters(f"{PARAMETER}\n{PARAMETER}")], "names 2 corpora"),
        ([parameters("corpus = 'press'")], r"the parameter \"corpus = 'press'\""),
        ([parameters('corpora = "press"')], "the parameter 'corpora"),
        ([parameters(f"{PARAMETER}; seed = 1")], "the parameter 'corpus"),
        ([parameters(f"{PARAMETER}\nseed = 1")], "the parameter 'seed = 1'"),
        ([parameters(f"if True:\n    {PARAMETER}")], "the parameter 'if True:'"),
        ([parameters('corpus = "../x"')], "the parameter 'corpus"),
    ],
)
def test_a_parameter_cell_it_does_not_know(
    cells: list[dict[str, Any]], said: str, corpus: Corpus
) -> None:
    put(corpus.root / "notebooks" / "01-x.ipynb", *cells)
    with pytest.raises(PolythemesError, match=said) as caught:
        notebooks.run(corpus, quiet=True)
    assert 'one cell tagged parameters with the line corpus = "press"' in str(caught.value)
    assert not corpus.build.exists()


CELL = {"id": "a", "cell_type": "code", "metadata": {}, "source": "", "outputs": []}


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("{", "no notebook of format 4: Expecting"),
        (b"\xff", "no notebook of format 4: 'utf-8'"),
        ("[]", "no cells or another format"),
        ({"nbformat": 3, "worksheets": []}, "no cells or another format"),
        ({"nbformat": 4, "metadata": {}, "cells": [1]}, "a cell is not a table of keys"),
        ({"nbformat": 4, "metadata": {}, "cells": [{"source": 1}]}, "is not valid"),
        ({"nbformat": 4, "metadata": {}, "cells": [CELL]}, "'execution_count' is a required"),
        ({"nbformat": 4, "metadata": {}, "cells": [CELL, CELL]}, "two cells have the id 'a'"),
    ],
)
def test_a_file_that_is_no_notebook(content: Any, said: str, tmp_path: Path) -> None:
    path = tmp_path / "01-x.ipynb"
    raw = content if isinstance(content, str | bytes) else json.dumps(content)
    path.write_bytes(raw if isinstance(raw, bytes) else raw.encode())
    with pytest.raises(PolythemesError, match="save it again in JupyterLab") as caught:
        files.read(path)
    assert said in str(caught.value)


def test_cells_without_ids_get_the_same_ones_every_time(tmp_path: Path) -> None:
    old = {"nbformat": 4, "nbformat_minor": 4, "metadata": {}}
    cells = [code(["a = 1\n", "a"]), text("Words.")]  # type: ignore[arg-type]
    (tmp_path / "old.ipynb").write_text(json.dumps(old | {"cells": cells}), encoding="utf-8")
    notebook = files.read(tmp_path / "old.ipynb")
    assert [cell.id for cell in notebook.cells] == ["cell-01", "cell-02"]
    assert notebook.cells[0].source == "a = 1\na"
    assert notebook.nbformat_minor == 5


def test_which_notebooks_are_found(corpus: Corpus, add: Callable[..., Path]) -> None:
    with pytest.raises(PolythemesError, match=r"no notebook in .*01-articles\.ipynb"):
        files.find(corpus.root)
    for name in ("10-b", "02-a-c", "Untitled", "3-x", "04-Copy1", "05-x.failed"):
        add(name)
    assert [path.stem for path in files.find(corpus.root)] == ["02-a-c", "10-b"]


def test_what_cannot_be_run(corpus: Corpus, add: Callable[..., Path]) -> None:
    path = add("01-x")
    with pytest.raises(PolythemesError, match=r"cannot read .*no\.ipynb: No such file"):
        notebooks.run(corpus, [corpus.root / "no.ipynb"])
    with pytest.raises(PolythemesError, match="two notebooks are named 01-x"):
        notebooks.run(corpus, [path, path])
    with pytest.raises(PolythemesError, match="processes = 0; a whole number from 1"):
        notebooks.run(corpus, processes=0)
    with pytest.raises(PolythemesError, match="timeout = -1; a whole number from 1"):
        notebooks.run(corpus, timeout=-1)
    with pytest.raises(PolythemesError, match=r"rename the folder data/a\"b"):
        notebooks.run(Corpus('a"b', corpus.root))
    assert notebooks.run(corpus, [], quiet=True) == []


def test_a_notebook_cannot_run_notebooks(corpus: Corpus, add: Callable[..., Path]) -> None:
    add("01-x")

    async def inside() -> None:
        notebooks.run(corpus)

    with pytest.raises(PolythemesError, match="`polythemes figures` in a terminal"):
        asyncio.run(inside())


def test_a_good_notebook_keeps_all_rules(tmp_path: Path) -> None:
    path = put(
        tmp_path / "03-topics.ipynb",
        text("# Topics"),
        parameters(),
        code("from polythemes import paths\n\npress = paths.corpus(corpus)"),
        code("save(figure, data, into=press, name='03-topics-x')"),
        text("One sentence."),
        code("7 % 2"),
    )
    assert notebooks.check(path) == []


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ([code("1", execution_count=3)], "code cell 2 holds outputs"),
        ([code("1", outputs=[{"output_type": "stream", "name": "stdout", "text": ""}])], "outputs"),
        ([code(" \n")], "code cell 2 is empty"),
        ([code("\n".join(["1"] * 26))], "code cell 2 has 26 lines; 25 are allowed"),
        ([code("def f():\n    pass")], "defines f"),
        ([code("if 1:\n    async def f(): pass")], "defines f"),
        ([code("class Story: pass")], "defines Story"),
        ([code("from os.path import *")], "imports * from os.path"),
        ([code("%matplotlib inline")], "not plain Python at '%matplotlib inline'"),
        ([code("x = 1\n%%time")], "not plain Python"),
        ([code("!ls")], "not plain Python"),
        ([code("print?")], "not plain Python"),
        ([code("a\0b")], "not plain Python"),
        ([code("get_ipython().run_line_magic('x', '')")], "calls get_ipython"),
        ([code("files.save(a, b)"), code("1")], "code cell 2 shows a figure"),
        ([code("figure.savefig('x')")], "code cell 2 shows a figure"),
        ([code("1"), code("plt.show()")], "code cell 3 shows a figure"),
    ],
)
def test_what_breaks_a_rule(cells: list[dict[str, Any]], said: str, tmp_path: Path) -> None:
    found = notebooks.check(put(tmp_path / "01-x.ipynb", parameters(), *cells))
    assert len(found) == 1
    assert said in found[0]


def test_rules_of_name_and_parameter(tmp_path: Path) -> None:
    assert "make a name" in notebooks.check(put(tmp_path / "Topics.ipynb", parameters()))[0]
    other = put(tmp_path / "01-x.ipynb", parameters('corpus = "sample"'))
    assert notebooks.check(other) == [
        f"{other} names the corpus 'sample'; commit it with 'press'",
    ]
    assert "0 parameter cells" in notebooks.check(put(tmp_path / "02-x.ipynb"))[0]


@pytest.mark.parametrize("path", COMMITTED, ids=[path.stem for path in COMMITTED])
def test_committed_notebooks_keep_the_rules(path: Path) -> None:
    assert notebooks.check(path) == []
