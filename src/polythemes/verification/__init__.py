"""Prove a corpus: rebuild it elsewhere, compare with what is committed, and name what moved."""

from __future__ import annotations

from polythemes.verification.causes import Change, changes
from polythemes.verification.compared import Sides, compare, pixels, report, table, wrong
from polythemes.verification.rebuilt import Rebuilt, lay_out, rebuild

__all__ = [
    "Change",
    "Rebuilt",
    "Sides",
    "changes",
    "compare",
    "lay_out",
    "pixels",
    "rebuild",
    "report",
    "table",
    "wrong",
]
