"""Hosts set up by Ansible, and their secrets and certificates, made once and kept encrypted: the `hosts` extra."""
