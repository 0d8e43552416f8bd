#!/bin/sh
# Runs the kernel tests, and every other test whose full name matches the filter, with the widest instruction sets
# switched off one after the other. Needs tests/ElasticNet.Fast.Tests built. A test checks that the switches work.
# Usage: .ci/isa-matrix.sh [Debug|Release] [filter]
set -eu
cd "$(dirname "$0")/.."
configuration=${1:-Release}
filter=${2:-FullyQualifiedName~.Kernels.}
for switch in EnableAVX512 EnableAVX2 EnableHWIntrinsic; do
    echo "== DOTNET_$switch=0"
    env "DOTNET_$switch=0" dotnet vstest \
        "tests/ElasticNet.Fast.Tests/bin/$configuration/net10.0/ElasticNet.Fast.Tests.dll" --TestCaseFilter:"$filter"
done
