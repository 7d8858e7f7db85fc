"""A bare machine before and after hardening at each level, rule by rule; twice is once, and nobody is locked out."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from hardened_machine import ENHANCED, HIGH, INTERMEDIARY, LOGIN, MINIMAL, NAME, ROOT, HardenedMachine, by_standing
from hosts_fixture import Machines

from lab.hosts.hosts import Hosts
from lab.hosts.shape import numbered
from lab.waiting import wait_until
from orchestrator.model.audit import AuditedHost, Result, Standing
from orchestrator.model.host_result import HostResult, HostStatus
from orchestrator.model.site import HardeningLevel

pytestmark = [pytest.mark.hardening, pytest.mark.timeout(2400)]

LEVELS = (MINIMAL, INTERMEDIARY, ENHANCED, HIGH)
MENDED = {
    MINIMAL: {"accounts_password_pam_minlen", "accounts_passwords_pam_faillock_deny", "accounts_password_pam_retry"},
    INTERMEDIARY: {
        *(
            "sshd_disable_root_login",
            "no_direct_root_logins",
            "accounts_tmout",
            "sudo_add_noexec",
            "aide_build_database",
        ),
        *("audit_rules_privileged_commands_sudo", "file_permissions_sshd_config", "mount_option_tmp_noexec"),
        *("sysctl_net_ipv4_conf_all_arp_ignore", "sysctl_net_ipv6_conf_all_autoconf"),
    },
    ENHANCED: {
        *("audit_rules_immutable", "audit_rules_dac_modification_chmod", "audit_rules_privileged_commands_kmod"),
        *("audit_rules_usergroup_modification_shadow", "accounts_umask_etc_profile", "accounts_umask_etc_login_defs"),
        *("package_apparmor_installed", "package_logrotate_installed"),
    },
    HIGH: {"aide_periodic_checking_systemd_timer", "aide_verify_acls", "aide_verify_ext_attributes"},
}
"""Some that must fail on a bare machine: else before and after prove nothing."""


LEFT = {
    MINIMAL: {"security_patches_up_to_date"},
    INTERMEDIARY: {
        *("service_auditd_enabled", "postfix_client_configure_mail_alias"),
        *("sudoers_no_root_target", "sudoers_explicit_command_args"),
    },
    ENHANCED: {
        *("all_apparmor_profiles_enforced", "apparmor_configured", "grub2_enable_apparmor", "prefer_64bit_os"),
        *("audit_rules_networkconfig_modification", "audit_rules_privileged_commands"),
        *("file_permissions_sudo", "sudo_dedicated_group"),
        *("package_chrony_installed", "service_chronyd_or_ntpd_enabled"),
        *("package_rsyslog_installed", "package_rsyslog-gnutls_installed", "service_rsyslog_enabled"),
        *("rsyslog_remote_loghost", "rsyslog_remote_tls", "rsyslog_remote_tls_cacert"),
    },
    HIGH: {"aide_periodic_cron_checking", "aide_scan_notification"},
}
"""What each level adds to the rules that have a reason, those aside that a container's kernel and disks decide."""
OF_THE_CONTAINER = (
    *("sysctl_kernel_", "sysctl_fs_", "sysctl_vm_", "sysctl_net_core_"),
    *("partition_for_", "mount_option_", "kernel_config_"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """What was done to one machine, in this order."""

    machine: HardenedMachine
    before: AuditedHost
    checked: HostResult
    after: dict[HardeningLevel, AuditedHost]
    hardened: HostResult
    again: HostResult
    checked_again: HostResult


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Story]:
    """One machine for all that is asserted here: what is done to it takes minutes."""
    folder = tmp_path_factory.mktemp("hardening")
    hosts = Hosts(directory=folder / "lab", shape=numbered((NAME,)))
    try:
        hosts.up(print)
        machine = HardenedMachine(Machines(hosts), folder)
        before = machine.audit(HIGH)
        checked = machine.check(HIGH)
        after = {}
        for level in LEVELS:
            hardened = machine.harden(level)
            assert hardened.status is HostStatus.DONE, hardened.failure
            after[level] = machine.audit(level)
        yield Story(
            machine=machine,
            before=before,
            checked=checked,
            after=after,
            hardened=hardened,
            again=machine.harden(HIGH),
            checked_again=machine.check(HIGH),
        )
    finally:
        hosts.reset()


@pytest.mark.parametrize("level", LEVELS)
def test_after_hardening_every_rule_passes_that_can(story: Story, level: HardeningLevel) -> None:
    """What is left has a reason; nothing that passed before fails now."""
    after = by_standing(story.after[level])
    asked = {name for names in after.values() for name in names}
    before = {standing: names & asked for standing, names in by_standing(story.before).items()}
    assert after[Standing.FINDING] == set()
    assert before[Standing.FINDING] - after[Standing.ACCEPTED] - after[Standing.INAPPLICABLE] <= after[Standing.PASS]
    assert before[Standing.PASS] <= after[Standing.PASS]
    assert MENDED[level] <= before[Standing.FINDING] | before[Standing.ACCEPTED]
    assert MENDED[level] <= after[Standing.PASS]


@pytest.mark.parametrize("level", LEVELS)
def test_what_is_left_is_what_a_container_cannot_and_specs_want(story: Story, level: HardeningLevel) -> None:
    """By name; kernels differ in which of their settings are right by chance."""
    left = by_standing(story.after[level])[Standing.ACCEPTED]
    expected = set().union(*(LEFT[one] for one in LEVELS[: LEVELS.index(level) + 1]))
    assert {name for name in left if not name.startswith(OF_THE_CONTAINER)} == expected


def test_rules_are_really_asked(story: Story) -> None:
    """Hundreds of answers, of which few are left out; the stock content leaves out all."""
    for level, least in ((MINIMAL, 33), (INTERMEDIARY, 175), (ENHANCED, 240), (HIGH, 300)):
        results = [rule.result for rule in story.after[level].rules]
        assert sum(result in {Result.PASS, Result.FAIL} for result in results) >= least
        assert Result.MISSING not in results


def test_a_second_run_changes_nothing(story: Story) -> None:
    """Nor would one more, by check mode."""
    assert story.hardened.changes
    assert (story.again.status, story.again.changes) == (HostStatus.DONE, ())
    assert (story.checked_again.status, story.checked_again.changes) == (HostStatus.DONE, ())


def test_check_mode_works_on_a_bare_machine(story: Story) -> None:
    """It tells what would change, and changes nothing: what was measured before stayed."""
    assert story.checked.status is HostStatus.DONE
    assert story.checked.changes
    assert not story.checked.failure


def test_each_program_with_anothers_rights_is_recorded_once(story: Story) -> None:
    """As found on the machine: the content looks on disks, and a container's files lie on its host's."""
    found = story.machine.machines.on(NAME, "sudo find / -xdev -type f -perm /6000", user=LOGIN).stdout.split()
    rules = story.machine.machines.on(
        NAME, "sudo grep -rhoP 'path=\\K\\S+' /etc/audit/rules.d", user=LOGIN
    ).stdout.split()
    assert "/usr/bin/sudo" in found
    assert sorted(rules) == sorted([*found, "/usr/bin/kmod"])


def test_nobody_is_locked_out_who_installs(story: Story) -> None:
    """The ordinary user enters and becomes root; root itself does not enter any more, as the level asks."""
    on = story.machine.machines.on
    assert on(NAME, "sudo sh -c 'id -un; umask; echo $(id -g)'", user=LOGIN).stdout.split() == ["root", "0022", "0"]
    refused = on(NAME, "true")
    assert refused.returncode != 0
    assert "Permission denied" in refused.stderr


def test_settings_of_sshd_come_back_unless_somebody_enters(story: Story) -> None:
    """As a run leaves it that is killed at its worst moment: the clock is armed, and nobody stops it."""
    machine = story.machine.machines
    script = (ROOT / "roles" / "hardening" / "files" / "ssh.sh").read_text("utf-8")
    lines = (
        "echo 'DenyUsers *' >/var/lib/region/sshd.conf",
        f"sh -c {shlex.quote(script)} ssh 20",
        "sshd -T | grep -i '^denyusers'",
    )
    done = machine.on(NAME, f"sudo sh -ec {shlex.quote('; '.join(lines))}", user=LOGIN)
    assert done.stdout.split() == ["made", "denyusers", "*"], done.stderr
    assert wait_until(lambda: machine.on(NAME, "true", user=LOGIN).returncode == 0, seconds=240, every=1)
    kept = machine.on(NAME, "sudo cat /etc/ssh/sshd_config.d/00-region-hardening.conf", user=LOGIN).stdout
    assert f"AllowUsers {LOGIN} camille" in kept
