# shellcheck shell=bash
# Programs of the tests out of Debian's packages, taken apart beside the other caches: any user may, and the system stays
# as it is. Nothing is installed and nothing is started. Sourced after environment.sh.
#
#   debian_cache NAME [AS_ROOT]                     where NAME's programs are, or will be
#   fetch_from_debian CACHE PACKAGE PROOF [LEFT...] once a machine; PROOF: path of a program below CACHE, LEFT: packages
#                                                   that are not unpacked (patterns may be used in both)

debian_cache() { # NAME [AS_ROOT]
    if ((EUID == 0)) && [[ -n ${2:-} ]]; then echo "$2/mutualis/$1"; else echo "${XDG_CACHE_HOME:-$HOME/.cache}/mutualis/$1"; fi
}

# Two that fetch at once: the second one waits, and finds it there.
fetch_from_debian() { # CACHE PACKAGE PROOF [LEFT...]
    mkdir -p "$(dirname "$1")" || fail "cannot make $(dirname "$1")"
    exec {lock}>"$1.lock"
    flock "$lock" || fail "cannot lock $1.lock"
    compgen -G "$1/$3" >/dev/null || fetch_locked "$@"
    exec {lock}>&-
}

# What apt would install, by its own signed lists.
fetch_locked() { # CACHE PACKAGE PROOF [LEFT...]
    local own="$1.part" log="$1.log"
    command -v apt-get >/dev/null || fail "there is no $2 on this machine" "install it so that its programs are on PATH"
    echo "fetching $2 for the tests into $1 (Debian's package, once a machine)" >&2
    rm -rf "$own"
    mkdir -p "$own/lists/partial" "$own/archives/partial" "$own/root"
    unpack "$own" "${@:2}" >"$log" 2>&1 </dev/null ||
        fail "cannot fetch $2 ($log says why)" "as root, apt-get install $2 does it too"
    rm -rf "$1"
    mv "$own/root" "$1"
    rm -rf "$own"
}

unpack() { # FOLDER PACKAGE PROOF [LEFT...]
    local apt=(apt-get -qq -o "Dir::State::lists=$1/lists" -o "Dir::Cache=$1" -o APT::Sandbox::User= -o Debug::NoLocking=1)
    local package left
    "${apt[@]}" update || return
    "${apt[@]}" --yes --download-only --no-install-recommends install "$2" || return
    for left in "${@:4}"; do
        compgen -G "$1/archives/${left}_*.deb" | xargs -r rm -f
    done
    for package in "$1"/archives/*.deb; do
        dpkg-deb --extract "$package" "$1/root" || return
    done
    compgen -G "$1/root/$3"
}
