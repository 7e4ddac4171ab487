"""jacobian_reverse returns the rows as columns: the shape is (N, M).

One backward pass gives the gradient of one result with respect to all inputs, which is a row. For 2 inputs
and 3 results the array is (2, 3) instead of (3, 2). No transpose is needed here.
"""


def jacobian_reverse(f, xs):
    inputs = [Value(x) for x in xs]
    results = f(inputs)
    jacobian = np.zeros((len(results), len(inputs)))
    for i, result in enumerate(results):
        if isinstance(result, Value):
            for leaf in inputs:
                leaf.grad = 0.0
            result.backward()
            jacobian[i] = [leaf.grad for leaf in inputs]
    return jacobian.T
