#!/usr/bin/env bash
# The product and what it needs, as wheels in one archive: scripts/wheels.sh FILE.tar   (for docs/hosts.md, "Figures")
#
# For hosts with Debian 13, so for its Python, and of this machine's processor. Nothing but mutualis is built here, and
# each package's hash is checked. The same sources make the same archive.
set -euo pipefail
# shellcheck source=scripts/lib/environment.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib/environment.sh"

hosts_python=3.13
umask 022 # modes of files are in wheels
export SOURCE_DATE_EPOCH=315532800 # 1980: no zip file knows an earlier time

main() { # FILE
    (($# == 1)) && [[ $1 != -* ]] || fail "which file?" "scripts/wheels.sh FILE.tar"
    [[ -d $(dirname "$1") && ! -d $1 ]] || fail "no file can be made at $1" "scripts/wheels.sh FILE.tar, in a folder that is there"
    ensure_environment run
    follow_pip "$venv/bin/python"
    work="$(mktemp -d)"
    trap 'rm -rf "$work"' EXIT
    echo "fetching and building wheels for Python $hosts_python" >&2
    fetch_packages && build_product || {
        tail -n 20 "$work/log" >&2
        fail "cannot make the wheels" "see that the package index is reachable, then do the same again"
    }
    tar --create --file "$work/wheels.tar" --directory "$work/wheels" --sort=name --mtime="@$SOURCE_DATE_EPOCH" \
        --mode=u=rwX,go=rX --owner=0 --group=0 --numeric-owner .
    mv "$work/wheels.tar" "$1"
    echo "$(find "$work/wheels" -name '*.whl' | wc -l) wheels in $1"
}

with_pip() { "$venv/bin/python" -m pip --disable-pip-version-check --no-input --quiet "$@" --no-deps >>"$work/log" 2>&1; }

fetch_packages() {
    with_pip download --require-hashes --only-binary :all: --python-version "$hosts_python" --dest "$work/wheels" \
        --requirement "$checkout/requirements/run.txt"
}

build_product() { # from a copy: setuptools leaves a folder behind, and takes old files out of it the next time
    mkdir "$work/sources" &&
        cp -r "$checkout"/{pyproject.toml,README.md,LICENSE,orchestrator,stacks,policies,lab} "$work/sources" &&
        find "$work/sources" -name __pycache__ -prune -exec rm -r {} + &&
        with_pip wheel --no-build-isolation --wheel-dir "$work/wheels" "$work/sources"
}

main "$@"
