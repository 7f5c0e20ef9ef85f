"""Vectors: a passage as a point in one space for all languages."""

from __future__ import annotations

import hashlib
import itertools
import multiprocessing
import os
import signal
import threading
import warnings
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from polythemes.encoders import Encoder
from polythemes.encoders.cache import VectorCache
from polythemes.errors import PolythemesError

#: A vector's values are kept as whole multiples of 1 / SCALE. Sums in floating point differ in
#: the last digits between processors and numbers of threads; what is rounded once, before it is
#: used, differs no more but for a few values in 100,000.
SCALE = 1000
#: Texts that one process encodes at a time.
CHUNK = 64
#: Fewer missing texts than this many chunks a process do not repay its start.
CHUNKS_PER_PROCESS = 4
#: Vectors that are made between two writes to the cache.
KEPT_TOGETHER = 1024
#: Characters of the longest text: a passage is far shorter, and memory grows with the length.
LONGEST = 100_000

Progress = Callable[[int, int], None]
Rows = NDArray[np.int16]


def embed(
    texts: Sequence[str],
    encoder: Encoder,
    *,
    cache: Path | None = None,
    processes: int | None = None,
    progress: Progress | None = None,
) -> NDArray[np.float32]:
    """Encode texts, each distinct text once.

    Parameters
    ----------
    texts : sequence of str of length n
        The texts.
    encoder : Encoder
        What encodes them.
    cache : Path, optional
        Folder that keeps vectors by encoder, version and SHA-256 of the text. Where it cannot be
        used, a :class:`~polythemes.encoders.cache.CacheWarning` says so and all are made anew.
    processes : int, optional
        At most so many processes; by default as many as there are processors. The result does
        not depend on it. Few texts are encoded in this process.
    progress : callable, optional
        Is told how many of how many distinct texts are done.

    Returns
    -------
    ndarray of float32, shape (n, d)
        A vector for each text: of length 1, then rounded to 0.001. A text in which the encoder
        knows nothing has the zero vector.

    Raises
    ------
    PolythemesError
        If a text cannot be encoded, or the encoder cannot be used.
    """
    keys = _keys(texts)
    distinct = dict(zip(keys, texts, strict=True))
    wanted = sorted(distinct)
    store = VectorCache(cache, encoder) if cache is not None else None
    if store:
        rows, found = store.read(wanted)
    else:
        rows = np.zeros((len(wanted), encoder.dimensions), dtype=np.int16)
        found = np.zeros(len(wanted), dtype=bool)
    missing = np.flatnonzero(~found)
    ready = len(wanted) - len(missing)

    def tell(made: int) -> None:
        if progress and wanted:
            progress(ready + made, len(wanted))

    def keep(places: NDArray[np.intp]) -> None:
        if store:
            store.write([wanted[i] for i in places], rows[places])

    parts = _encode([distinct[wanted[i]] for i in missing], encoder, processes)
    _fill(rows, missing, parts, keep=keep, tell=tell)
    return rows[np.searchsorted(wanted, keys)].astype(np.float32) / np.float32(SCALE)


def _keys(texts: Sequence[str]) -> list[str]:
    """Name every text by its content, and refuse what no encoder can read."""
    if isinstance(texts, str):
        msg = f"one text came: {texts[:40]!r}; a list of texts is allowed; put it into [ ]"
        raise PolythemesError(msg)
    keys = []
    for i, text in enumerate(texts):
        if not isinstance(text, str):
            msg = f"text {i} is {text!r:.40}; only texts are allowed; leave it out or make it one"
            raise PolythemesError(msg)
        if len(text) > LONGEST:
            msg = (
                f"text {i} has {len(text)} characters; {LONGEST} are allowed; cut it into passages"
            )
            raise PolythemesError(msg)
        try:
            keys.append(hashlib.sha256(text.encode()).hexdigest())
        except UnicodeEncodeError as error:
            bad = ascii(text[error.start])
            msg = f"text {i} holds {bad}, half a character; only whole ones are allowed; remove it"
            raise PolythemesError(msg) from error
    return keys


def _fill(
    rows: Rows,
    missing: NDArray[np.intp],
    parts: Iterator[Rows],
    *,
    keep: Callable[[NDArray[np.intp]], None],
    tell: Callable[[int], None],
) -> None:
    """Put vectors in their places as they come, and keep them even when the rest fails."""
    done = kept = 0
    tell(done)
    try:
        for part in parts:
            rows[missing[done : done + len(part)]] = part
            done += len(part)
            if done - kept >= KEPT_TOGETHER:
                keep(missing[kept:done])
                kept = done
            tell(done)
    finally:
        if done > kept:
            keep(missing[kept:done])


def _encode(texts: Sequence[str], encoder: Encoder, processes: int | None) -> Iterator[Rows]:
    """Encode texts in chunks of a fixed size, here or in other processes, in their order."""
    chunks = [texts[i : i + CHUNK] for i in range(0, len(texts), CHUNK)]
    workers = _workers(len(chunks), processes)
    done = 0
    if workers > 1:
        try:
            for part in _encode_elsewhere(chunks, encoder, workers):
                done += 1
                yield part
        except BrokenProcessPool:
            msg = (
                "a process that encoded texts has ended early: for want of memory, or because "
                "a script lacks `if __name__ == '__main__':`; the rest is encoded in this one"
            )
            warnings.warn(msg, RuntimeWarning, stacklevel=2)
    for chunk in chunks[done:]:
        yield _encode_chunk(chunk, encoder)


def _workers(chunks: int, processes: int | None) -> int:
    """Say how many processes the work is worth."""
    if processes is not None and processes < 1:
        msg = f"processes = {processes}; allowed is 1 or more, or None for all processors"
        raise PolythemesError(msg)
    affinity = getattr(os, "sched_getaffinity", None)
    processors = len(affinity(0)) if affinity else os.cpu_count() or 1
    return min(processors, processes or processors, chunks // CHUNKS_PER_PROCESS)


def _encode_elsewhere(
    chunks: Sequence[Sequence[str]], encoder: Encoder, workers: int
) -> Iterator[Rows]:
    """Encode chunks in other processes; the results come in the order of the chunks."""
    # A forked process could hang on a lock that a thread of this one held: spawn it.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, mp_context=context, initializer=_begin) as pool:
        yield from pool.map(_encode_chunk, chunks, itertools.repeat(encoder))


def _begin() -> None:
    """Prepare a process for encoding: it leaves Ctrl-C to its parent and ends with it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_follow, daemon=True).start()


def _follow() -> None:
    """End this process when its parent has ended: a killed parent cannot end it."""
    parent = multiprocessing.parent_process()
    if parent:
        parent.join()
        os._exit(1)


def _encode_chunk(texts: Sequence[str], encoder: Encoder) -> Rows:
    """Encode texts with one thread."""
    # Asking for the dimensions loads the model, and with it the thread pools to be limited.
    shape = (len(texts), encoder.dimensions)
    with threadpool_limits(1):
        vectors = np.asarray(encoder.encode(texts))
    if vectors.shape != shape or not np.isfinite(vectors).all():
        msg = (
            f"encoder {encoder.name} {encoder.version} made {vectors.shape} values, some perhaps "
            f"infinite; {shape} finite ones are allowed; mend or change the encoder"
        )
        raise PolythemesError(msg)
    return _rounded(vectors)


def _rounded(vectors: NDArray[np.float32]) -> Rows:
    """Bring vectors to length 1 and round them to whole multiples of 1 / SCALE."""
    exact = vectors.astype(np.float64)
    lengths = np.sqrt((exact * exact).sum(axis=1, keepdims=True))
    lengths[lengths == 0] = 1
    rounded: Rows = np.rint(exact / lengths * SCALE).astype(np.int16)
    return rounded
