"""Hosts set up by Ansible: their secrets and certificates, made once and kept encrypted. Needs the `hosts` extra."""
