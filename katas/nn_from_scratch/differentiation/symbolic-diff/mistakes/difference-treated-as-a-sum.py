"""simplify makes 0 - a to a, as it does with 0 + a.

The sign is lost: 0 - x at 3 is -3. For a difference, only a 0 on the right can be left out.
"""


def _drop_neutral(name, a, b):
    if name in ("+", "-") and a == 0:
        return b
    if name in ("+", "-") and b == 0:
        return a
    if (name == "*" and (a == 0 or b == 0)) or (name == "/" and a == 0):
        return 0
    if name == "*" and a == 1:
        return b
    if name in ("*", "/", "**") and b == 1:
        return a
    if name == "**" and b == 0:
        return 1
    return (name, a, b)
