"""jvp writes the Duals into the list xs that it gets.

After the call, the caller's list holds Duals instead of numbers, and the next computation with it fails or
counts a velocity twice. Make a new list for the inputs of f.
"""


def jvp(f, xs, vs):
    if len(xs) != len(vs):
        raise ValueError(f"{len(xs)} numbers, but {len(vs)} velocities")
    for i in range(len(xs)):
        xs[i] = Dual(xs[i], vs[i])
    results = [_lift(y) for y in f(xs)]
    return [y.value for y in results], [y.deriv for y in results]
