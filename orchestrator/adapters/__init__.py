"""The outside behind the ports: Pulumi, OpenStack, Prometheus, files, the clock. One door per third party."""
