# $*: name and hardware address of each network card, as one word each pair
fail=
for card in "$@"; do
    name=${card% *} wanted=${card#* }
    at=/sys/class/net/$name
    if [ ! -e "$at" ]; then
        echo "the machine has no network card $name; it has $(ls /sys/class/net | tr '\n' ' ')" >&2
        fail=yes
        continue
    fi
    # a bond gives its members one address; what they came with is kept beside it
    found=$(cat "$at/bonding_slave/perm_hwaddr" 2>/dev/null || cat "$at/address")
    [ "$found" = "$(echo "$wanted" | tr A-F a-f)" ] || { echo "$name is $found, the spec says $wanted" >&2; fail=yes; }
done
[ -z "$fail" ]
