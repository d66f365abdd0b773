#!/usr/bin/env bash
# Installs the peers that ./bench/compare runs against, beside this script: a Python environment with PyTorch and
# pythae, and DL4J's jars. Needs Python 3.10 to 3.13, Maven, and about 8 GB. Elbo itself needs none of it.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
python3 -m venv "$here/.venv"
"$here/.venv/bin/pip" install --quiet torch==2.11.0 pythae==0.1.2 numpy
mvn --quiet --batch-mode --no-transfer-progress -f "$here/dl4j/pom.xml" package dependency:copy-dependencies \
    -DincludeScope=runtime
echo "the peers are installed in $here"
