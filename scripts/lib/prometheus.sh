# shellcheck shell=bash
# Prometheus and promtool for the tests: this machine's own, else Debian's package unpacked beside the other caches.
# Sourced after environment.sh and debian.sh; tests/plugins/prometheus_programs.py looks in the same places.
#
#   ensure_prometheus    returns when both are there; says what is missing otherwise
# MUTUALIS_PROMETHEUS names a folder that has them.

ensure_prometheus() {
    local cache
    cache="$(debian_cache prometheus)"
    # the packages left out are those of the old web pages
    has_prometheus "$cache" || fetch_from_debian "$cache" prometheus usr/bin/promtool "libjs-*" "fonts-*"
}

has_prometheus() { # CACHE
    [[ -n ${MUTUALIS_PROMETHEUS:-} ]] || { command -v prometheus && command -v promtool; } >/dev/null || [[ -x $1/usr/bin/promtool ]]
}
