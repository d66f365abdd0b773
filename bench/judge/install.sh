#!/usr/bin/env bash
# Installs the judge of content that ./similarity asks: two models of sentences that carry their weights, and what runs them, 190 MB
# beside this script. Needs Maven and Java 17. Elbo itself, its build and its tests need none of it.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
mvn --quiet --batch-mode --no-transfer-progress -f "$here/pom.xml" dependency:copy-dependencies -DincludeScope=runtime
echo "the judge is installed in $here/target/dependency"
