"""Topics that were found beside themes that were named."""

from polythemes.crosswalk.overlaps import between, overlaps
from polythemes.crosswalk.suggested import suggested
from polythemes.crosswalk.table import crosswalk

__all__ = ["between", "crosswalk", "overlaps", "suggested"]
