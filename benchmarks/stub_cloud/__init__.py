"""A made-up OpenStack of any size: answers recorded from the embedded cloud, multiplied, served from memory.

It answers reads alone, knows the right figures of what it made up, counts calls and tokens, and breaks on command.
"""
