"""simplify looks for 0 and 1 on the right side of an operation only.

a + 0 becomes a, but 0 + a stays, and so do 1 · a and 0 · a. The derivative of 4 x, simplified, is
then 0 · x + 4 with five parts instead of the number 4.
"""


def _drop_neutral(name, a, b):
    _, right = _NEUTRAL[name]
    if b == right:
        return a
    if name == "/" and a == 0:
        return 0
    if name in _ABSORBING and b == _ABSORBING[name][1]:
        return _ABSORBING[name][2]
    return (name, a, b)
