# Writes each setting that the kernel has otherwise. A container's kernel is its host's: there, what cannot be written is
# left, and the audit tells it.
set -e
file=/etc/sysctl.d/99-region-hardening.conf
[ -e "$file" ] || exit 0
container=$(systemd-detect-virt --container) || container=
failed=
while IFS=' =' read -r name value; do
    case $name in '' | '#'*) continue ;; esac
    path=/proc/sys/$(printf %s "$name" | tr . /)
    if [ ! -e "$path" ]; then
        echo "this kernel has no $name"
        continue
    fi
    [ "$(tr -s '\t ' ' ' <"$path")" = "$value" ] && continue
    if { printf '%s\n' "$value" >"$path"; } 2>/dev/null; then
        echo "$name is $value now"
        made=made
    elif [ -n "$container" ]; then
        echo "the kernel is not this container's: $name stays"
    else
        echo "the kernel refuses $name = $value" >&2
        failed=1
    fi
done <"$file"
[ -z "${made:-}" ] || echo made
[ -z "$failed" ]
