"""Models in files: the same bytes, and nothing but what was written is taken."""

from __future__ import annotations

import json

import numpy as np
import pytest

from polythemes import arrays
from polythemes.errors import PolythemesError

KINDS = {"rows": (2, "f"), "flag": (0, "b")}
STATE = {"rows": np.array([[1.0, 2.0]]), "flag": np.array(True)}


@pytest.fixture
def path(tmp_path):
    """Give a file with two arrays."""
    arrays.write(tmp_path / "m.npz", "bees 2", {"k": 3}, STATE)
    return tmp_path / "m.npz"


def read(path, format_="bees 2", params=("k",)):
    return arrays.read(path, format_, params, KINDS)


def test_what_is_written_is_read(path, tmp_path):
    params, state = read(path)
    assert params == {"k": 3}
    np.testing.assert_array_equal(state["rows"], STATE["rows"])
    assert state["flag"]
    arrays.write(tmp_path / "n.npz", "bees 2", params, state)
    assert (tmp_path / "n.npz").read_bytes() == path.read_bytes()


def test_other_format_is_refused(path):
    with pytest.raises(PolythemesError, match=r"of format 'bees 2'; this version reads 'bees 3'"):
        read(path, "bees 3")


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"rows": np.array([1.0])}, "array 'rows' is of another kind"),
        ({"rows": np.array([[1, 2]])}, "array 'rows' is of another kind"),
        ({"rows": np.array([[{}]], dtype=object)}, "allow_pickle"),
        ({"about": np.array("{")}, "Expecting property name"),
        ({"about": np.array(json.dumps({"format": "bees 2", "params": {}}))}, "'k'"),
    ],
)
def test_other_content_is_refused(path, changed, told):
    with np.load(path) as file:
        state = dict(file) | changed
    np.savez(path, **state)
    with pytest.raises(PolythemesError, match=told) as error:
        read(path)
    assert "is no model or is damaged" in str(error.value)


def test_half_a_file_and_no_file_are_refused(path):
    path.write_bytes(path.read_bytes()[:100])
    with pytest.raises(PolythemesError, match="is no model or is damaged"):
        read(path)
    path.unlink()
    with pytest.raises(PolythemesError, match=r"no model at .*m\.npz; a file that `save` wrote"):
        read(path)
