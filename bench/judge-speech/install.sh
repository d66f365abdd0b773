#!/usr/bin/env bash
# Installs the judges of speech that ./judge asks, with their weights, in a Python environment beside this script. Needs Python 3.10 to
# 3.13 and a C compiler, and about 6 GB, most of it PyTorch. Elbo itself, its build and its tests need none of it.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
python3 -m venv "$here/.venv"
"$here/.venv/bin/pip" install --quiet --disable-pip-version-check -r "$here/requirements.txt"
echo "the judges are installed in $here/.venv"
