"""Contracts: columns of plain kinds, and what belongs to a passage is named the same everywhere."""

from __future__ import annotations

from polythemes.contracts import CONTRACTS, REAL, TEXT, TRUTH, WHOLE


def test_contracts_hold_plain_kinds_only() -> None:
    kinds = {kind for columns in CONTRACTS.values() for kind in columns.values()}
    assert kinds == {TEXT, WHOLE, REAL, TRUTH}


def test_a_column_is_of_the_same_kind_wherever_it_stands() -> None:
    kinds: dict[str, set[object]] = {}
    for columns in CONTRACTS.values():
        for column, kind in columns.items():
            kinds.setdefault(column, set()).add(kind)
    kinds.pop("row")  # of a file it is a text, of a topic's list a number
    assert {column for column, found in kinds.items() if len(found) > 1} == set()
