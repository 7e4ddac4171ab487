"""softmax_vjp multiplies dout by p (1 - p), although softmax_jacobian is right.

p (1 - p) is only the diagonal of the Jacobian. The other entries of a row pass on a gradient too: in
the example of the lesson the result is (0.1875, 0, 0) instead of (0.1875, -0.125, -0.0625).
"""


def softmax_vjp(p, dout):
    probabilities = _floats(p)
    upstream = _upstream(dout, probabilities.shape)
    return upstream * probabilities * (1 - probabilities)
