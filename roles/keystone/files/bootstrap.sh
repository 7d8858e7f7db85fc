# $1 region, $2 address of Keystone; the administrator's password by standard input. Once, by the account of Keystone.
set -e
done=/var/lib/keystone/.region-bootstrapped
IFS= read -r OS_BOOTSTRAP_PASSWORD # before anything else: who writes it fails if nobody reads
[ ! -e "$done" ] || exit 0
export OS_BOOTSTRAP_PASSWORD
runuser -u keystone -- keystone-manage bootstrap --bootstrap-region-id "$1" --bootstrap-admin-url "$2" \
    --bootstrap-internal-url "$2" --bootstrap-public-url "$2" >/dev/null
runuser -u keystone -- touch "$done"
echo made
