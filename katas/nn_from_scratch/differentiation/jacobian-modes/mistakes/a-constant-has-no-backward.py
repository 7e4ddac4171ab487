"""jacobian_reverse calls backward on every result, even on plain numbers.

A function may return a constant such as 5.0, which is a number and not a Value, and has no backward
pass. Its row is 0.
"""


def jacobian_reverse(f, xs):
    inputs = [Value(x) for x in xs]
    results = f(inputs)
    jacobian = np.zeros((len(results), len(inputs)))
    for i, result in enumerate(results):
        for leaf in inputs:
            leaf.grad = 0.0
        result.backward()
        jacobian[i] = [leaf.grad for leaf in inputs]
    return jacobian
