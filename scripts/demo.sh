#!/usr/bin/env bash
# The whole path on this machine: a real OpenStack on loopback, the demo region applied to it, its metrics served.
#
#   scripts/demo.sh [--json] [--dir DIR]     start, or go on with, the demo; cloud and exporter stay up after it
#   scripts/demo.sh --stop [--dir DIR]       stop all that it started; data stay, so that the next start is quick
#
#   --dir DIR   where everything of it lies (default: ${XDG_STATE_HOME:-~/.local/state}/mutualis/demo)
#   --json      the last line is one JSON object: clouds, cloud, metrics, plan, stop
#
# Needs Debian 12 or 13 with Python 3.11 or later, and reachable package sources; no root. Exit 0, or the failed step's.
set -euo pipefail
# shellcheck source=scripts/lib/environment.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib/environment.sh"
# shellcheck source=scripts/lib/background.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib/background.sh"

: "${HOME:?is not set; the demo keeps its files below it}"
inventory="$checkout/inventory/demo"
mutualis="$venv/bin/mutualis"

main() {
    local action=start json=no
    dir="${XDG_STATE_HOME:-$HOME/.local/state}/mutualis/demo"
    while (($#)); do
        case "$1" in
        --stop) action=stop ;;
        --json) json=yes ;;
        --dir) dir="${2:?--dir needs a folder}" && shift ;;
        --dir=*) dir="${1#--dir=}" ;;
        -h | --help) sed -n '2,/^set /s/^# \{0,1\}//p' "${BASH_SOURCE[0]}" && exit 0 ;;
        *) echo "error: unknown option: $1 (see --help)" >&2 && exit 2 ;;
        esac
        shift
    done
    [[ $dir == /* ]] || dir="$PWD/$dir"
    "$action" "$json"
}

start() { # JSON: yes or no
    local begun=$SECONDS
    say "set-up"
    ensure_environment run
    follow_pip "$venv/bin/python"
    prepare_folder
    step "a real OpenStack on loopback (log: $dir/cloud/log)" "$mutualis" lab up "$inventory" --dir "$dir/cloud"
    export OS_CLIENT_CONFIG_FILE="$dir/cloud/clouds.yaml"
    step "validate the specs" "$mutualis" validate "$inventory"
    step "plan: what would change, and why" "$mutualis" plan "$inventory"
    step "apply: members' environments, built by Pulumi programs" "$mutualis" apply "$inventory" --yes
    step "plan again: nothing is left to do" "$mutualis" plan "$inventory" --exit-code
    step "serve the metrics (log: $dir/exporter.log)" start_exporter
    step "capacity" "$mutualis" capacity "$inventory"
    tell_how_to_go_on "$((SECONDS - begun))"
    [[ $1 == no ]] || print_json
}

prepare_folder() {
    (umask 077 && mkdir -p "$dir") || fail "cannot make $dir" "name another folder by --dir"
    if [[ ! -s $dir/passphrase ]]; then
        (umask 077 && od -An -N32 -tx1 /dev/urandom | tr -d ' \n' >"$dir/passphrase")
    fi
    unset MUTUALIS_PASSPHRASE PULUMI_CONFIG_PASSPHRASE OS_CLIENT_CONFIG_FILE # they would win
    export MUTUALIS_PASSPHRASE_FILE="$dir/passphrase" MUTUALIS_STATE="$dir/regions"
}

step() { # TITLE COMMAND...
    say "$1"
    local status=0
    "${@:2}" </dev/null || status=$?
    if ((status)); then
        fail "the demo stopped at: $1 (exit $status; what went wrong stands above)" \
            "the same command goes on where it stopped; $(stop_command) stops what is running"
    fi
}

start_exporter() {
    if ! runs "$dir/exporter.pid" "$dir/exporter.url"; then
        rm -f "$dir/exporter.url"
        in_background "$dir/exporter.pid" "$dir/exporter.log" \
            "$mutualis" exporter "$inventory" --listen 127.0.0.1:0 --ready-file "$dir/exporter.url" || return
        wait_for_file "$dir/exporter.url" 60 "$dir/exporter.pid" "$dir/exporter.log" || return
    fi
    metrics_url
}

metrics_url() { # the file holds the address; metrics are at its /metrics
    local url
    url="$(<"$dir/exporter.url")"
    echo "${url%/metrics}/metrics"
}

plan_command() {
    printf 'env MUTUALIS_PASSPHRASE_FILE=%q %q plan %q --clouds %q --state %q' \
        "$dir/passphrase" "$mutualis" "$inventory" "$dir/cloud/clouds.yaml" "$dir/regions"
}

stop_command() {
    printf '%q --stop --dir %q' "$checkout/scripts/demo.sh" "$dir"
}

cloud_name() { # clouds.yaml: the first entry may write, the second one only reads
    sed -n '2s/^ *\(.*\):$/\1/p' "$dir/cloud/clouds.yaml"
}

tell_how_to_go_on() { # SECONDS
    say "the demo runs ($1 s)"
    printf '%s\n' \
        "metrics        $(metrics_url)" \
        "look into it   OS_CLIENT_CONFIG_FILE=$(printf %q "$dir/cloud/clouds.yaml") OS_CLOUD=$(cloud_name) (any OpenStack client)" \
        "go on          change a file in $inventory, then: $(plan_command)" \
        "stop           $(stop_command)" \
        "remove         stop it, then delete $dir"
}

print_json() {
    "$venv/bin/python" -c 'import json, sys; print(json.dumps(dict(zip(sys.argv[1::2], sys.argv[2::2], strict=True))))' \
        clouds "$dir/cloud/clouds.yaml" cloud "$(cloud_name)" metrics "$(metrics_url)" \
        plan "$(plan_command)" stop "$(stop_command)"
}

stop() {
    end_process "$dir/exporter.pid" "$dir/exporter.url"
    rm -f "$dir/exporter.url"
    if [[ -d $dir/cloud ]]; then
        [[ -x $mutualis ]] || fail "cannot stop the cloud: $mutualis is missing" "scripts/setup.sh makes it"
        "$mutualis" lab down --dir "$dir/cloud"
    fi
    echo "the demo in $dir is stopped"
}

say() { printf '\n== %s\n' "$1"; }

main "$@"
