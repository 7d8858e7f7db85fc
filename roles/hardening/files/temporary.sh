# Only where /tmp is a mount of its own, as Debian 13 makes it.
set -e
mountpoint --quiet /tmp || exit 0
options=,$(findmnt --noheadings --output OPTIONS --mountpoint /tmp | tail -1),
for option in nosuid nodev noexec; do
    case $options in *",$option,"*) ;; *) missing=1 ;; esac
done
[ -n "${missing:-}" ] || exit 0
mount -o remount,nosuid,nodev,noexec /tmp
echo made
