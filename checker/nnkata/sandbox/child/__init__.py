"""The inside of the sandbox: the code that runs in the fork server and in its workers.

These modules import only the standard library, numpy, msgspec and each other.
"""
