"""jacobian_reverse starts a backward pass for every entry of the Jacobian.

The numbers are right, but 3 results of 200 inputs take 600 passes instead of 3. After one pass, all
inputs have their gradients: read a whole row.
"""


def jacobian_reverse(f, xs):
    inputs = [Value(x) for x in xs]
    results = f(inputs)
    jacobian = np.zeros((len(results), len(inputs)))
    for i, result in enumerate(results):
        if isinstance(result, Value):
            for j, leaf in enumerate(inputs):
                for other in inputs:
                    other.grad = 0.0
                result.backward()
                jacobian[i, j] = leaf.grad
    return jacobian
