"""Kernels: the processes that run notebooks, shut off from all but the project and its corpus."""

from __future__ import annotations

import os
import signal
import sys
import tempfile
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from jupyter_client.asynchronous.client import AsyncKernelClient
from jupyter_client.kernelspec import KernelSpec, KernelSpecManager
from jupyter_client.manager import AsyncKernelManager

from polythemes import paths, picker, progress
from polythemes.errors import PolythemesError

#: Seconds that a kernel may take to start on a busy machine.
START = 120
#: Variables, by how they begin, through which a user's or a machine's habits change outputs.
HABITS = (
    "COLUMNS",
    "FORCE_COLOR",
    "IPYKERNEL",
    "IPYTHON",
    "JPY_",
    "JUPYTER",
    "LINES",
    "MPLBACKEND",
    "NO_COLOR",
    "POLYTHEMES_OUT",
    "POLYTHEMES_SIZE",
    "POLYTHEMES_STYLE",
    "PYTHONINSPECT",
    "PYTHONSTARTUP",
    "PYTHONWARNINGS",
)
# Two threads do not always sum in the same order, and kernels run side by side anyway.
THREADS = ("BLIS", "MKL", "NUMEXPR", "OMP", "OPENBLAS", "VECLIB_MAXIMUM")
NONE: Mapping[str, str] = MappingProxyType({})
#: The path of a unix socket is at most 103 bytes long on macOS and 107 on Linux.
SOCKET_PATH = 100


class _Interpreter(KernelSpecManager):
    """Know one kernel, that of the running interpreter, whatever is installed for the user."""

    def get_kernel_spec(self, kernel_name: str) -> KernelSpec:
        """Describe the kernel; nothing is asked of the history, which costs a thread."""
        return KernelSpec(
            argv=[
                sys.executable,
                "-m",
                "ipykernel_launcher",
                "-f",
                "{connection_file}",
                "--HistoryManager.enabled=False",
            ],
            name=kernel_name,
            display_name="Python 3",
            language="python",
        )


@dataclass(frozen=True)
class Kernel:
    """Hold a running kernel.

    Parameters
    ----------
    manager : AsyncKernelManager
        Its process.
    client : AsyncKernelClient
        What speaks to it.
    log : Path
        What it wrote outside of any cell.
    """

    manager: AsyncKernelManager
    client: AsyncKernelClient
    log: Path

    async def fate(self) -> str:
        """Tell how the kernel ended.

        Returns
        -------
        str
            Half a sentence for an error text.
        """
        ended = await self.manager.provisioner.poll() if self.manager.provisioner else None
        if ended is None:
            return "its kernel does not answer"
        if ended == -getattr(signal, "SIGKILL", 9):
            return (
                "its kernel was killed, as happens when memory runs out (close other programs, or "
                "take fewer articles)"
            )
        if ended < 0:
            return f"its kernel broke down ({signal.Signals(-ended).name})"
        said = self.log.read_text(encoding="utf-8", errors="replace").strip().split("\n")
        return f"its kernel ended with exit code {ended} ({said[-1] or 'without a word'})"


def environment(
    corpus: paths.Corpus, scratch: Path, more: Mapping[str, str] = NONE
) -> dict[str, str]:
    """Say what a kernel may know of its surroundings.

    Parameters
    ----------
    corpus : Corpus
        The corpus, for the project folder.
    scratch : Path
        An empty folder that takes the place of the user's settings of Jupyter and IPython.
    more : mapping of str to str, optional
        Variables to set besides.

    Returns
    -------
    dict of str to str
        Environment variables: those of this process but for habits, one thread for sums, the
        project's folders, and neither bars of progress nor a list of corpora in outputs.
    """
    base = {name: value for name, value in os.environ.items() if not name.startswith(HABITS)}
    own = {
        "IPYTHONDIR": str(scratch / "ipython"),
        "JUPYTER_CONFIG_DIR": str(scratch / "jupyter"),
        "JUPYTER_DATA_DIR": str(scratch / "jupyter"),
        "JUPYTER_RUNTIME_DIR": str(scratch / "jupyter"),
        "JUPYTER_NO_CONFIG": "1",
        "POLYTHEMES_ROOT": str(corpus.root.resolve()),
        progress.QUIET: "1",
        picker.ALONE: "1",
        # A warning names its file, which would bear the number of the process.
        "IPYKERNEL_CELL_NAME": "cell",
    }
    # A kernel works in another folder: a relative path would lead it elsewhere.
    kept = {"POLYTHEMES_CACHE": str(paths.cache())} if os.environ.get("POLYTHEMES_CACHE") else {}
    return base | {f"{name}_NUM_THREADS": "1" for name in THREADS} | own | kept | dict(more)


@asynccontextmanager
async def kernel(
    folder: Path, corpus: paths.Corpus, more: Mapping[str, str] = NONE
) -> AsyncIterator[Kernel]:
    """Start a kernel, and end it whatever happens.

    Parameters
    ----------
    folder : Path
        Its working directory.
    corpus : Corpus
        The corpus that it works on.
    more : mapping of str to str, optional
        Variables of its environment besides those of :func:`environment`.

    Yields
    ------
    Kernel
        A kernel that answers.

    Raises
    ------
    PolythemesError
        If it does not start.
    """
    with tempfile.TemporaryDirectory(prefix="polythemes-", ignore_cleanup_errors=True) as name:
        scratch = Path(name)
        manager = _manager(scratch)
        try:
            known = environment(corpus, scratch, more)
            await _launch(manager, folder, known, log=scratch / "log")
            running = Kernel(manager, manager.client(), scratch / "log")
            try:
                await _answer(running)
                yield running
            finally:
                running.client.stop_channels()
        finally:
            # Killed with all that it began: its cells are done, or nobody waits for them.
            await manager.shutdown_kernel(now=True)


async def _launch(
    manager: AsyncKernelManager, folder: Path, environment: dict[str, str], *, log: Path
) -> None:
    """Start the process of a kernel; what it writes outside of cells goes into a log."""
    try:
        with log.open("wb") as out:
            await manager.start_kernel(cwd=str(folder), env=environment, stdout=out, stderr=out)
    except OSError as error:
        msg = f"cannot start a kernel: {error}; `make setup` mends an installation"
        raise PolythemesError(msg) from error


async def _answer(running: Kernel) -> None:
    """Wait for the first answer of a kernel."""
    # No heartbeat and no questions: the process itself is watched.
    running.client.start_channels(stdin=False, hb=False)
    try:
        await running.client.wait_for_ready(timeout=START)
    except RuntimeError as error:
        msg = f"cannot start a kernel: {await running.fate()}; `make setup` mends an installation"
        raise PolythemesError(msg) from error


def _manager(scratch: Path) -> AsyncKernelManager:
    """Make what starts a kernel; the two speak over unix sockets where there are any."""
    file = scratch / "kernel.json"
    sockets = os.name == "posix" and len(os.fsencode(f"{file}-ipc-5")) <= SOCKET_PATH
    return AsyncKernelManager(
        kernel_spec_manager=_Interpreter(),
        connection_file=str(file),
        transport="ipc" if sockets else "tcp",
    )
