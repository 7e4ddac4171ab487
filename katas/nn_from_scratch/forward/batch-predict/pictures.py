"""Draw how rows are divided into batches."""

from nnkata.pictures import Canvas, Frame, Picture

CASES = ((12, 4), (13, 4), (7, 3), (3, 8))
LEFT, SIDE = 130.0, 34.0


def picture_batches(solution):
    """Draw the rows of each batch, and name the rows that are in no batch or in several."""
    canvas = Canvas(640, 300)
    told, numbers = [], {}
    for number, (n, size) in enumerate(CASES):
        parts = solution.probe.rows_of_batches(n, size)
        parts = [[int(row) for row in part] for part in parts][:40]
        counts = [sum(row in part for part in parts) for row in range(n)]
        top = 30.0 + 66.0 * number
        canvas.text(12, top + 21, f"{n} rows by {size}", "ink")
        for row in range(n):
            owner = next((k for k, part in enumerate(parts) if row in part), None)
            kind = "shade-2" if owner is not None and owner % 2 == 0 else "shade-6"
            fine = counts[row] == 1
            box = (LEFT + SIDE * row, top), (SIDE - 3, SIDE - 3)
            if fine:
                canvas.rectangle(*box, f"{kind} filled")
            canvas.rectangle(*box, "muted" if fine else "wrong thick")
            words = str(owner + 1) if fine else "–" if counts[row] == 0 else f"{counts[row]}×"
            canvas.text(
                LEFT + SIDE * row + 15.5, top + 20, words, "ink small halo" if fine else "wrong",
                "middle",
            )  # fmt: skip
        told.append(_describe(n, size, parts, counts))
        numbers[f"{n} by {size}"] = parts
    canvas.text(LEFT, 18, "the number of the batch that contains the row", "small")
    return Picture(
        title="Each row is in exactly one batch",
        description=" ".join(told),
        frames=[Frame(canvas)],
        numbers=numbers,
    )


def _describe(n, size, parts, counts):
    sizes = ", ".join(str(len(part)) for part in parts) or "none"
    words = f"{n} rows in batches of {size}: batches with {sizes} rows."
    missing = [row for row, count in enumerate(counts) if count == 0]
    if missing:
        words += f" In no batch: row {', '.join(map(str, missing))}."
    return words
