"""The loss in the middle is compared with the sum of the two losses, not with their mean.

If all losses are 0.25, the gap is −0.25 and not 0. If they are −200, it is 200, and a bowl does not seem to be
convex.
"""


def nonconvex_witness(loss, rng, box=8.0, tries=20_000):
    a, b = rng.uniform(-box, box, (2, tries, 2))
    gaps = loss(*((a + b) / 2).T) - (loss(*a.T) + loss(*b.T))
    found = np.flatnonzero(gaps > 1e-3)
    if found.size == 0:
        return None
    first = found[0]
    return a[first].copy(), b[first].copy(), float(gaps[first])
