#!/bin/sh
# Makes requirements.txt and requirements-dev.txt again from pyproject.toml. Needs uv: pip install uv
# Versions already locked stay unless told: installer/lock.sh --upgrade, or --upgrade-package NAME
set -eu
cd "$(dirname "$0")/.."

lock() {
    uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
        --custom-compile-command installer/lock.sh pyproject.toml "$@"
}

lock --output-file requirements.txt "$@"
lock --extra dev --constraints requirements.txt --output-file requirements-dev.txt "$@"
