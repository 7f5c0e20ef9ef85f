"""The program that runs a command, and tells of an error in one line."""

from __future__ import annotations

import io
import sys
import warnings
from collections.abc import Callable, Sequence
from typing import Any

import click

from polythemes import __version__
from polythemes.errors import PolythemesError
from polythemes.visible import visible

WAYS = {"help_option_names": ["-h", "--help"], "max_content_width": 100}

ENDS = (
    "Each command tells more with --help. Files and rows that cannot be read are named and left "
    "out, the rest is done, and the exit code is 3; after an error it is 2."
)


def example(text: str) -> dict[str, Any]:
    """Give the keyword that puts an example at the end of a command's help."""
    return {"epilog": f"Example: {text}", "context_settings": WAYS}


def corpus_argument(function: Callable[..., None]) -> Callable[..., None]:
    """Add the argument that names a corpus."""
    return click.argument("name", metavar="CORPUS")(function)


class Program(click.Group):
    """Run commands; an error is one line, and exits with 2."""

    def main(self, args: Sequence[str] | None = None, *_: Any, **__: Any) -> Any:
        """Run the command that the arguments name, those of the process by default.

        Parameters
        ----------
        args : sequence of str, optional
            The arguments.
        """
        given = (sys.argv[1:] if args is None else list(args)) or ["--help"]
        with warnings.catch_warnings():
            warnings.showwarning = lambda message, *_, **__: _tell(f"warning: {message}")
            try:
                return super().main(given, prog_name="polythemes", standalone_mode=False)
            except Exception as error:
                if isinstance(error, click.Abort):
                    code, told = 130, "stopped; what was written before stands"
                elif "--debug" in given:
                    raise
                else:
                    code, told = _error(error)
                _tell(told)
                sys.exit(code)


@click.group(cls=Program, context_settings=WAYS, epilog=ENDS)
@click.version_option(__version__, prog_name="polythemes")
@click.option("--debug", is_flag=True, help="Show the traceback of an error.")
def program(debug: bool) -> None:
    """Find themes in press articles, one theme in any language, with the evidence."""
    del debug


def main() -> None:
    """Run the command line."""
    for stream in (sys.stdout, sys.stderr):
        # A terminal that has no Chinese shows question marks instead.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    program.main()


def _error(error: Exception) -> tuple[int, str]:
    """Give the exit code and the line that tell of an error."""
    if isinstance(error, click.UsageError):
        path = error.ctx.command_path if error.ctx else "polythemes"
        return 2, f"{error.format_message()} `{path} --help` shows what is allowed."
    if isinstance(error, click.ClickException):
        return 2, error.format_message()
    if isinstance(error, PolythemesError):
        return 2, str(error)
    if isinstance(error, OSError):
        place = f"{error.filename}: " if error.filename else ""
        return 2, f"{place}{error.strerror or error}; free the place or the rights and run again"
    told = f"this should not happen: {type(error).__name__}: {error}"
    return 1, f"{told}; `polythemes --debug COMMAND` shows where: please report it"


def _tell(text: object) -> None:
    """Tell of a fault in one line."""
    click.echo(f"polythemes: {visible(' '.join(str(text).split()))}", err=True)


def say(line: str) -> None:
    """Tell one line of the work; results go to the standard output, this does not."""
    click.echo(visible(line), err=True)
