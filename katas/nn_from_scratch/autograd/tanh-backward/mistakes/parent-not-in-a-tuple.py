"""The parent is passed as x itself, not as a tuple with x in it.

In Python, (x) is only x in parentheses; the comma in (x,) makes the tuple. push() goes through the
parents one by one, and a single Value has 0 entries to go through, so Python raises a TypeError.
Add the comma.
"""


def tanh(x):
    t = math.tanh(x.data)
    return Value(t, x, "tanh", (1.0 - t * t,))
