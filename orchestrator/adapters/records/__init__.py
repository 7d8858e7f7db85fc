"""What a region keeps on disk between runs: ledger, journal, lock. Directories 0700, files 0600."""
