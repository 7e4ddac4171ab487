"""jacobian_forward returns the columns as rows: the shape is (N, M).

One call to f gives the slopes of all results with respect to one input, which is a column. For 2 inputs and 3
results the array is (2, 3) instead of (3, 2). Transpose it.
"""


def jacobian_forward(f, xs):
    columns = [jvp(f, list(xs), direction.tolist())[1] for direction in np.eye(len(xs))]
    return np.array(columns, dtype=np.float64)
