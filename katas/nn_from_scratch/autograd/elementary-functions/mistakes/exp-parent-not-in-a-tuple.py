"""exp passes its parent as x itself, not as a tuple with x in it.

In Python, (x) is only x in parentheses; the comma in (x,) makes the tuple. push() goes through the
parents one by one, and a single Value has 0 entries to go through, so Python raises a TypeError.
Add the comma, and look at the other three functions too.
"""


def exp(x):
    y = math.exp(x.data)
    return Value(y, x, "exp", (y,))
