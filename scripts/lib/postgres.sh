# shellcheck shell=bash
# PostgreSQL for the tests: this machine's own, else Debian's package unpacked beside the other caches. Sourced after
# environment.sh and debian.sh; tests/plugins/postgres_server.py looks in the same places.
#
#   ensure_postgres    returns when there is one; says what is missing otherwise

ensure_postgres() { # root's server runs as another user, who cannot look into root's home
    local cache
    cache="$(debian_cache postgresql /var/cache)"
    # libllvm compiles queries; a test's are too small for it
    has_postgres "$cache" || fetch_from_debian "$cache" postgresql "usr/lib/postgresql/*/bin/initdb" "libllvm*"
}

has_postgres() { # CACHE
    [[ -n ${MUTUALIS_POSTGRES:-} ]] || command -v initdb >/dev/null ||
        compgen -G "/usr/lib/postgresql/*/bin/initdb" >/dev/null || compgen -G "$1/usr/lib/postgresql/*/bin/initdb" >/dev/null
}
