#!/bin/sh
# Writes the locks from pyproject.toml, then environment.yml: `make lock`. Arguments go to uv (--upgrade).
# Versions already locked stay where they still fit.
set -eu
cd "$(dirname "$0")/.."

# $1 the lock, then what it is made of. One version of a package for all Pythons and systems.
compile() {
    lock=requirements/$1.txt
    shift
    echo "== $lock"
    .venv/bin/uv pip compile --quiet --universal --python-version 3.11 --fork-strategy fewest \
        --generate-hashes --custom-compile-command "make lock" --output-file "$lock" "$@" >/dev/null
}

# The largest first; the others then hold the same versions.
compile test pyproject.toml --group test "$@"
compile default pyproject.toml --group runtime --constraints requirements/test.txt "$@"
compile bootstrap --group bootstrap --constraints requirements/test.txt "$@"
compile build --group build "$@"
.venv/bin/python requirements/environment.py
