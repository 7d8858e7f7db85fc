# $1: what GRUB is told, then arguments of the kernel. Each takes the place of one of the same name. The content of
# OpenSCAP reads this file alone, no drop-in. A machine without GRUB is left alone.
set -e
file=$1
shift
[ -e "$file" ] || exit 0
now=$(sed -n 's/^GRUB_CMDLINE_LINUX="\(.*\)"$/\1/p' "$file")
next=
for word in $now; do
    kept=$word
    for argument in "$@"; do
        [ "${word%%=*}" != "${argument%%=*}" ] || kept=
    done
    next="$next $kept"
done
next=$(echo $next "$@")
[ "$next" != "$(echo $now)" ] || exit 0
sed -i '/^GRUB_CMDLINE_LINUX=/d' "$file"
printf 'GRUB_CMDLINE_LINUX="%s"\n' "$next" >>"$file"
update-grub
echo made
