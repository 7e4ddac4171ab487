"""jacobian_reverse has no row for a result that is a plain number.

The row of every later result then moves up, and 3 results give an array with 2 rows. A constant has a
row too: its derivatives are all 0.
"""


def jacobian_reverse(f, xs):
    inputs = [Value(x) for x in xs]
    results = [result for result in f(inputs) if isinstance(result, Value)]
    jacobian = np.zeros((len(results), len(inputs)))
    for i, result in enumerate(results):
        for leaf in inputs:
            leaf.grad = 0.0
        result.backward()
        jacobian[i] = [leaf.grad for leaf in inputs]
    return jacobian
