"""Draw characters and compare their shapes."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import resources

import numpy as np
from matplotlib.ft2font import FT2Font
from numpy.typing import NDArray

#: Side of a drawn character and of what is compared, in pixels.
DRAWN, SIDE = 64, 20

Shape = NDArray[np.float32]


class Glyphs:
    """Draw characters and compare their shapes."""

    def __init__(self) -> None:
        path = resources.files("zhplot") / "fonts" / "NotoSansSC-Regular.ttf"
        self.font = FT2Font(str(path))
        self.font.set_size(DRAWN, 72)
        self.map = self.font.get_charmap()
        self.scale = {n: _scaling(n) for n in range(1, 2 * DRAWN)}

    def draw(self, character: str) -> Shape:
        """Draw a character without its margin."""
        self.font.set_text(character)
        self.font.draw_glyphs_to_bitmap()
        return np.asarray(self.font.get_image(), dtype=np.float32)

    def shape(self, image: Shape) -> Shape | None:
        """Bring a drawing to one size, mean 0 and length 1; None where there is little of it."""
        rows, columns = np.flatnonzero(image.max(1) > 64), np.flatnonzero(image.max(0) > 64)
        if len(rows) < 3 or len(columns) < 3:
            return None
        image = image[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
        high, wide = image.shape
        # A line such as 一 is not blown up to a square.
        add = (max(0, int(0.4 * wide) - high), max(0, int(0.4 * high) - wide))
        image = np.pad(image, [(n // 2, n - n // 2) for n in add])
        high, wide = image.shape
        vector = (self.scale[high] @ image @ self.scale[wide].T).ravel()
        vector -= vector.mean()
        length = np.linalg.norm(vector)
        return (vector / length).astype(np.float32) if length else None

    def shapes(self, character: str) -> tuple[Shape, list[Shape]]:
        """Give the shape of a character and of its parts."""
        image = self.draw(character)
        whole = self.shape(image)
        parts = [self.shape(part) for part in _parts(image)]
        none = np.zeros(SIDE * SIDE, np.float32)
        return none if whole is None else whole, [p for p in parts if p is not None]


def _scaling(size: int) -> NDArray[np.float64]:
    """Make the matrix that averages `size` pixels into SIDE, with a slight blur."""
    edges = np.linspace(0, size, SIDE + 1)
    low, high = np.arange(size), np.arange(1, size + 1)
    share = np.minimum(edges[1:, None], high) - np.maximum(edges[:-1, None], low)
    share = np.clip(share, 0, None)
    blur = np.eye(SIDE) / 2 + np.eye(SIDE, k=1) / 4 + np.eye(SIDE, k=-1) / 4
    matrix: NDArray[np.float64] = (blur / blur.sum(1, keepdims=True)) @ (
        share / share.sum(1, keepdims=True)
    )
    return matrix


def _parts(image: Shape) -> Iterator[Shape]:
    """Cut out where components stand: right, left, below, above, inside."""
    rows, columns = image.shape

    def cut(top: float, bottom: float, left: float, right: float) -> Shape:
        return image[
            round(top * rows) : round(bottom * rows), round(left * columns) : round(right * columns)
        ]

    for edge in (0.22, 0.28, 0.34, 0.4, 0.46):
        yield cut(0, 1, edge, 1)
    for edge in (0.54, 0.6, 0.66, 0.72):
        yield cut(0, 1, 0, edge)
    for edge in (0.2, 0.26, 0.32, 0.38, 0.45):
        yield cut(edge, 1, 0, 1)
    for edge in (0.46, 0.55, 0.62, 0.7):
        yield cut(0, edge, 0, 1)
    for box in ((0.16, 0.84, 0.16, 0.84), (0.16, 0.84, 0.16, 1), (0.16, 1, 0.16, 0.84)):
        yield cut(*box)
    for box in ((0.2, 1, 0.2, 1), (0.28, 1, 0.28, 1), (0, 0.78, 0.3, 1), (0, 0.78, 0.2, 1)):
        yield cut(*box)
    yield cut(0.2, 0.8, 0, 1)
    # One of three: 尛, 矗.
    yield cut(0.45, 1, 0, 0.5)
    yield cut(0.5, 1, 0.5, 1)
