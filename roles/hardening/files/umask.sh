# $1: an account. pam_umask takes the umask that stands in its comment before the one of all accounts.
set -e
comment=$(getent passwd "$1" | cut -d: -f5)
case ,$comment, in *,umask=022,*) exit 0 ;; esac
usermod --comment "${comment:+$comment,}umask=022" "$1"
echo made
