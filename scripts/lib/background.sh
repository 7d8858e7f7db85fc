# shellcheck shell=bash
# A process that outlives its script, known by its id. A file with an id may outlive its process, and the system gives
# ids again: so a process counts as ours only if a MARK (an argument that no other process has) stands in its command.

in_background() { # PID_FILE LOG COMMAND...
    setsid "${@:3}" </dev/null >>"$2" 2>&1 &
    echo "$!" >"$1"
}

runs() { # PID_FILE MARK
    local pid
    [[ -s $1 ]] && pid="$(<"$1")" && [[ -r /proc/$pid/cmdline ]] || return 1
    tr '\0' '\n' <"/proc/$pid/cmdline" 2>/dev/null | grep -qxF -- "$2"
}

wait_for_file() { # FILE SECONDS PID_FILE LOG : until the process writes it
    local tenths=$(($2 * 10))
    until [[ -s $1 ]]; do
        if ! kill -0 "$(<"$3")" 2>/dev/null || ((tenths-- <= 0)); then
            tail -n 5 "$4" >&2
            return 1
        fi
        sleep 0.1
    done
}

end_process() { # PID_FILE MARK : asks, and insists after 10 s
    local tenths=100
    if runs "$1" "$2"; then
        kill "$(<"$1")"
        while runs "$1" "$2" && ((tenths-- > 0)); do sleep 0.1; done
        ! runs "$1" "$2" || kill -9 "$(<"$1")"
    fi
    rm -f "$1"
}
