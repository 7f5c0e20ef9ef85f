"""Labels given by hand: passages drawn, sheets to fill in, and how far people and model agree."""

from polythemes.labelling.agreement import agreement, between_people
from polythemes.labelling.alpha import alpha, masi, nominal
from polythemes.labelling.draw import draw
from polythemes.labelling.gold import from_lines
from polythemes.labelling.reliability import calibration_error, reliability
from polythemes.labelling.sheets import read, write

__all__ = [
    "agreement",
    "alpha",
    "between_people",
    "calibration_error",
    "draw",
    "from_lines",
    "masi",
    "nominal",
    "read",
    "reliability",
    "write",
]
