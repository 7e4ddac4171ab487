"""The local derivative is passed as a bare number, not as a tuple with one number in it.

In Python, (s) is only s in parentheses; the comma in (s,) makes the tuple. A Value reads one entry of
`slopes` per parent, and a float has 0 entries. Add the comma.
"""


def tanh(x):
    t = math.tanh(x.data)
    return Value(t, (x,), "tanh", (1.0 - t * t))
