#!/usr/bin/env bash
# Installs the Debian packages that tests and checks need besides bash and the .NET SDK, if they are missing and it may.
# Usage: .ci/tools.sh
set -euo pipefail

# A compiler alone does not do: libc6-dev is a package of its own.
can_link() {
    local linked
    linked=$(mktemp) && echo 'int main(void) { return 0; }' | gcc -x c -o "$linked" - 2>/dev/null && rm "$linked"
}

# All of the list is read: where grep leaves early, fc-list dies of it, and the pipe fails though the font is there.
have_font() {
    fc-list 2>/dev/null | grep DejaVuSans.ttf >/dev/null
}

missing=()
can_link || missing+=(gcc libc6-dev)
command -v chromium >/dev/null || missing+=(chromium)
have_font || missing+=(fonts-dejavu-core fontconfig)
command -v python3 >/dev/null || missing+=(python3)
command -v unzip >/dev/null || missing+=(unzip)
[ ${#missing[@]} != 0 ] || exit 0

as_root=()
[ "$(id -u)" = 0 ] || as_root=(sudo)
"${as_root[@]}" apt-get update -q
"${as_root[@]}" apt-get install -q -y --no-install-recommends "${missing[@]}"
can_link && have_font && command -v chromium python3 unzip >/dev/null
