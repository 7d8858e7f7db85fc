# $1: archive of wheels. Installed again when it is another one.
set -e
digest=$(sha256sum < "$1")
[ "$(cat /opt/mutualis/.wheels 2>/dev/null)" = "$digest" ] && exit 0
wheels=$(mktemp --directory)
trap 'rm -rf "$wheels"' EXIT
tar --extract --file "$1" --directory "$wheels"
[ -x /opt/mutualis/bin/python ] || python3 -m venv /opt/mutualis
/opt/mutualis/bin/pip install --quiet --no-index --find-links "$wheels" --force-reinstall mutualis
echo "$digest" > /opt/mutualis/.wheels
echo made
