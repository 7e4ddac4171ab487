"""tanh is computed from exp(x) and exp(-x).

Above 709, exp overflows, and the fraction becomes inf/inf = nan instead of 1 (or of -1 on the other side).
Use a form whose exponents are never positive, or the function that numpy has.
"""


def tanh(x):
    values = _floats(x)
    up, down = np.exp(values), np.exp(-values)
    return (up - down) / (up + down)
