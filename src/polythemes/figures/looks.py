"""The looks that figures come in: on white, for a printer without colours, on a dark ground."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from matplotlib import colors
from numpy.typing import NDArray

from polythemes.errors import PolythemesError, choices

#: This environment variable names the look.
LOOK = "POLYTHEMES_STYLE"
SRGB_KNEE = 0.04045
#: Lightness (CIE L*) of colours in a list, for a printer without colours: the first five and all
#: neighbours are 13 apart, all nine 6, and none is too pale for a mark on white.
LADDER = (37, 65, 22, 51, 78, 58, 30, 44, 71)
#: Contrast (WCAG 2.2) of a mark with its ground, at the least.
CONTRAST = 3.2
# Oklab (Ottosson 2020).
CONES = np.array(
    [
        [0.4122214708, 0.5363325363, 0.0514459929],
        [0.2119034982, 0.6806995451, 0.1073969566],
        [0.0883024619, 0.2817188376, 0.6299787005],
    ]
)
LAB = np.array(
    [
        [0.2104542553, 0.7936177850, -0.0040720468],
        [1.9779984951, -2.4285922050, 0.4505937099],
        [0.0259040371, 0.7827717662, -0.8086757660],
    ]
)


@dataclass(frozen=True)
class Look:
    """Hold the colours that a look is made of, each ``"#RRGGBB"``.

    Parameters
    ----------
    ground, ink, soft : str
        What is drawn on, and texts of the first and the second rank.
    line, faint, track : str
        Lines, and grounds behind bars and rows.
    shades : tuple of str
        From nothing to much, in one hue, so that it holds in print and for every kind of sight.
    ticks : mapping of str to str
        Settings of Matplotlib that differ from the style file's.
    turned : callable
        Gives a colour as the look has it, from the colour on white and its place in its list.
    """

    ground: str
    ink: str
    soft: str
    line: str
    faint: str
    track: str
    shades: tuple[str, ...]
    ticks: Mapping[str, Any]
    turned: Callable[[str, int], str]


def name() -> str:
    """Name the look to draw in.

    Returns
    -------
    str
        What ``POLYTHEMES_STYLE`` names, ``"light"`` where it is not set.

    Raises
    ------
    PolythemesError
        If there is no such look.
    """
    given = os.environ.get(LOOK) or "light"
    if given not in LOOKS:
        msg = f"{LOOK} is {given!r}; allowed are {choices(LOOKS)}; set it to one of them"
        raise PolythemesError(msg)
    return given


def current() -> Look:
    """Give the look to draw in.

    Returns
    -------
    Look
        The one that :func:`name` names.
    """
    return LOOKS[name()]


def luminance(colour: str) -> float:
    """Give the relative luminance of a colour (WCAG 2.2).

    Parameters
    ----------
    colour : str
        ``"#RRGGBB"``.

    Returns
    -------
    float
        0 for black to 1 for white.
    """
    parts = (
        c / 12.92 if c <= SRGB_KNEE else ((c + 0.055) / 1.055) ** 2.4 for c in colors.to_rgb(colour)
    )
    return sum(part * weight for part, weight in zip(parts, (0.2126, 0.7152, 0.0722), strict=True))


def lightness(colour: str) -> float:
    """Give the lightness that a colour has in a picture without colours (CIE L*).

    Parameters
    ----------
    colour : str
        ``"#RRGGBB"``.

    Returns
    -------
    float
        0 for black to 100 for white.
    """
    part = luminance(colour)
    return 116 * part ** (1 / 3) - 16 if part > (6 / 29) ** 3 else part * (29 / 3) ** 3


def with_lightness(colour: str, wanted: float) -> str:
    """Make a colour lighter or darker; its hue stays.

    Parameters
    ----------
    colour : str
        ``"#RRGGBB"``.
    wanted : float
        Its lightness (CIE L*), 0 to 100.

    Returns
    -------
    str
        ``"#RRGGBB"``, as strong as the screen can show it, and no stronger than it was.
    """
    own = _to_lab(colour)
    low, high = 0.0, 1.0
    for _ in range(24):
        middle = (low + high) / 2
        low, high = (middle, high) if lightness(_at(own, middle)) < wanted else (low, middle)
    return _at(own, round(high, 4))


def _at(lab: NDArray[np.float64], light: float) -> str:
    """Give the colour of a hue at a lightness of Oklab, paler where the screen ends."""
    for part in np.linspace(1, 0, 51):
        parts = _from_lab(np.array([light, part * lab[1], part * lab[2]]))
        if parts.min() >= -1e-4 and parts.max() <= 1 + 1e-4:
            break
    return str(colors.to_hex(tuple(np.clip(parts, 0, 1)))).upper()


def _to_lab(colour: str) -> NDArray[np.float64]:
    """Write a colour in Oklab."""
    parts = np.array(colors.to_rgb(colour))
    light = np.where(parts <= SRGB_KNEE, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)
    return np.asarray(LAB @ np.cbrt(CONES @ light))


def _from_lab(lab: NDArray[np.float64]) -> NDArray[np.float64]:
    """Write a colour of Oklab as red, green and blue; below 0 or above 1 no screen shows it."""
    light = np.linalg.solve(CONES, np.linalg.solve(LAB, lab) ** 3)
    bent = 1.055 * np.clip(light, 0.0031308, None) ** (1 / 2.4) - 0.055
    return np.asarray(np.where(light <= 0.0031308, 12.92 * light, bent))


def _same(colour: str, place: int) -> str:
    """Leave a colour as it is."""
    del place
    return colour


def _grey(colour: str, place: int) -> str:
    """Give a colour the lightness of its place, so that it is told apart without its hue."""
    return with_lightness(colour, LADDER[place % len(LADDER)])


def _light(colour: str, place: int) -> str:
    """Lighten a colour until it stands out from the dark ground."""
    del place
    least = 116 * (CONTRAST * (luminance(DARK) + 0.05) - 0.05) ** (1 / 3) - 16
    return colour if lightness(colour) >= least else with_lightness(colour, least)


def _ticks(ink: str, ground: str, edge: str) -> dict[str, Any]:
    """Set the colours that Matplotlib itself draws with."""
    inks = ("text.color", "axes.labelcolor", "xtick.labelcolor", "ytick.labelcolor")
    grounds = ("figure.facecolor", "savefig.facecolor", "axes.facecolor")
    edges = ("axes.edgecolor", "xtick.color", "ytick.color")
    return {
        **dict.fromkeys(inks, ink),
        **dict.fromkeys(grounds, ground),
        **dict.fromkeys(edges, edge),
    }


DARK = "#14191F"
LOOKS: Mapping[str, Look] = {
    "light": Look(
        *("#FFFFFF", "#222222", "#666666", "#CCCCCC", "#EDEDED", "#F5F5F5"),
        ("#F5F8FB", "#DCE9F3", "#9CC3DE", "#4A90BF", "#12598F", "#082F57"),
        {},
        _same,
    ),
    "print": Look(
        *("#FFFFFF", "#000000", "#4D4D4D", "#B3B3B3", "#E6E6E6", "#F5F5F5"),
        ("#FAFAFA", "#E0E0E0", "#B0B0B0", "#7D7D7D", "#474747", "#141414"),
        _ticks("#000000", "#FFFFFF", "#666666"),
        _grey,
    ),
    "dark": Look(
        *(DARK, "#E8EAED", "#A9B1BA", "#46505A", "#2A323B", "#20272F"),
        ("#1C242D", "#20384D", "#245A80", "#3E8CBF", "#8FC3E6", "#DCEEFA"),
        _ticks("#E8EAED", DARK, "#7C868F"),
        _light,
    ),
}
