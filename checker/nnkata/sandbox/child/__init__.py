"""The sandbox from inside: what runs in the fork server and in its workers.

These modules import the standard library, numpy, msgspec and each other, and nothing else.
"""
