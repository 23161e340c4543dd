"""The benchmark: `make bench` measures the site on a database of its own and prints one table (docs/benchmarks.md)."""
