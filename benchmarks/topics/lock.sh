#!/bin/sh
# Writes the locks of the peers; arguments go to uv (--upgrade). Needs `make setup` and a network.
set -eu
cd "$(dirname "$0")"

# $1 the lock; on standard input the packages that are left out of it.
compile() {
    lock=$1
    shift
    echo "== benchmarks/topics/$lock.txt"
    ../../.venv/bin/uv pip compile --quiet --universal --python-version 3.11 --fork-strategy fewest \
        --generate-hashes --custom-compile-command "sh benchmarks/topics/lock.sh" --excludes - \
        --output-file "$lock.txt" "$lock.in" "$@" >/dev/null
}

# `import torch` on Linux needs most of the CUDA packages, graphics card or not; not these (1.4 GB).
printf '%s\n' triton cuda-bindings nvidia-cuda-cupti nvidia-cusolver | compile peers-torch "$@"
# BERTopic needs it only to embed, and it would bring torch.
echo sentence-transformers | compile peers --constraints peers-torch.txt "$@"
