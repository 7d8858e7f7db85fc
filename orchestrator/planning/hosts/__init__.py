"""What the specs say of each host, for those who set it up: pure."""
