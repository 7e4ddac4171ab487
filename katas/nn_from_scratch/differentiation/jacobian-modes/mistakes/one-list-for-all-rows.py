"""All rows of jacobian_reverse are the same list, which is filled again for each result.

A list of rows contains references. When the list is filled for the last result, every row shows that result.
Make a new row for each.
"""


def jacobian_reverse(f, xs):
    inputs = [Value(x) for x in xs]
    rows = []
    row = [0.0] * len(inputs)
    for result in f(inputs):
        for leaf in inputs:
            leaf.grad = 0.0
        if isinstance(result, Value):
            result.backward()
        row[:] = [leaf.grad for leaf in inputs]
        rows.append(row)
    return np.array(rows, dtype=np.float64).reshape(len(rows), len(inputs))
