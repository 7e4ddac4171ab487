"""simplify raises an error where an operation on numbers has no result.

The formula x + 1 / 0 is allowed; it only has no value. Its user expects the error from evaluate. Leave
such an operation as it is.
"""


def _fold(name, numbers):
    return _apply(name, [float(number) for number in numbers])
