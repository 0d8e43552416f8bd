#!/usr/bin/env bash
# What users get: programs made from the packed packages in an empty folder outside the repository. Builds them with warnings as
# errors, runs them, and prints sizes (package, bin, program, installed tool) and the time to the first prediction.
# Usage: .ci/consumer.sh PACKAGES VERSION    (a folder of packages, the one version of all of them)
set -euo pipefail
cd "$(dirname "$0")/.."
packages=$(realpath "$1")
export PACKED_VERSION=$2
data=$PWD/tests/data/diabetes.csv

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp -r tests/consumers/. "$work"

# Their packages go into a cache of their own; what they depend on may come from the user's.
export NUGET_FALLBACK_PACKAGES=${NUGET_PACKAGES:-$HOME/.nuget/packages}
export NUGET_PACKAGES=$work/cache
cat >"$work/nuget.config" <<EOF
<configuration>
  <packageSources><add key="packed" value="$packages" /></packageSources>
</configuration>
EOF
cd "$work"

size() {
    du -shL --apparent-size "$1" | cut -f1
}

# build PROJECT: without a warning.
build() {
    dotnet build "$1" -c Release -warnaserror -v quiet
}

# as_said LOG WORDS: the program said so.
as_said() {
    grep -q "$2" "$1" || { cat "$1"; echo "'$2' is missing"; return 1; }
    sed "s/^/   /" "$1"
}

echo "packages"
du -hL --apparent-size "$packages"/*."$PACKED_VERSION".nupkg | sed "s|$packages/||; s/^/   /"

echo "tool"
dotnet tool install ElasticNet.Fast.Cli --version "$PACKED_VERSION" --tool-path tool --configfile nuget.config >install.log || { cat install.log; exit 1; }
installed=$(du -sm --apparent-size --exclude='*.nupkg' tool | cut -f1)
echo "   installed: $installed MB, and $(du -sm --apparent-size tool | cut -f1) MB with the copies of its package that the SDK keeps"
[ "$installed" -le 30 ]
tool/enet fit "$data" --target progression --out model.enet >fit.log
tool/enet predict model.enet "$data" >expected.csv
[ "$(wc -l <expected.csv)" = 443 ]

echo "console"
build console
tool/enet --version | sed 's/^/   enet /'
bin=$(du -smL --apparent-size console/bin | cut -f1)
echo "   bin: $bin MB"
[ "$bin" -le 30 ]
dotnet console/bin/Release/net10.0/Console.dll model.enet "$data" expected.csv cv.svg >console.log
as_said console.log "first prediction"
grep -q "<svg" cv.svg
dotnet publish console -c Release -warnaserror -v quiet -o portable
echo "   published for all platforms: $(size portable)"
[ -e portable/runtimes/win-x64/native/libSkiaSharp.dll ] && [ -e portable/runtimes/linux-arm64/native/libSkiaSharp.so ]
[ -z "$(find console/bin portable -name 'lib*Sharp.pdb')" ]

echo "native"
dotnet publish native -c Release -warnaserror -v quiet -o program >publish.log 2>&1 || { cat publish.log; exit 1; }
! grep -i "warning" publish.log
echo "   program: $(size program/Native)"
program/Native model.enet "$data" >native.csv 2>native.log
cmp native.csv expected.csv
as_said native.log "first prediction"

echo "ASP.NET"
build web
dotnet web/bin/Release/net10.0/Web.dll model.enet "$data" expected.csv >web.log
as_said web.log "all as expected"

echo "F#"
build fsharp
dotnet fsharp/bin/Release/net10.0/FSharp.dll "$data" >fsharp.log
as_said fsharp.log "442 predictions"

# The first C# of each package's page is a program.
for package in ElasticNet.Fast ElasticNet.Fast.{Csv,Parquet,Arrow,DataFrames,DataViews,Plots}; do
    echo "the page of $package, as a file-based program"
    unzip -p "$packages/$package.$PACKED_VERSION.nupkg" README.md >page.md
    ! grep -n '](\.' page.md
    mkdir "page-$package"
    {
        echo "#:package $package@$PACKED_VERSION"
        awk '/^```csharp$/ { shown = 1; next } /^```$/ && shown { exit } shown' page.md
    } >"page-$package/app.cs"
    (cd "page-$package" && dotnet run -c Release app.cs -- | sed 's/^/   /')
done
