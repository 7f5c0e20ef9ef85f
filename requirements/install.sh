#!/bin/sh
# Brings .venv in step with a lock: `sh requirements/install.sh default` (or `test`).
# Says nothing and ends at once where .venv is in step already.
set -eu
cd "$(dirname "$0")/.."
place=$(pwd -P)
state=.venv/in-step-with
log=$(mktemp)
trap 'rm -f "$log"' EXIT

say() { printf 'setup: %s\n' "$*"; }
fail() { say "$*" >&2; exit 1; }

# What a .venv in step with lock $1 holds. The place counts: a moved .venv still points at the old one.
wanted() { echo "$1 $(cat pyproject.toml requirements/*.txt | cksum) $place"; }

# Whether .venv was finished, in this place, and its Python still runs.
sound() {
    case $(cat $state 2>"$log") in *" $place") ;; *) return 1 ;; esac
    .venv/bin/python -c 'import uv' 2>"$log"
}

# Runs "$@" for step $step: silent when it works; when not, one clear line below the tool's own last ones.
run() {
    "$@" >"$log" 2>&1 && return
    grep -v Retrying "$log" | tail -n 12 >&2
    why="the lines above say why."
    if grep -qi 'certificate' "$log"; then
        why="a certificate of this network is not trusted. Set SSL_CERT_FILE and PIP_CERT to a file that holds it."
    elif grep -qiE 'dns error|name resolution|error sending request|connection|timed out|unreachable|proxy' "$log"; then
        why="no network: the package index was not reached. Connect, or set HTTPS_PROXY, and run the same command again."
    fi
    fail "$step failed: $why"
}

find_python() {
    for python in ${PYTHON:-python3 python3.13 python3.12 python3.11}; do
        "$python" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' 2>"$log" && return
    done
    python=${PYTHON:-python3}
    found=$("$python" --version 2>"$log") || found="not found"
    fail "$python is $found; Polythemes needs Python 3.11, 3.12 or 3.13." \
        "Install one and name it: make setup PYTHON=/path/to/python3.13"
}

make_venv() {
    find_python
    "$python" -c 'import ensurepip, venv' 2>"$log" ||
        fail "$python has no venv module. On Debian: apt-get install python3-venv. Then run the same command again."
    [ ! -e .venv ] || say ".venv is unfinished, moved or broken: it is made anew"
    rm -rf .venv
    say "making .venv with $("$python" --version)"
    step="python -m venv"
    run "$python" -m venv .venv
    step="fetching uv (requirements/bootstrap.txt)"
    run .venv/bin/python -m pip install --quiet --no-deps --require-hashes -r requirements/bootstrap.txt
}

fill_venv() {
    say "installing requirements/$1.txt (a few hundred megabytes the first time)"
    export UV_PYTHON=.venv/bin/python UV_PYTHON_DOWNLOADS=never
    step="installing requirements/$1.txt"
    run .venv/bin/uv pip sync --require-hashes --build-constraints requirements/build.txt "requirements/$1.txt"
    step="installing polythemes"
    run .venv/bin/uv pip install --no-deps --no-build-isolation --editable .
}

if sound; then
    # The test lock holds all of the default one.
    case $(cat $state) in "$(wanted "$1")" | "$(wanted test)") exit ;; esac
    rm $state
else
    make_venv
fi
fill_venv "$1"
wanted "$1" >$state
say "done"
