"""Optimizers: rules that change parameters along their gradients."""
