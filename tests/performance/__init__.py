"""Benchmarks: each compares with a peer interleaved in one run, and writes its figures with ``--json FILE``."""
