"""Progress: a bar where somebody looks, a line in a log, nothing where it is not wanted."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from rich.console import Console

from polythemes import progress
from polythemes.progress import Step


def log() -> Console:
    return Console(file=io.StringIO(), force_terminal=False, force_jupyter=False)


def terminal() -> Console:
    return Console(
        file=io.StringIO(), force_terminal=True, force_jupyter=False, width=90, _environ={}
    )


def written(console: Console) -> str:
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


@pytest.fixture(autouse=True)
def _told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(progress.QUIET, raising=False)
    monkeypatch.setattr(progress, "monotonic", lambda: 5.0)


def test_a_log_gets_one_line_a_stage() -> None:
    console = log()
    with progress.bar("Embedding passages", 3, console=console) as step:
        for done in range(4):
            step(done)
    assert written(console) == "Embedding passages: 3 of 3 in 0.0 s\n"


def test_lines_of_a_log_come_when_their_stage_ends() -> None:
    console = log()
    with progress.bars(console=console) as start:
        first, second = start("01-articles", 2), start("02-terms", 2)
        first(1)
        second(2)
        assert written(console) == "02-terms: 2 of 2 in 0.0 s\n"
        first(2)
        first(2)
    assert written(console).splitlines() == [
        "02-terms: 2 of 2 in 0.0 s",
        "01-articles: 2 of 2 in 0.0 s",
    ]


def test_a_log_says_where_an_error_stopped_the_work() -> None:
    console = log()

    def work(step: Step) -> None:
        step(4)
        step(1 // 0)

    with pytest.raises(ZeroDivisionError), progress.bar("Fitting", 9, console=console) as step:
        work(step)
    assert written(console) == "Fitting: stopped at 4 of 9 in 0.0 s\n"


def test_long_and_marked_descriptions_stay_on_one_line() -> None:
    console = log()
    with progress.bar("[red]" + "long " * 40, 1, console=console) as step:
        step(1)
    assert written(console).count("\n") == 1
    assert written(console).startswith("[red]long")


def test_the_total_may_come_late() -> None:
    console = log()
    with progress.bar("Reading", console=console) as step:
        step(2)
        assert not step.complete
        step(4, 4)
        assert step.complete
    with progress.bar("Counting", console=console) as step:
        step(7)
    assert written(console) == "Reading: 4 of 4 in 0.0 s\nCounting: 7 in 0.0 s\n"


def test_a_step_is_the_callable_that_long_work_takes() -> None:
    def work(tell: Callable[[int, int], None]) -> None:
        tell(1, 2)
        tell(2, 2)

    with progress.bar("Working", quiet=True) as step:
        work(step)
    assert (step.done, step.total, step.amount) == (2, 2, "2 of 2")


def test_a_terminal_shows_a_bar() -> None:
    console = terminal()
    with progress.bar("[i]Embedding", 10, console=console) as step:
        step(3)
        step(4, 12)
    shown = written(console)
    assert "[i]Embedding" in shown
    assert "4/12" in shown
    assert "━" in shown


def test_a_terminal_shows_steps_side_by_side_and_bars_within_bars() -> None:
    console = terminal()
    with progress.bars(console=console) as start:
        start("first", 2)(1)
        start("second", None)(5)
        with progress.bar("inner", 3, console=console) as step:
            step(3)
    last = written(console).rpartition("first")[2]
    assert "1/2" in last
    assert "second" in last
    assert "5/?" in last
    assert "3/3" in written(console)


def test_printing_goes_where_it_went(capsys: pytest.CaptureFixture[str]) -> None:
    with progress.bar("Embedding", 1, console=terminal()) as step:
        print("a result")  # noqa: T201
        step(1)
    assert capsys.readouterr().out == "a result\n"


def test_progress_goes_to_standard_error(capsys: pytest.CaptureFixture[str]) -> None:
    with progress.bar("Embedding", 1) as step:
        step(1)
    shown = capsys.readouterr()
    assert shown.out == ""
    assert "Embedding: 1 of 1" in shown.err


@pytest.mark.parametrize("how", ["argument", "variable"])
@pytest.mark.parametrize("console", [log, terminal])
def test_it_can_be_silenced(
    how: str, console: Callable[[], Console], monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = console()
    if how == "variable":
        monkeypatch.setenv(progress.QUIET, "1")
    with progress.bar("Embedding", 1, quiet=how == "argument", console=shown) as step:
        step(1)
    assert written(shown) == ""
    assert step.complete


def test_a_dumb_terminal_is_treated_as_a_log() -> None:
    console = Console(file=io.StringIO(), force_terminal=True, _environ={"TERM": "dumb"})
    with progress.bar("Embedding", 1, console=console) as step:
        step(1)
    assert written(console) == "Embedding: 1 of 1 in 0.0 s\n"


class Handle:
    """Stands for what shows and updates an output of Jupyter."""

    def __init__(self) -> None:
        self.shown: list[str] = []

    def display(self, html: object, *, display_id: bool) -> Handle:
        assert display_id
        self.update(html)
        return self

    def update(self, html: object) -> None:
        self.shown.append(html.data)  # type: ignore[attr-defined]


def test_jupyter_shows_a_bar_without_widgets(monkeypatch: pytest.MonkeyPatch) -> None:
    handle = Handle()
    monkeypatch.setattr("IPython.display.display", handle.display)
    console = Console(file=io.StringIO(), force_jupyter=True)
    with progress.bar("<b>Embedding", 50, console=console) as step:
        for done in range(51):
            step(done)
    bar = '<progress value="{}" max="50"></progress> &lt;b&gt;Embedding: {} of 50, 0 s'
    # Time stands still here: only the first, the full and the final state are drawn.
    assert handle.shown == [bar.format(n, n) for n in (0, 50, 50)]


def test_jupyter_bars_stop_moving_at_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    handle = Handle()
    monkeypatch.setattr("IPython.display.display", handle.display)
    with progress.bar("Reading", console=Console(file=io.StringIO(), force_jupyter=True)) as step:
        step(0)
    assert handle.shown[0] == "<progress></progress> Reading: 0, 0 s"
    assert handle.shown[-1] == '<progress value="0" max="1"></progress> Reading: 0, 0 s'


def test_a_step_counts_its_seconds(monkeypatch: pytest.MonkeyPatch) -> None:
    step = Step("Fitting", None)
    monkeypatch.setattr(progress, "monotonic", lambda: 7.5)
    assert step.seconds == 2.5
