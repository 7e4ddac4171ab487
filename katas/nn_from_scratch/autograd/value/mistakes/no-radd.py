"""2 + x fails, and so does sum([x, y]).

For 2 + x Python first asks the 2, which knows nothing about Values, and then calls x.__radd__. sum
needs it too, because it starts from the plain number 0 and computes 0 + x first. Define __radd__.
"""


class Value:
    del __radd__
