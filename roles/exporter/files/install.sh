# $1: archive of wheels. Installed again when it is another one, or when that was not finished.
set -e
digest=$(sha256sum < "$1")
[ "$(cat /opt/mutualis/.wheels 2>/dev/null)" = "$digest" ] && exit 0
rm -f /opt/mutualis/.wheels
wheels=$(mktemp --directory)
trap 'rm -rf "$wheels"' EXIT
tar --extract --file "$1" --directory "$wheels"
[ -x /opt/mutualis/bin/pip ] || python3 -m venv /opt/mutualis # pip comes last
/opt/mutualis/bin/pip install --quiet --no-index --find-links "$wheels" --force-reinstall mutualis
echo "$digest" > /opt/mutualis/.wheels
echo made
