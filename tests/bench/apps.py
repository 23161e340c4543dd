"""The benchmarks' own application: page models to compare ours with, in the database of a run and nowhere else."""

from importlib import import_module

from django.apps import AppConfig


class BenchConfig(AppConfig):
    name = "tests.bench"
    label = "bench"

    def ready(self):
        import_module("tests.bench.stock")  # not before now, when our models have all their languages
