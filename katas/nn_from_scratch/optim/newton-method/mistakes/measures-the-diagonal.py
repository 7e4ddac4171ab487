"""Only the diagonal of the Hessian is computed; all other entries are 0.

All coordinates are moved at once, or each difference keeps one number. Moving one coordinate
changes the whole gradient, and all of its numbers are a column.
"""


def finite_diff_hessian(grad_f, w, h=1e-5):
    point = np.asarray(w, dtype=np.float64)
    columns = [
        (np.asarray(grad_f(point + step)) - np.asarray(grad_f(point - step))) / (2 * h)
        for step in h * np.eye(len(point))
    ]
    measured = np.array(columns).reshape(len(point), len(point))
    return np.diag(np.diag(measured))
