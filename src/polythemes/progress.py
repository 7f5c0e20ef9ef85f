"""How far long work is: a bar in a terminal and in Jupyter, one line a stage in a log."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import cache
from html import escape
from time import monotonic
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

#: Set to anything, this environment variable silences all progress.
QUIET = "POLYTHEMES_QUIET"
#: Seconds between two drawings of a bar in Jupyter.
PAUSE = 0.1


class Step:
    """Be told how much of one piece of work is done.

    A step is a ``Callable[[int, int], None]``, the form that functions of this package take as
    ``progress``.

    Parameters
    ----------
    description : str
        What the work is.
    total : int or None
        How much there is to do; None while nobody knows.
    show : callable
        Shows the step; it is called after every change.
    """

    def __init__(
        self, description: str, total: int | None, show: Callable[[Step], None] | None = None
    ) -> None:
        self.description = description
        self.total = total
        self.done = 0
        self._show = show
        self._begun = monotonic()

    def __call__(self, done: int, total: int | None = None) -> None:
        """Take note of what is done.

        Parameters
        ----------
        done : int
            How much is done by now.
        total : int, optional
            How much there is to do, if that is only known now or has changed.
        """
        self.done = done
        self.total = self.total if total is None else total
        if self._show:
            self._show(self)

    @property
    def complete(self) -> bool:
        """Tell whether all is done."""
        return self.total is not None and self.done >= self.total

    @property
    def seconds(self) -> float:
        """Seconds since the step began."""
        return monotonic() - self._begun

    @property
    def amount(self) -> str:
        """How much is done, ``"3 of 4"``."""
        return f"{self.done}" if self.total is None else f"{self.done} of {self.total}"


#: Begins a step from its description and its total.
Start = Callable[[str, int | None], Step]


@contextmanager
def bar(
    description: str,
    total: int | None = None,
    *,
    quiet: bool = False,
    console: Console | None = None,
) -> Iterator[Step]:
    """Show how far one piece of work is, on standard error.

    Parameters
    ----------
    description : str
        What the work is, as in ``"Embedding passages"``.
    total : int, optional
        How much there is to do; may also be told later.
    quiet : bool
        Show nothing. The environment variable ``POLYTHEMES_QUIET`` does the same everywhere.
    console : rich.console.Console, optional
        Where to show it instead.

    Yields
    ------
    Step
        To be called with what is done: ``step(done)`` or ``step(done, total)``.
    """
    with bars(quiet=quiet, console=console) as start:
        yield start(description, total)


def bars(*, quiet: bool = False, console: Console | None = None) -> AbstractContextManager[Start]:
    """Show how far several pieces of work are that go on side by side.

    Parameters
    ----------
    quiet, console
        As for :func:`bar`.

    Returns
    -------
    context manager of callable
        Gives a function that begins a :class:`Step` from its description and its total (or None).
    """
    console = console or _console()
    if quiet or os.environ.get(QUIET):
        return _silent()
    if console.is_jupyter:
        return _jupyter()
    if console.is_terminal and not console.is_dumb_terminal:
        return _terminal(console)
    return _log(console)


@cache
def _console() -> Console:
    """Give the one console: bars within bars are drawn together only on the same one."""
    return Console(stderr=True)


@contextmanager
def _silent() -> Iterator[Start]:
    """Show nothing."""
    yield Step


@contextmanager
def _terminal(console: Console) -> Iterator[Start]:
    """Show a bar for every step."""
    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        TextColumn("{task.completed:.0f}/{task.fields[most]}"),
        TimeElapsedColumn(),
    )
    # What is printed to standard output may be on its way into a file: leave it there.
    with Progress(*columns, console=console, redirect_stdout=False) as shown:

        def start(description: str, total: int | None) -> Step:
            most = "?" if total is None else total
            task = shown.add_task(description, total=total, most=most)
            return Step(description, total, lambda step: show(task, step))

        def show(task: Any, step: Step) -> None:
            most = "?" if step.total is None else step.total
            shown.update(task, completed=step.done, total=step.total, most=most)

        yield start


@contextmanager
def _log(console: Console) -> Iterator[Start]:
    """Write one line for every step, when it ends."""
    going: list[Step] = []

    def say(step: Step, how: str) -> None:
        console.out(f"{step.description}: {how}{step.amount} in {step.seconds:.1f} s")

    def start(description: str, total: int | None) -> Step:
        going.append(Step(description, total, show))
        return going[-1]

    def show(step: Step) -> None:
        if step.complete and step in going:
            going.remove(step)
            say(step, "")

    how = "stopped at "
    try:
        yield start
        how = ""
    finally:
        for step in going:
            say(step, how)


@contextmanager
def _jupyter() -> Iterator[Start]:
    """Show a bar for every step without widgets, which not every Jupyter has."""
    from IPython.display import HTML, display

    ends: list[Callable[[], None]] = []

    def start(description: str, total: int | None) -> Step:
        last = monotonic()

        def html(*, ended: bool = False) -> Any:
            return HTML(_html(step, ended=ended))  # type: ignore[no-untyped-call]

        def show(step: Step) -> None:
            nonlocal last
            if step.complete or monotonic() - last >= PAUSE:
                last = monotonic()
                handle.update(html())

        step = Step(description, total, show)
        handle = display(html(), display_id=True)  # type: ignore[no-untyped-call]
        ends.append(lambda: handle.update(html(ended=True)))
        return step

    try:
        yield start
    finally:
        for end in ends:
            end()


def _html(step: Step, *, ended: bool) -> str:
    """Draw a step; without a value, a bar of HTML moves for as long as it is seen."""
    told = f"{escape(step.description)}: {step.amount}, {step.seconds:.0f} s"
    if step.total is None and not ended:
        return f"<progress></progress> {told}"
    most = max(step.done if step.total is None else step.total, 1)
    return f'<progress value="{step.done}" max="{most}"></progress> {told}'
