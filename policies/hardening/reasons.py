"""Why rules of the content cannot be kept: the one list that audits accept by, and docs/hardening.md shows.

A reason stands here only for what no spec of the operator changes; what the operator may decide is a waiver's.
"""

from __future__ import annotations

from typing import Final

from orchestrator.model.audit import Reason, Where

OPENSTACK: Final = (
    Reason(
        rules=("mount_option_var_noexec",),
        why="Debian's package manager starts the scripts of packages from /var/lib/dpkg",
    ),
    Reason(
        rules=("grub2_l1tf_argument", "grub2_mds_argument"),
        why="the rules ask for cores without a second thread, which Host specs count; hardening_boot_no_smt does it",
    ),
    Reason(
        rules=("grub2_password", "grub2_uefi_password"),
        why="a host must come back after a loss of power with nobody at its console",
    ),
    Reason(
        rules=("sudoers_no_root_target", "sudoers_explicit_command_args"),
        why="administrators and the installation may do everything as root; who they are, specs say",
    ),
    Reason(
        rules=("file_permissions_sudo", "sudo_dedicated_group"),
        why="services of OpenStack become root by sudo (rootwrap, privsep) and are in no common group",
    ),
    Reason(
        rules=("sysctl_kernel_modules_disabled",),
        why="Open vSwitch, KVM, vhost and the device mapper are loaded when they are first needed",
    ),
    Reason(
        rules=("accounts_user_dot_*", "accounts_users_home_files_*", "file_permission_user_init_files"),
        why="the content takes nova for a person, and the disks of servers, which belong to QEMU, for its home's files",
        where=Where.CARRIES_SERVERS,
    ),
    Reason(
        rules=("accounts_users_home_files_permissions",),
        why="the content takes glance and nova for people, and what Debian's packages put below /var/lib for their "
        "homes' files",
        where=Where.ANSWERS_APIS,
    ),
    Reason(
        rules=("sysctl_net_ipv4_conf_all_drop_gratuitous_arp",),
        why="the region's address moves between control hosts and is announced by ARP that nobody asked for",
        where=Where.ADDRESS_MOVES,
    ),
)
INSTALLATION: Final = (
    Reason(
        rules=("sshd_disable_root_login",),
        why="the installation enters as root (spec.installation.ssh.user), by key alone; an account with sudo mends it",
        where=Where.ROOT_INSTALLS,
    ),
    Reason(
        rules=("security_patches_up_to_date",),
        why="its list of patches is not in Debian's package; unattended-upgrades installs them (role base)",
    ),
    Reason(
        rules=("postfix_client_configure_mail_alias",),
        why="no mail system is installed, and the content asks for the address change_me@localhost",
    ),
    Reason(
        rules=("package_chrony_installed", "service_chronyd_or_ntpd_enabled"),
        why="systemd-timesyncd keeps the time (role base)",
    ),
    Reason(
        rules=("package_rsyslog*", "service_rsyslog_enabled", "rsyslog_remote_*"),
        why="journald keeps the logs, on disk and within bounds (role base); specs name no server of logs yet",
    ),
    Reason(
        rules=("audit_rules_networkconfig_modification",),
        why="it asks for a watch below /etc/sysconfig, and auditd loads no rule after one whose folder is not there; "
        "all else that it asks for is recorded, and what Debian has in its place",
    ),
    Reason(
        rules=("all_apparmor_profiles_enforced",),
        why="the content has no test of it; profiles stay as Debian's packages set them, some to complain on purpose",
    ),
    Reason(
        rules=("aide_periodic_cron_checking", "aide_scan_notification"),
        why="a timer of systemd has AIDE look daily; what it finds is a failed unit, for no mail system is installed",
    ),
    Reason(rules=("kernel_config_*",), why="the kernel is Debian's own, built by Debian"),
)
CONTAINER: Final = (
    Reason(
        rules=("sysctl_fs_*", "sysctl_kernel_*", "sysctl_vm_*", "sysctl_net_core_*"),
        why="a container cannot write these settings: the kernel is its host's",
        where=Where.CONTAINER,
    ),
    Reason(
        rules=("partition_for_*", "mount_option_*"),
        why="a container's file systems are mounted by its host",
        where=Where.CONTAINER,
    ),
    Reason(
        rules=("service_auditd_enabled",),
        why="a container has no audit of its own",
        where=Where.CONTAINER,
    ),
    Reason(
        rules=("audit_rules_privileged_commands",),
        why="the content looks for programs on disks, and a container's files lie on its host's; the role finds them",
        where=Where.CONTAINER,
    ),
    Reason(
        rules=("prefer_64bit_os",),
        why="the content knows Debian's kernel by its name, and the kernel is the host's",
        where=Where.CONTAINER,
    ),
    Reason(
        rules=("apparmor_configured", "grub2_enable_apparmor"),
        why="AppArmor is the kernel's, and the boot loader's is the host's",
        where=Where.CONTAINER,
    ),
)
NOTHING_THERE: Final = (
    Reason(
        rules=("grub2_*", "file_*_grub2_cfg", "file_*_user_cfg"),
        why="a container has no boot loader",
        where=Where.CONTAINER,
        inapplicable=True,
    ),
    Reason(
        rules=("grub2_password", "grub2_uefi_password", "file_*_efi_*", "file_*_grub2_cfg", "file_*_user_cfg"),
        why="a machine starts by UEFI or without: one half of these rules concerns the other kind",
        inapplicable=True,
    ),
    Reason(
        rules=("mount_option_*",),
        why="there is no file system of its own at that place; where there should be one, partition_for_* says so",
        inapplicable=True,
    ),
    Reason(
        rules=("directory_*_etc_ip*", "directory_*_etc_nftables", "file_*_etc_ipsec_*", "postfix_*", "rsyslog_files_*"),
        why="the program is not installed",
        inapplicable=True,
    ),
    Reason(rules=("sebool_*",), why="Debian confines by AppArmor, not by SELinux", inapplicable=True),
    Reason(rules=("logind_session_timeout",), why="the content asks it of other distributions", inapplicable=True),
    Reason(
        rules=(
            "install_PAE_*",
            "kernel_config_*",
            "chronyd_*",
            "ensure_logrotate_activated",
            "timer_logrotate_enabled",
        ),
        why="for another architecture, or the program is not installed",
        inapplicable=True,
    ),
)
REASONS: Final[tuple[Reason, ...]] = (*OPENSTACK, *INSTALLATION, *CONTAINER, *NOTHING_THERE)
"""The first that fits is told."""
