"""Draw the order of the samples in the batches of several epochs."""

from itertools import pairwise

from nnkata.pictures import Canvas, Frame, Picture

N, SIZE, EPOCHS = 14, 4, 4
LEFT, SIDE = 90.0, 32.0


def picture_epochs(solution):
    """Draw one row per epoch, with the number of the sample in each place of each batch."""
    orders = solution.probe.orders(3, N, SIZE, EPOCHS)
    orders = [[[int(row) for row in batch] for batch in epoch][:N] for epoch in orders][:EPOCHS]
    canvas = Canvas(640, 250)
    told = []
    canvas.text(LEFT, 18, f"{N} samples in batches of {SIZE}; darker: a later row of X", "small")
    for number, epoch in enumerate(orders):
        top = 34.0 + 52.0 * number
        canvas.text(10, top + 20, f"epoch {number + 1}", "ink")
        across = LEFT
        for batch in epoch:
            for row in batch[:SIZE]:
                shade = min(max(1 + 5 * row // N, 0), 6)
                canvas.rectangle((across, top), (SIDE - 2, SIDE - 2), f"shade-{shade} filled")
                canvas.text(across + 15, top + 20, str(row), "ink small halo", "middle")
                across += SIDE
            across += 16
        rows = [row for batch in epoch for row in batch]
        once = sorted(rows) == list(range(N))
        if not once:
            canvas.text(10, top + 36, "not each once", "wrong small")
        told.append(
            f"Epoch {number + 1} has batches of {', '.join(str(len(b)) for b in epoch) or 'none'}"
            f" and begins with {', '.join(map(str, rows[:4]))}"
            f"{'' if once else '; it does not contain each sample once'}."
        )
    repeated = any(one == two for one, two in pairwise(orders))
    if repeated:
        told.append("Two epochs have the same order.")
    return Picture(
        title="Each epoch contains each sample once, in a new order",
        description=" ".join(told),
        frames=[Frame(canvas)],
        numbers={f"epoch {k + 1}": epoch for k, epoch in enumerate(orders)},
    )
