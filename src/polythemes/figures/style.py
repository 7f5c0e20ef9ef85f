"""The look of every figure: one style file, its fonts, and colours that never change hands."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache

import matplotlib as mpl
from matplotlib import colors
from matplotlib import style as sheets

from polythemes.figures import fonts, looks

STYLE = "polythemes.figures.polythemes"
#: The look to draw in.
look = looks.current

#: Colour and marker of a language. The first six colours are those of Okabe and Ito.
LANGUAGES = {
    "en": ("#0072B2", "o"),
    "de": ("#E69F00", "s"),
    "zh": ("#D55E00", "^"),
    "it": ("#009E73", "D"),
    "id": ("#CC79A7", "v"),
    "fr": ("#56B4E9", "P"),
    "es": ("#554444", "X"),
    "pt": ("#4400DD", "<"),
    "ru": ("#221188", ">"),
    "ar": ("#AACCAA", "h"),
    "ja": ("#AA44FF", "p"),
    "ko": ("#550055", "d"),
    "pl": ("#AA4411", "8"),
    "tr": ("#882200", "H"),
    "nl": ("#EEBB66", "*"),
    "hi": ("#999933", "o"),
}

#: Colours of themes and of topics by position: the muted scheme of Paul Tol.
SEQUENCE = (
    "#CC6677",
    "#332288",
    "#DDCC77",
    "#117733",
    "#88CCEE",
    "#882255",
    "#44AA99",
    "#999933",
    "#AA4499",
)
REST, REST_COLOUR = "rest", "#BBBBBB"


@contextmanager
def use() -> Iterator[None]:
    """Draw with the project's style and the look chosen; all settings are as before afterwards.

    Yields
    ------
    None
        Settings of the user, of the machine and of the notebook do not reach the figure.
    """
    families = [fonts.register(path) for path in [fonts.bundled(), *fonts.added()]]
    with sheets.context([STYLE, dict(look().ticks)], after_reset=True):
        mpl.rcParams["font.family"] = list(dict.fromkeys([*mpl.rcParams["font.family"], *families]))
        yield


def language(code: str) -> str:
    """Give the colour of a language, the same in every figure and run.

    Parameters
    ----------
    code : str
        The language's code, as in ``"de"``.

    Returns
    -------
    str
        ``"#RRGGBB"``; a language without an entry gets one from a hash of its code.
    """
    if code in LANGUAGES:
        return look().turned(LANGUAGES[code][0], [*LANGUAGES].index(code))
    number = _number(code)
    hue, depth = number % 360 / 360, 0.45 + number // 360 % 4 * 0.1
    own = colors.to_hex(tuple(colors.hsv_to_rgb((hue, 0.6, depth))))
    return look().turned(str(own).upper(), number)


def marker(code: str) -> str:
    """Give the marker of a language, so that colour is never the only sign.

    Parameters
    ----------
    code : str
        The language's code.

    Returns
    -------
    str
        A marker of Matplotlib.
    """
    if code in LANGUAGES:
        return LANGUAGES[code][1]
    shapes = sorted({shape for _, shape in LANGUAGES.values()})
    return shapes[_number(code) % len(shapes)]


def position(place: int) -> str:
    """Give the colour of the theme, topic or article at a place in its list.

    Parameters
    ----------
    place : int
        0 is the first. Colours come again after the ninth, so label what is drawn as well.

    Returns
    -------
    str
        ``"#RRGGBB"``.
    """
    return look().turned(SEQUENCE[place % len(SEQUENCE)], place)


def scheme(listed: Mapping[str, str]) -> dict[str, str]:
    """Give the colours of a list of things as the look has them.

    Parameters
    ----------
    listed : mapping of str to str
        ``"#RRGGBB"`` on white, by thing, in their order.

    Returns
    -------
    dict of str to str
        ``"#RRGGBB"`` by thing.
    """
    return {one: look().turned(colour, i) for i, (one, colour) in enumerate(listed.items())}


def themes(theme_ids: Iterable[str]) -> dict[str, str]:
    """Give every theme its colour.

    Parameters
    ----------
    theme_ids : iterable of str
        The themes in the order of ``themes.toml``.

    Returns
    -------
    dict of str to str
        ``"#RRGGBB"`` by theme; grey for ``rest``, which takes no place in the order.
    """
    named = [theme for theme in theme_ids if theme != REST]
    return {theme: position(i) for i, theme in enumerate(named)} | {REST: REST_COLOUR}


def ink(fill: str) -> str:
    """Choose the colour of text that reads best on a fill.

    Parameters
    ----------
    fill : str
        The colour beneath, ``"#RRGGBB"``.

    Returns
    -------
    str
        White or black, whichever has the higher contrast (WCAG 2.2): 4.5 to 1 or more on any fill.
    """
    below = looks.luminance(fill) + 0.05
    return "#FFFFFF" if 1.05 / below > below / 0.05 else "#000000"


def shade(value: float, most: float) -> str:
    """Give the colour of a value between nothing and the most there is.

    Parameters
    ----------
    value, most : float
        The value, 0 or more, and the value of the darkest shade.

    Returns
    -------
    str
        ``"#RRGGBB"``.
    """
    scale = _scale(look().shades)
    return str(colors.to_hex(scale(min(1.0, value / most) if most > 0 else 0.0))).upper()


def tint(colour: str, part: float) -> str:
    """Thin a colour with the ground.

    Parameters
    ----------
    colour : str
        ``"#RRGGBB"``.
    part : float
        How much of the colour stays, 0 to 1.

    Returns
    -------
    str
        ``"#RRGGBB"``.
    """
    pairs = zip(colors.to_rgb(look().ground), colors.to_rgb(colour), strict=True)
    red, green, blue = (ground - part * (ground - c) for ground, c in pairs)
    return str(colors.to_hex((red, green, blue))).upper()


@cache
def _scale(shades: tuple[str, ...]) -> colors.Colormap:
    """Make a scale of colours from its steps."""
    return colors.LinearSegmentedColormap.from_list("polythemes", shades)


def _number(code: str) -> int:
    """Turn a code into a number that is the same in every process."""
    return int.from_bytes(hashlib.sha256(code.encode()).digest()[:4], "big")
