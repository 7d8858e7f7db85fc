#!/usr/bin/env bash
# All checks and tests: scripts/test.sh [STAGE...]   (default: every stage, in this order; `make STAGE` is the same)
#
#   lint     ruff: every rule, and the format           unit     pytest without a cloud, in parallel
#   types    mypy --strict                              cloud    pytest against the embedded OpenStack, twice side by side
#   layers   import-linter: who may import whom         hosts    pytest on Debian machines as containers; needs root
#
#   region         bare machines become a region with members: 6 GiB, root. It waits for its machines most of the time,
#                  so all stages before it run beside it; what it says comes at its turn
#   hardening      one machine through all levels of hardening: five minutes, root; by hand only
#   control-loss   three control hosts lose one, one becomes three: two hours, 9 GiB, root; by hand only
#
# A stage that fails does not keep the others from running. Exit 0 only if all passed. Without root those that need it
# are not run, which the last line says.
set -euo pipefail
# shellcheck source=scripts/lib/environment.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib/environment.sh"
# shellcheck source=scripts/lib/debian.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib/debian.sh"
# shellcheck source=scripts/lib/postgres.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib/postgres.sh"
# shellcheck source=scripts/lib/prometheus.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib/prometheus.sh"
# shellcheck source=scripts/lib/chromium.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib/chromium.sh"
# shellcheck source=scripts/lib/hosts.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib/hosts.sh"

stages=(lint types layers unit hosts region cloud)
by_hand=(hardening control-loss)
beside= # the process of a stage that runs beside others
not_run=77 # exit of a stage that this machine cannot run; it is told, and is no failure

tests() { # in the background a shell ignores Ctrl-C, and so would everything that tests start and interrupt
    env --default-signal=INT,QUIT "$venv/bin/pytest" "$@"
}
lint() { "$venv/bin/ruff" check . && "$venv/bin/ruff" format --check .; }
types() { "$venv/bin/mypy"; }
layers() { "$venv/bin/lint-imports"; }
unit() { # what needs PostgreSQL, Prometheus or Chromium fails, and says so, where none can be had
    (ensure_postgres) || true
    (ensure_prometheus) || true
    (ensure_chromium) || true
    tests -q -m "not cloud and not hosts and not region and not hardening and not control_loss" --numprocesses "$(nproc)" --dist worksteal
}
cloud() { # the same
    (ensure_postgres) || true
    (ensure_prometheus) || true
    tests -q -m cloud --durations 10 --numprocesses 2 --dist loadfile
}
machines() { # MARKER
    ((EUID == 0)) || return "$not_run"
    (ensure_host_programs) && tests -q -m "$1" --durations 10
}
hosts() { machines hosts; }
hardening() { machines hardening; }
control-loss() { machines control_loss; }

region() { # what was begun before unit is waited for; alone it runs here
    [[ $beside ]] || { machines region; return; }
    local status=0
    wait "$beside" || status=$?
    beside=
    cat "$said"
    return "$status"
}
begin_region() {
    ((EUID == 0)) && (ensure_host_programs) || return 0 # its turn will say what is missing
    said=$(mktemp)
    trap 'rm -f "$said"; [[ ! $beside ]] || { kill -INT "$beside" && wait "$beside"; }' EXIT
    (exec env --default-signal=INT,QUIT "$venv/bin/pytest" -q -m region --durations 10) >"$said" 2>&1 </dev/null &
    beside=$!
}

main() {
    local stage status failed=() left=()
    (($#)) || set -- "${stages[@]}"
    cd "$checkout"
    ensure_environment dev
    follow_pip "$venv/bin/python"
    for stage in "$@"; do
        [[ " ${stages[*]} ${by_hand[*]} " == *" $stage "* ]] || fail "unknown stage: $stage" "stages are: ${stages[*]} ${by_hand[*]}"
    done
    [[ " $* " != *" unit "*"region "* ]] || begin_region
    for stage in "$@"; do
        status=0
        run "$stage" || status=$?
        ((status == 0)) || if ((status == not_run)); then left+=("$stage"); else failed+=("$stage"); fi
    done
    ((${#failed[@]} == 0)) || fail "failed: ${failed[*]}" "scripts/test.sh ${failed[*]} runs only these"
    ((${#left[@]} == 0)) || { echo "passed, but NOT RUN, for want of root: ${left[*]}"; return; }
    echo "all passed: $*"
}

run() { # STAGE
    local begun=$SECONDS status=0
    printf '\n== %s\n' "$1"
    "$1" </dev/null || status=$?
    printf '== %s: %s in %s s\n' "$1" "$(outcome "$status")" "$((SECONDS - begun))"
    return "$status"
}

outcome() { # STATUS
    case $1 in 0) echo passed ;; "$not_run") echo "NOT RUN (needs root)" ;; *) echo "FAILED (exit $1)" ;; esac
}

main "$@"
