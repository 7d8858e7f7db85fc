# shellcheck shell=bash
# A headless Chromium for the tests: this machine's own, else Debian's package unpacked beside the other caches, with a
# font. Sourced after environment.sh and debian.sh; tests/plugins/chromium.py looks in the same places.
#
#   ensure_chromium    returns when there is one; says what is missing otherwise
# MUTUALIS_CHROMIUM names a program.

ensure_chromium() {
    local cache
    cache="$(debian_cache chromium)"
    # the packages left out draw windows, bring policy files, or hold what the machine has anyway
    has_chromium "$cache" ||
        fetch_from_debian "$cache" chromium-headless-shell usr/lib/chromium/chromium-headless-shell "libllvm*" "mesa-*" "x11-*" "xdg-*"
    has_font || [[ -d "$(debian_cache fonts)/usr/share/fonts" ]] ||
        fetch_from_debian "$(debian_cache fonts)" fonts-liberation usr/share/fonts
}

has_chromium() { # CACHE
    local name
    [[ -z ${MUTUALIS_CHROMIUM:-} && ! -x $1/usr/lib/chromium/chromium-headless-shell ]] || return 0
    for name in chromium-headless-shell chromium chromium-browser google-chrome; do
        ! command -v "$name" >/dev/null || return 0
    done
    return 1
}

has_font() { compgen -G "/usr/share/fonts/*/*/*.tt[fc]" >/dev/null || compgen -G "/usr/share/fonts/*/*.otf" >/dev/null; }
