"""The loss is taken at (b − a) / 2, which is not halfway between a and b.

Between (1, 1) and (3, 5), the middle is (2, 3), and not (1, 2).
"""


def nonconvex_witness(loss, rng, box=8.0, tries=20_000):
    a, b = rng.uniform(-box, box, (2, tries, 2))
    gaps = loss(*((b - a) / 2).T) - (loss(*a.T) + loss(*b.T)) / 2
    found = np.flatnonzero(gaps > 1e-3)
    if found.size == 0:
        return None
    first = found[0]
    return a[first].copy(), b[first].copy(), float(gaps[first])
