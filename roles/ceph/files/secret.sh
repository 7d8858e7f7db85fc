# $1: identifier; $2: Ceph's user; standard input: the key, in base64 as Ceph writes it
set -e
key=$(cat)
[ "$(virsh --quiet secret-get-value "$1" 2>/dev/null)" = "$key" ] && exit 0
form=$(mktemp)
trap 'rm -f "$form"' EXIT
echo "<secret ephemeral='no' private='no'><uuid>$1</uuid><usage type='ceph'><name>client.$2 $1</name></usage></secret>" > "$form"
virsh --quiet secret-define "$form"
# read from a file, and as base64: it stands in no process list
printf %s "$key" > "$form"
virsh --quiet secret-set-value "$1" --file "$form"
echo made
