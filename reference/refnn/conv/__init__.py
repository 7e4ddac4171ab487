"""Layers for images: the same small filter at every position."""
