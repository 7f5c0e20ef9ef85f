"""A page in one file: nothing in its data can run, and nothing of it reaches the network."""

from __future__ import annotations

import base64
import hashlib
import json
from importlib import resources
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, UndefinedError
from markupsafe import Markup

from polythemes.errors import PolythemesError
from polythemes.visible import visible

#: Line ends and tabs, which a page shows as blanks.
BLANK = str.maketrans(dict.fromkeys("\n\r\t", " "))
#: What a browser's parser would take for the end of a script.
UNSAFE = str.maketrans({one: f"\\u{ord(one):04x}" for one in "<>&\u2028\u2029"})


def clean(value: Any) -> Any:
    r"""Make control characters visible in every text of a nested value.

    Parameters
    ----------
    value : object
        Texts, numbers, lists and dicts.

    Returns
    -------
    object
        The same with ``[U+0007]`` for what no reader sees; line ends and tabs are blanks.

    Examples
    --------
    >>> clean({"a": ["x\x07y\u202ez", "a\nb", 3]})
    {'a': ['x[U+0007]y[U+202E]z', 'a b', 3]}
    """
    if isinstance(value, Markup):
        return value
    if isinstance(value, str):
        return visible(value).translate(BLANK)
    if isinstance(value, dict):
        return {clean(key): clean(one) for key, one in value.items()}
    return [clean(one) for one in value] if isinstance(value, list | tuple) else value


def page(package: str, template: str, **values: Any) -> str:
    """Fill a page.

    Parameters
    ----------
    package : str
        The package whose folder ``templates`` holds the template.
    template : str
        Name of the template; every text put into it is escaped.
    **values : object
        What it is filled with; our own style sheets and scripts, and nothing else, as Markup.

    Returns
    -------
    str
        The page.

    Raises
    ------
    PolythemesError
        If the template asks for what is not given.
    """
    loader = PackageLoader(package)
    made = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    try:
        return made.get_template(template).render(**clean(values)).rstrip("\n") + "\n"
    except UndefinedError as error:
        msg = f"{template} asks for what is missing: {error.message}; run `polythemes build` again"
        raise PolythemesError(msg) from error


def part(package: str, name: str) -> str:
    """Read a style sheet or script of a package.

    Parameters
    ----------
    package : str
        The package.
    name : str
        File in its folder ``templates``.

    Returns
    -------
    str
        Its text.
    """
    return resources.files(package).joinpath("templates", name).read_text("utf-8")


def policy(*scripts: str) -> str:
    """Give the content security policy of a page.

    Parameters
    ----------
    *scripts : str
        The scripts that may run, and no other.

    Returns
    -------
    str
        A policy that forbids every request.
    """
    hashes = [base64.b64encode(hashlib.sha256(one.encode()).digest()).decode() for one in scripts]
    allowed = " ".join(f"'sha256-{one}'" for one in hashes) or "'none'"
    return (
        f"default-src 'none'; script-src {allowed}; style-src 'unsafe-inline'; "
        "img-src data:; font-src data:; base-uri 'none'; form-action 'none'"
    )


def data(value: Any) -> str:
    """Write data for a page's script.

    Parameters
    ----------
    value : object
        What JSON can hold.

    Returns
    -------
    str
        JSON in which nothing ends or begins a tag.
    """
    text = json.dumps(clean(value), ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return text.translate(UNSAFE)


def embedded(drawing: bytes) -> str:
    """Give the address that holds a drawing itself.

    Parameters
    ----------
    drawing : bytes
        An SVG file.

    Returns
    -------
    str
        A data URI; a picture cannot run scripts.
    """
    return "data:image/svg+xml;base64," + base64.b64encode(drawing).decode()
