# shellcheck shell=bash
# What test hosts need of this machine (lab/hosts/requirements.py has the list): installed from Debian, since only root
# can run test hosts anyway. Two packages that start nothing: no daemon, no timer. Sourced after environment.sh.
#
#   ensure_host_programs    returns when they are there; says what is missing otherwise

ensure_host_programs() {
    local missing
    ((EUID == 0)) || fail "test hosts need root" "as root, scripts/test.sh hosts; the other stages need none"
    read -r -a missing <<<"$("$venv/bin/python" -m lab.hosts.requirements)"
    ((${#missing[@]})) || return 0
    echo "installing ${missing[*]} for test hosts (once a machine)" >&2
    local log
    log="$(mktemp)"
    install_from_debian "${missing[@]}" >"$log" 2>&1 </dev/null || {
        tail -n 5 "$log" >&2
        fail "cannot install ${missing[*]}" "apt-get install --no-install-recommends ${missing[*]}"
    }
    rm -f "$log"
}

install_from_debian() { # PACKAGE...
    command -v apt-get >/dev/null || return
    apt-get -qq update || return
    DEBIAN_FRONTEND=noninteractive apt-get -qq --yes --no-install-recommends install "$@"
}
