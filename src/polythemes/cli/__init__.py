"""The command line: ``polythemes COMMAND``."""

from __future__ import annotations

from polythemes.cli import figures, labels, pages, tables, work
from polythemes.cli.program import main, program

__all__ = ["figures", "labels", "main", "pages", "program", "tables", "work"]
