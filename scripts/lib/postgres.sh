# shellcheck shell=bash
# PostgreSQL for the tests: this machine's own, else Debian's package unpacked beside the other caches. Sourced after
# environment.sh. Nothing is installed and nothing is started; tests/engine/engine_postgres.py looks in the same places.
#
#   ensure_postgres    returns when there is one; says what is missing otherwise

postgres_cache() { # root's server runs as another user, who cannot look into root's home
    if ((EUID == 0)); then echo /var/cache/mutualis/postgresql; else echo "${XDG_CACHE_HOME:-$HOME/.cache}/mutualis/postgresql"; fi
}

ensure_postgres() {
    local cache
    cache="$(postgres_cache)"
    ! has_postgres "$cache" || return 0
    mkdir -p "$(dirname "$cache")" || fail "cannot make $(dirname "$cache")"
    exec {lock}>"$cache.lock"
    flock "$lock" || fail "cannot lock $cache.lock"
    has_postgres "$cache" || fetch_postgres "$cache"
    exec {lock}>&-
}

has_postgres() { # CACHE
    [[ -n ${MUTUALIS_POSTGRES:-} ]] || command -v initdb >/dev/null ||
        compgen -G "/usr/lib/postgresql/*/bin/initdb" >/dev/null || compgen -G "$1/usr/lib/postgresql/*/bin/initdb" >/dev/null
}

# What apt would install, by its own signed lists, taken apart into a folder: any user may, and the system stays as it is.
fetch_postgres() { # CACHE
    local own="$1.part" log="$1.log"
    command -v apt-get >/dev/null || fail "there is no PostgreSQL on this machine" "install one whose initdb is on PATH"
    echo "fetching PostgreSQL for the tests into $1 (Debian's package, once a machine)" >&2
    rm -rf "$own"
    mkdir -p "$own/lists/partial" "$own/archives/partial" "$own/root"
    unpack_postgres "$own" >"$log" 2>&1 </dev/null ||
        fail "cannot fetch PostgreSQL ($log says why)" "as root, apt-get install postgresql does it too"
    rm -rf "$1"
    mv "$own/root" "$1"
    rm -rf "$own"
}

unpack_postgres() { # FOLDER
    local apt=(apt-get -qq -o "Dir::State::lists=$1/lists" -o "Dir::Cache=$1" -o APT::Sandbox::User= -o Debug::NoLocking=1)
    local package
    "${apt[@]}" update || return
    "${apt[@]}" --yes --download-only --no-install-recommends install postgresql || return
    rm -f "$1"/archives/libllvm*.deb # compiles queries; a test's are too small for it
    for package in "$1"/archives/*.deb; do
        dpkg-deb --extract "$package" "$1/root" || return
    done
    compgen -G "$1/root/usr/lib/postgresql/*/bin/initdb"
}
