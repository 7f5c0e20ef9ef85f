"""Mend what was done to a text, for counting and embedding; the text shown stays as it was."""

from __future__ import annotations

from polythemes.repairs.edits import SORTS, Repair, apply
from polythemes.repairs.mojibake import mojibake
from polythemes.repairs.record import find, located, mend
from polythemes.repairs.rounds import repair
from polythemes.repairs.simplified import simplified

__all__ = [
    "SORTS",
    "Repair",
    "apply",
    "find",
    "located",
    "mend",
    "mojibake",
    "repair",
    "simplified",
]
