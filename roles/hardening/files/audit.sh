# A container has no audit of its own, so its services would fail at each start; sealed rules change by the next boot.
set -e
if systemd-detect-virt --container --quiet; then
    [ "$(systemctl is-enabled auditd.service)" = masked ] && exit 0
    systemctl mask --quiet auditd.service audit-rules.service
    systemctl reset-failed auditd.service audit-rules.service 2>/dev/null || true
    echo made
    exit 0
fi
systemctl is-enabled --quiet auditd || { systemctl enable --quiet auditd; echo made; }
systemctl is-active --quiet auditd || { systemctl start auditd; echo made; }
augenrules --check | grep --quiet 'No change' && exit 0
if auditctl -s | grep --quiet 'enabled 2'; then
    # nothing takes them before the boot does, nor tells twice that they changed
    echo 'the rules in force are sealed: the new ones count from the next boot'
    exit 0
fi
augenrules --load >/dev/null
echo made
