"""The matrix of differences is returned as it is.

Because of rounding, H[i, j] and H[j, i] differ by about 1e-11, and code that needs a symmetric
matrix may reject it. Return the mean of the matrix and its transpose.
"""


def finite_diff_hessian(grad_f, w, h=1e-5):
    point = np.asarray(w, dtype=np.float64)
    columns = [
        (np.asarray(grad_f(point + step)) - np.asarray(grad_f(point - step))) / (2 * h)
        for step in h * np.eye(len(point))
    ]
    measured = np.array(columns).reshape(len(point), len(point))
    return measured.T.copy()
