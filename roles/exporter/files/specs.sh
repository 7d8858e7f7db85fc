# $1: digest of the specs; standard input: an archive of them, in base64. A reader sees the old folder or the new one.
set -e
cd /etc/mutualis
archive=$(cat) # before anything else: who writes it fails if nobody reads
[ "$(cat inventory.sha256 2>/dev/null)" = "$1" ] && [ -d inventory ] && exit 0
rm -rf inventory.new inventory.old
mkdir inventory.new
printf %s "$archive" | base64 --decode | tar --extract --gzip --no-same-owner --directory inventory.new
chmod -R u=rwX,go=rX inventory.new
[ ! -d inventory ] || mv inventory inventory.old
mv inventory.new inventory
rm -rf inventory.old
echo "$1" > inventory.sha256
echo made
