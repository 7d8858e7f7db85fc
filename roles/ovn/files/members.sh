# $1: own address, $2: addresses of all members. Waits until this one is a member, then sends away those of former lives:
# a machine that was installed anew has another identity at the same address, and the old one counts for the majority.
own=$1 wanted=$2 made=
for side in nb:OVN_Northbound sb:OVN_Southbound; do
    ask() { ovn-appctl --timeout=20 -t "/var/run/ovn/ovn${side%:*}_db.ctl" "$@"; }
    seconds=0
    until ask cluster/status "${side#*:}" | grep -q '^Status: cluster member'; do
        seconds=$((seconds + 1))
        [ "$seconds" -lt 120 ] || { echo "${side#*:} has not joined: its leader is not found" >&2; exit 1; }
        sleep 1
    done
    for server in $(ask cluster/status "${side#*:}" | sed -n '/^Servers:/,$s/^ *\([0-9a-f]*\) ([0-9a-f]* at ssl:\([0-9.]*\):[0-9]*)\( (self)\)\{0,1\}.*/\1=\2\3/p' | tr -d ' '); do
        id=${server%%=*} address=${server#*=}
        case $address in
            *"(self)") continue ;;
            "$own") ;;
            *) case " $wanted " in *" $address "*) continue ;; esac ;;
        esac
        ask cluster/kick "${side#*:}" "$id" && made=yes
    done
done
[ -z "$made" ] || echo made
