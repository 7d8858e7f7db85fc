# A container has no audit of its own; sealed rules change by the next boot.
set -e
systemd-detect-virt --container --quiet && exit 0
systemctl is-enabled --quiet auditd || { systemctl enable --quiet auditd; echo made; }
systemctl is-active --quiet auditd || { systemctl start auditd; echo made; }
augenrules --check | grep --quiet 'No change' && exit 0
if auditctl -s | grep --quiet 'enabled 2'; then
    augenrules >/dev/null
    echo 'the rules in force are sealed: the new ones count from the next boot'
else
    augenrules --load >/dev/null
fi
echo made
