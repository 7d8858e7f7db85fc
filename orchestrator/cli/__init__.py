"""The command line: parses, calls wiring, prints, exits; nothing else."""
