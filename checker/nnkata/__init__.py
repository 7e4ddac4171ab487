"""nnkata: run hidden checks on a learner's module, and say what is wrong and why."""

__version__ = "0.1.0"
