# $*: compute hosts that Nova must have put into its cell, so that aggregates can take them and servers be placed there
missing() {
    mapped=$(mariadb --batch --skip-column-names --execute 'select host from nova_api.host_mappings') || exit 1
    for host in "$@"; do
        echo "$mapped" | grep -qxF "$host" || echo "$host"
    done
}
[ -n "$(missing "$@")" ] || exit 0
end=$(($(date +%s) + 180))
while [ "$(date +%s)" -lt "$end" ]; do
    # a host is found once its service has told Nova of itself, some seconds after its start
    su -s /bin/sh nova -c 'nova-manage cell_v2 discover_hosts --by-service' >/dev/null || exit 1
    [ -n "$(missing "$@")" ] || { echo made; exit 0; }
    sleep 2
done
echo "Nova does not know these hosts after 3 minutes: see their nova-compute's log:" $(missing "$@") >&2
exit 1
