# $1: seconds after which the former state comes back. The clock is armed before anything changes.
set -e
wanted=/var/lib/region/network present=/etc/systemd/network before=/var/lib/region/network.before
same() {
    for file in "$wanted"/05-region-* "$present"/05-region-*; do
        [ -e "$file" ] || continue
        cmp -s "$wanted/${file##*/}" "$present/${file##*/}" || return 1
    done
}
# a run that was killed before it stopped the clock: what stands there was reached now
if same; then
    systemctl stop region-network-back.timer 2>/dev/null || true
    exit 0
fi
rm -rf "$before" && mkdir -p "$before"
cp -a "$present"/05-region-* "$before"/ 2>/dev/null || true
back="rm -f $present/05-region-*; cp -a $before/05-region-* $present/ 2>/dev/null; networkctl reload; systemctl restart systemd-networkd"
systemctl stop region-network-back.timer 2>/dev/null || true
systemd-run --quiet --collect --unit=region-network-back --on-active="$1" /bin/sh -c "$back"
rm -f "$present"/05-region-*
cp -a "$wanted"/05-region-* "$present"/
systemctl enable --quiet --now systemd-networkd
networkctl reload
echo made
