"""Run notebooks for a corpus, several side by side, each in a fresh kernel."""

from __future__ import annotations

import asyncio
import signal
import sys
from collections.abc import AsyncIterator, Coroutine, Mapping, Sequence
from contextlib import AsyncExitStack, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from nbformat import NotebookNode

from polythemes import paths, progress
from polythemes.errors import PolythemesError
from polythemes.notebooks import files
from polythemes.notebooks.kernels import NONE, Kernel, kernel

#: Seconds to wait for outputs of a cell that has ended. nbclient's 4 lose some on a busy machine.
OUTPUTS = 60
#: Longest error that is told in one line.
TOLD = 300


@dataclass(frozen=True)
class _Run:
    """Hold what all notebooks of a run share."""

    corpus: paths.Corpus
    timeout: int
    places: asyncio.Semaphore
    start: progress.Start
    variant: Mapping[str, str]

    def result(self, path: Path, ending: str = ".ipynb") -> Path:
        """Name the file of an executed notebook."""
        folder = "variant" if self.variant else "notebooks"
        return self.corpus.build / folder / f"{path.stem}{ending}"


def run(
    corpus: paths.Corpus,
    notebooks: Sequence[Path] | None = None,
    *,
    processes: int = 2,
    timeout: int = 600,
    quiet: bool = False,
    variant: Mapping[str, str] = NONE,
) -> list[Path]:
    """Run notebooks for a corpus.

    Each is run from the top in a kernel of its own, in its folder, with the corpus's name in its
    parameter cell. The kernels are of the running interpreter, know nothing of the user's settings
    of Jupyter, and are spoken to on this machine alone.

    Parameters
    ----------
    corpus : Corpus
        The corpus.
    notebooks : sequence of Path, optional
        Which; by default all of the project's ``notebooks/NN-name.ipynb``.
    processes : int
        How many run at the same time.
    timeout : int
        Seconds that a cell may take.
    quiet : bool
        Show no progress.
    variant : mapping of str to str, optional
        Variables of the kernels' environment that ask for figures of another look or size.

    Returns
    -------
    list of Path
        The executed notebooks ``build/<corpus>/notebooks/<stem>.ipynb`` (of a variant:
        ``build/<corpus>/variant/``), in the order given. The same notebook, corpus and versions
        give the same bytes.

    Raises
    ------
    PolythemesError
        If a notebook has no parameter cell, a cell stops with an error or takes too long, or a
        kernel dies. Others that run are ended; what was done of the failed one is in
        ``<stem>.failed.ipynb``.
    """
    for name, value in (("processes", processes), ("timeout", timeout)):
        if value < 1:
            msg = f"{name} = {value}; a whole number from 1 is allowed; leave it out or raise it"
            raise PolythemesError(msg)
    if _inside_a_loop():
        msg = "notebooks cannot be run from a notebook; run `polythemes figures` in a terminal"
        raise PolythemesError(msg)
    ready = _prepared(corpus, notebooks)
    with progress.bars(quiet=quiet) as start:
        shared = _Run(corpus, timeout, asyncio.Semaphore(processes), start, variant)
        try:
            return asyncio.run(_run_all(ready, shared))
        except asyncio.CancelledError:
            sys.exit(128 + signal.SIGTERM)


def _inside_a_loop() -> bool:
    """Tell whether this is called from code that a loop of asyncio runs, as Jupyter's is."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return False
    return True


def _prepared(
    corpus: paths.Corpus, notebooks: Sequence[Path] | None
) -> Mapping[Path, NotebookNode]:
    """Read all notebooks and set them to the corpus before any is run."""
    chosen = files.find(corpus.root) if notebooks is None else notebooks
    given = [Path(path).resolve() for path in chosen]
    stems = [path.stem for path in given]
    twice = sorted({stem for stem in stems if stems.count(stem) > 1})
    if twice:
        msg = f"two notebooks are named {twice[0]}; each name once is allowed; leave one out"
        raise PolythemesError(msg)
    ready = {path: files.read(path) for path in given}
    for path, notebook in ready.items():
        files.set_corpus(notebook, corpus.name, path)
        files.clear(notebook)
    return ready


async def _run_all(ready: Mapping[Path, NotebookNode], shared: _Run) -> list[Path]:
    """Run notebooks side by side; the first error ends all."""
    _end_when_told()
    try:
        async with asyncio.TaskGroup() as group:
            for path, notebook in ready.items():
                group.create_task(_run_one(path, notebook, shared))
    except BaseExceptionGroup as errors:
        first = errors.exceptions[0]
        raise first from first.__cause__
    return [shared.result(path) for path in ready]


def _end_when_told() -> None:
    """End all kernels in order, not only on Ctrl-C but also when told to end or hung up on."""
    task = asyncio.current_task()
    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        if task and number and signal.getsignal(number) is signal.SIG_DFL:
            # Windows has no such handlers, a thread cannot set them.
            with suppress(NotImplementedError, RuntimeError, ValueError):
                asyncio.get_running_loop().add_signal_handler(number, task.cancel)


async def _run_one(path: Path, notebook: NotebookNode, shared: _Run) -> None:
    """Run one notebook and write it."""
    cells = files.code(notebook)
    failed = shared.result(path, ".failed.ipynb")
    async with AsyncExitStack() as stack:
        await stack.enter_async_context(shared.places)
        step = shared.start(path.stem, len(cells))
        running = await stack.enter_async_context(
            kernel(path.parent, shared.corpus, shared.variant)
        )
        try:
            async for _ in _executed(notebook, running, shared.timeout):
                step(step.done + 1)
        except (CellExecutionError, CellTimeoutError, DeadKernelError) as error:
            files.write(notebook, failed)
            line = cells[step.done].source.strip().partition("\n")[0]
            msg = (
                f"{path.stem}: code cell {step.done + 1} of {len(cells)} (`{line}`) "
                f"{await _why(error, running, shared.timeout)}; {failed} shows how far it came"
            )
            raise PolythemesError(msg) from error
    files.write(notebook, shared.result(path))
    failed.unlink(missing_ok=True)


async def _executed(
    notebook: NotebookNode, running: Kernel, timeout: int
) -> AsyncIterator[NotebookNode]:
    """Run the cells of a notebook in turn and give each when it has ended."""
    client = NotebookClient(
        notebook,
        km=running.manager,
        timeout=timeout,
        iopub_timeout=OUTPUTS,
        raise_on_iopub_timeout=True,
        record_timing=False,
        # How a stream falls into pieces turns on the machine's speed.
        coalesce_streams=True,
    )
    client.kc = running.client
    for place, cell in enumerate(notebook.cells):
        if cell.cell_type == "code" and cell.source.strip():
            yield await _at_once(client.async_execute_cell(cell, place))


async def _at_once(work: Coroutine[Any, Any, NotebookNode]) -> NotebookNode:
    """Wait for work, but no longer once this is cancelled: what work awaits may swallow that."""
    task = asyncio.ensure_future(work)
    # What becomes of it after that is of no interest, and asyncio would complain.
    task.add_done_callback(lambda done: done.cancelled() or done.exception())
    try:
        await asyncio.wait({task})
    finally:
        task.cancel()
    return task.result()


async def _why(error: Exception, running: Kernel, timeout: int) -> str:
    """Say in half a sentence why a cell stopped."""
    if isinstance(error, CellExecutionError):
        told = " ".join(f"{error.ename}: {error.evalue}".split())
        return f"stopped with {told if len(told) <= TOLD else told[:TOLD] + ' ...'}"
    if isinstance(error, CellTimeoutError):
        return f"took more than {timeout} s (make it shorter or allow more)"
    return f"did not end: {await running.fate()}"
