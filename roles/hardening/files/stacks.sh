# Has pam-auth-update put our modules into /etc/pam.d/common-*, or take them out. $1: how dear hashing is; $2: what lets
# in who came by a key after the password's end. Both are words for pam_unix; pam-auth-update keeps those.
set -e
export DEBIAN_FRONTEND=noninteractive
before=$(cat /etc/pam.d/common-* | cksum)
enabled= gone=
for name in region-faillock region-faillock-before region-history; do
    if [ -e "/usr/share/pam-configs/$name" ]; then
        enabled="$enabled $name"
    else
        gone="$gone $name"
    fi
done
update() {
    # shellcheck disable=SC2086 # names are words
    [ -z "$gone" ] || pam-auth-update --package --remove $gone
    # shellcheck disable=SC2086
    [ -z "$enabled" ] || pam-auth-update --package --enable $enabled
}
word() { # WORD KIND
    [ -n "$1" ] || return 0
    sed -i "/^$2[[:space:]].*pam_unix\.so/{/[[:space:]]$1\([[:space:]]\|\$\)/!s/\(pam_unix\.so\)/\1 $1/}" "/etc/pam.d/common-$2"
}
update
word "$1" password
word "$2" account
update # it writes words in an order of its own
[ "$before" = "$(cat /etc/pam.d/common-* | cksum)" ] || echo made
