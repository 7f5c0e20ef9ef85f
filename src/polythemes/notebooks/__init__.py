"""Notebooks: run them for a corpus, each in a fresh kernel, and hold them to the project's rules.

They are started, stopped and written by this project's own short runner on nbclient, so that the
same notebook and corpus give the same bytes again.
"""

from __future__ import annotations

from polythemes.notebooks.rules import check
from polythemes.notebooks.runs import run

__all__ = ["check", "run"]
