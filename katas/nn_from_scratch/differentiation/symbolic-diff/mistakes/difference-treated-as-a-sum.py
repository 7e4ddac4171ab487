"""simplify turns 0 - a into a, as it does with 0 + a.

The sign is lost: 0 - x at 3 is -3. For a difference, only a 0 on the right can be left out.
"""


_NEUTRAL = {"+": (0, 0), "-": (0, 0), "*": (1, 1), "/": (None, 1), "**": (None, 1)}
