"""Test hosts: Debian machines with systemd as containers, in a network of their own that leads nowhere.

For trying and testing what is done to bare metal. Needs root. Stands alone, like the rest of the lab.
"""
