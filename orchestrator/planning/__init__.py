"""Specs, ledger and date in; decisions out. Pure: no clock, network, file or random number."""
