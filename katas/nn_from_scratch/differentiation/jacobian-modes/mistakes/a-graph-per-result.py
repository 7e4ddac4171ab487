"""jacobian_reverse calls f again for every result.

The numbers are right: a new graph starts with gradients of 0. But for 200 results f is computed 200
times, and its graph is the same each time. Call f once, and set the gradients of the inputs to 0
instead.
"""


def jacobian_reverse(f, xs):
    rows = []
    for i in range(len(f([Value(x) for x in xs]))):
        inputs = [Value(x) for x in xs]
        result = f(inputs)[i]
        if isinstance(result, Value):
            result.backward()
        rows.append([leaf.grad for leaf in inputs])
    return np.array(rows, dtype=np.float64).reshape(len(rows), len(xs))
