"""The checker of nnkata: it runs hidden checks on a learner's module and says what is wrong and why."""

__version__ = "0.1.0"
