# shellcheck shell=bash
# The product's own Python environment: made once a lock, with every package's hash checked. Sourced by scripts/*.sh.
#
#   ensure_environment run|hosts|dev|policy   leaves $venv (absolute) with `mutualis` in $venv/bin; silent when it is there
# and `follow_pip "$venv/bin/python"` for whoever installs more with uv.
#
# The stamp $venv/mutualis-installed names what is installed. It is written last: without it everything is done anew.

checkout="$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)"
venv="${MUTUALIS_VENV:-$checkout/.venv}"
[[ $venv == /* ]] || venv="$PWD/$venv"
stamp="$venv/mutualis-installed"

fail() { # MESSAGE... : one line each
    printf 'error: %s\n' "$1" >&2
    shift
    (($# == 0)) || printf '  -> %s\n' "$@" >&2
    exit 1
}

ensure_environment() { # KIND: run, hosts (and Ansible), dev (and the tools of tests), policy (run and the SDK of policy packs)
    local kind="$1"
    ! installed "$kind" || return 0
    mkdir -p "$(dirname "$venv")" || fail "cannot make $(dirname "$venv")" "name another place by MUTUALIS_VENV"
    exec {lock}>"$venv.lock"
    flock "$lock" || fail "cannot lock $venv.lock"
    installed "$kind" || install_environment "$kind"
    exec {lock}>&-
}

installed() { # KIND : one that has more serves too
    [[ -f $stamp && -x $venv/bin/mutualis ]] || return 1
    local found kind more=("$1")
    [[ $1 != run ]] || more=(run hosts dev)
    [[ $1 != hosts ]] || more=(hosts dev)
    found="$(<"$stamp")"
    for kind in "${more[@]}"; do
        [[ $found != "$(wanted "$kind")" ]] || return 0
    done
    return 1
}

wanted() { # KIND : what the stamp says when it is installed
    local files=("requirements/$1.txt" requirements/bootstrap.txt pyproject.toml)
    echo "$1 $checkout $(cd "$checkout" && sha256sum "${files[@]}" | sha256sum | cut -c1-16)"
}

install_environment() {
    local kind="$1" python
    if [[ -e $venv && ! -f $venv/pyvenv.cfg && -n "$(ls -A "$venv")" ]]; then
        fail "$venv is no Python environment, and not empty" "name another place by MUTUALIS_VENV"
    fi
    python="$(find_python)"
    echo "setting up $venv ($kind packages, once a lock)" >&2
    if [[ ! -f $stamp ]] || ! "$venv/bin/python" -c '' 2>/dev/null; then
        rm -rf "$venv"
        "$python" -m venv --without-pip "$venv" || fail "$python cannot make $venv" "apt-get install python3-venv"
    fi
    rm -f "$stamp"
    install_uv "$python"
    local locked=(--quiet --python "$venv/bin/python")
    "$venv/bin/uv" pip install "${locked[@]}" --require-hashes --requirement "$checkout/requirements/$kind.txt" ||
        fail "cannot install requirements/$kind.txt" "see that the package index is reachable, then do the same again"
    "$venv/bin/uv" pip install "${locked[@]}" --no-deps --no-build-isolation --editable "$checkout" ||
        fail "cannot install mutualis itself into $venv"
    rm -rf "$venv/debian"
    wanted "$kind" >"$stamp"
}

find_python() {
    local name
    for name in ${MUTUALIS_PYTHON:+"$MUTUALIS_PYTHON"} python3 python3.13 python3.12 python3.11; do
        if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            echo "$name"
            return
        fi
    done
    fail "there is no Python 3.11 or later on PATH" "apt-get install python3 python3-venv, or name it by MUTUALIS_PYTHON"
}

# The pinned uv, brought by whatever installer this machine has; hashes are checked by each of them.
install_uv() { # PYTHON
    local lock="$checkout/requirements/bootstrap.txt" target="$venv/bin/python" wheel
    local pip_options=(--quiet --disable-pip-version-check --no-input --require-hashes --requirement "$lock")
    if "$target" -m ensurepip >/dev/null 2>&1; then
        follow_pip "$target"
        "$target" -m pip install "${pip_options[@]}"
    elif "$1" -m pip --version >/dev/null 2>&1; then
        follow_pip "$1"
        "$1" -m pip --python "$target" install "${pip_options[@]}"
    elif command -v uv >/dev/null; then
        uv pip install --quiet --python "$target" --require-hashes --requirement "$lock"
    else
        wheel="$(debian_pip)" || exit
        PYTHONPATH="$wheel" follow_pip "$target"
        PYTHONPATH="$wheel" "$target" -m pip install "${pip_options[@]}"
    fi || fail "cannot install uv" "see that the package index is reachable, then do the same again"
}

# Debian keeps pip and ensurepip apart from Python. Any user may take pip's wheel out of Debian's package, by apt's own
# signed lists, and leave the system as it is.
debian_pip() { # prints the wheel's path
    local own="$venv/debian" log="$venv/debian/log"
    command -v apt-get >/dev/null || fail "this Python has neither ensurepip nor pip" "install pip first"
    echo "taking pip out of Debian's package python3-pip-whl" >&2
    mkdir -p "$own/lists/partial" "$own/cache/archives/partial"
    local apt=(apt-get -qq -o "Dir::State::lists=$own/lists" -o "Dir::Cache=$own/cache" -o APT::Sandbox::User=)
    (cd "$own" && "${apt[@]}" update && "${apt[@]}" download python3-pip-whl && dpkg-deb -x ./*.deb .) >"$log" 2>&1 </dev/null ||
        fail "cannot take pip from Debian ($log says why)" "as root, apt-get install python3-venv does it too"
    ls "$own"/usr/share/python-wheels/pip-*.whl
}

# This machine's pip may be told of an index, of wheels and of certificates of its own; uv is told the same.
follow_pip() { # PYTHON
    local pairs=(index-url:UV_DEFAULT_INDEX extra-index-url:UV_INDEX find-links:UV_FIND_LINKS cert:SSL_CERT_FILE)
    local pair value settings
    settings="$("$1" -m pip config list 2>/dev/null || true)"
    for pair in "${pairs[@]}"; do
        value="$(pip_setting "${pair%%:*}" "$settings")"
        if [[ -n $value && -z "$(printenv "${pair##*:}")" ]]; then
            export "${pair##*:}=$value"
        fi
    done
}

pip_setting() { # NAME SETTINGS : the environment wins, as it does for pip
    local variable="PIP_${1^^}"
    variable="${variable//-/_}"
    printenv "$variable" || sed -n "s/^global\.$1='\(.*\)'$/\1/p" <<<"$2"
}
