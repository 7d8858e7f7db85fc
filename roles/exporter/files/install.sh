# $1: folder of wheels. Installed again when one of them is another.
set -e
wheels=$(cd "$1" && sha256sum -- *.whl)
[ "$(cat /opt/mutualis/.wheels 2>/dev/null)" = "$wheels" ] && exit 0
[ -x /opt/mutualis/bin/python ] || python3 -m venv /opt/mutualis
/opt/mutualis/bin/pip install --quiet --no-index --find-links "$1" --force-reinstall mutualis
echo "$wheels" > /opt/mutualis/.wheels
echo made
