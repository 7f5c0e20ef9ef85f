"""The command line: ``polythemes COMMAND``."""

from __future__ import annotations

from polythemes.cli import tables, work
from polythemes.cli.program import main, program

__all__ = ["main", "program", "tables", "work"]
