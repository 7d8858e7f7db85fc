"""Plugins that run in Ansible's own process and know nothing of ours; Ansible finds them by this folder."""
