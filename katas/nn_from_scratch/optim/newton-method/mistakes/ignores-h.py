"""The argument h has no effect: the step is always 1e-5.

For gradients with noise, a caller needs a larger step.
"""


def finite_diff_hessian(grad_f, w, h=1e-5):
    h = 1e-5
    point = np.asarray(w, dtype=np.float64)
    columns = [
        (np.asarray(grad_f(point + step)) - np.asarray(grad_f(point - step))) / (2 * h)
        for step in h * np.eye(len(point))
    ]
    measured = np.array(columns).reshape(len(point), len(point))
    return (measured + measured.T) / 2
