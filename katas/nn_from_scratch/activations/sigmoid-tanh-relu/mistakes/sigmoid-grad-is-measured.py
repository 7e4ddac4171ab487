"""The derivative of sigmoid is measured by a central difference.

That costs two more exponentials and keeps only ten digits: the difference of two nearly equal numbers
loses the others. The formula s (1 - s) needs nothing but s, and is right to the last digits.
"""


def sigmoid_grad(x):
    x = np.asarray(x)
    wide = x.astype(np.float64)
    slope = (sigmoid(wide + 1e-5) - sigmoid(wide - 1e-5)) / 2e-5
    return slope.astype(x.dtype) if x.dtype.kind == "f" else slope
