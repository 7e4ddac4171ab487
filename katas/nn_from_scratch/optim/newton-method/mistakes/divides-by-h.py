"""The difference of the gradients is divided by h.

The two places are 2 h apart, so the result is twice as large as it should be: for w³ at w = 1 it is
6 and not 3.
"""


def finite_diff_hessian(grad_f, w, h=1e-5):
    point = np.asarray(w, dtype=np.float64)
    columns = [
        (np.asarray(grad_f(point + step)) - np.asarray(grad_f(point - step))) / h
        for step in h * np.eye(len(point))
    ]
    measured = np.array(columns).reshape(len(point), len(point))
    return (measured + measured.T) / 2
