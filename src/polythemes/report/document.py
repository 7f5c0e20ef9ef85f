"""The report as a PDF, set by Typst."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Mapping
from importlib import resources
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import matplotlib as mpl
import typst

from polythemes.errors import PolythemesError
from polythemes.figures import fonts
from polythemes.report import page

#: The fonts of a page, by their files in Matplotlib.
FACES = ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf", "DejaVuSansMono.ttf")


def pdf(report: Mapping[str, Any]) -> bytes:
    """Set the report.

    The text goes to Typst as data, so that nothing in it is markup; no date is written, so that
    the same report has the same bytes.

    Parameters
    ----------
    report : mapping of str to object
        What :func:`polythemes.report.content` gives.

    Returns
    -------
    bytes
        A PDF with tags and alternative texts.

    Raises
    ------
    PolythemesError
        If Typst refuses it.
    """
    with TemporaryDirectory() as name:
        root = Path(name)
        for file in FACES:
            shutil.copy(Path(mpl.get_data_path(), "fonts", "ttf", file), root)
        for font in (fonts.bundled(), *fonts.added()):
            shutil.copy(font, root)
        sections = [
            section | {"figures": [_figure(one, root) for one in section["figures"]]}
            for section in report["sections"]
        ]
        told = page.clean({**report, "sections": sections})
        (root / "report.json").write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
        template = resources.files(page.__package__).joinpath("templates", "report.typ")
        (root / "report.typ").write_bytes(template.read_bytes())
        try:
            made = typst.compile(
                os.fspath(root / "report.typ"),
                root=name,
                font_paths=[name],
                ignore_system_fonts=True,
                format="pdf",
            )
        except RuntimeError as error:
            msg = f"the PDF of {report['id']} cannot be set: {error}; the page index.html stands"
            raise PolythemesError(msg) from error
    if not isinstance(made, bytes):
        msg = f"the PDF of {report['id']} came in {len(made or [])} parts; one is expected"
        raise PolythemesError(msg)
    return made


def _figure(one: Any, root: Path) -> dict[str, str]:
    """Put a figure's drawing beside the template."""
    file = f"{one.svg.stem}.svg"
    shutil.copy(one.svg, root / file)
    return {"id": one.id, "caption": one.caption, "alt": one.alt, "file": file}
