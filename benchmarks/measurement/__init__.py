"""What every benchmark does alike: start contenders, time them in turn, show figures, end with one JSON line.

Standard library only: a benchmark runs with any Python, and reaches product and peers as its users do, by commands.
"""
