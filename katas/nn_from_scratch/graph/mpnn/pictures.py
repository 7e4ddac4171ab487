"""Draw a word that spreads over the karate club, and two graphs that messages cannot tell apart."""

import numpy as np

from nnkata.pictures import Canvas, Frame, Picture
from refnn.graph.data import karate_club

START = 16
"""The member who knows the news first."""


def picture_spreading(solution):
    """Draw the karate club by distance from a member, and who has heard from them, step by step."""
    A, _ = karate_club()
    edges = np.argwhere(A)
    distance = _distances(A, START)
    h = np.zeros((34, 1))
    h[START] = 1.0
    send, largest = solution.fn("lambda s, r: s"), solution.fn("lambda h, g: np.maximum(h, g)")
    places = _rings(distance)
    frames, told, numbers = [], [], {}
    for steps in range(int(distance.max()) + 1):
        got = solution.message_passing(h, edges, send, largest, aggregate="max", steps=steps)
        heard = np.nan_to_num(np.asarray(got, float)).reshape(34) > 0
        right = distance <= steps
        canvas = Canvas(640, 330)
        for i, j in np.argwhere(np.triu(A)):
            canvas.line(*places[i], *places[j], "muted thin")
        for member, (x, y) in enumerate(places):
            canvas.circle(x, y, 10, "paper filled")
            canvas.circle(x, y, 9, "yours filled" if heard[member] else "muted")
            canvas.text(x, y + 23, str(member), "small halo", "middle")
            if heard[member] != right[member]:
                canvas.marker(x, y, "cross", "wrong thick", 11)
        canvas.text(624, 18, f"step {steps}", "strong", "end")
        count = int(heard.sum())
        words = f"After {steps} steps, {count} of 34 members have heard from member {START}; "
        words += f"right is {int(right.sum())}."
        told.append(f"{count} after {steps}")
        frames.append(Frame(canvas, words))
        numbers[f"step {steps}"] = {"heard": heard, "right": right}
    return Picture(
        "How far messages come in some steps",
        f"Columns are the members at 0, 1, 2, … edges from member {START}. Filled: has heard from "
        f"them: {', '.join(told)} steps. A cross marks who should not have heard, or "
        "should have.",
        frames,
        numbers,
        shown=2,
    )


def _distances(A, start):
    distance = np.full(len(A), -1)
    distance[start], reached, steps = 0, {start}, 0
    while reached:
        steps += 1
        reached = {int(j) for i in reached for j in np.flatnonzero(A[i]) if distance[j] < 0}
        distance[list(reached)] = steps
    return distance


def _rings(distance):
    places = np.zeros((len(distance), 2))
    for ring in range(int(distance.max()) + 1):
        members = np.flatnonzero(distance == ring)
        for place, member in enumerate(members):
            shift = 14 * (-1) ** place if len(members) > 8 else 0
            x = 40 + 560 * ring / distance.max() + shift
            places[member] = x, 30 + 280 * (place + 0.5) / len(members)
    return places.tolist()


def picture_what_messages_cannot_see(solution):
    """Draw two triangles and a hexagon, with what their nodes compute, and a path beside them."""
    hexagon = [(i, (i + 1) % 6) for i in range(6)]
    triangles = [(i, 3 * (i // 3) + (i + 1) % 3) for i in range(6)]
    path = hexagon[:5]
    send, renew = solution.fn("lambda s, r: s"), solution.fn("lambda h, g: np.tanh(h + 0.3 * g)")
    canvas = Canvas(640, 250)
    told, numbers = [], {}
    graphs = (("two triangles", triangles), ("a hexagon", hexagon), ("a path", path))
    for column, (name, graph) in enumerate(graphs):
        edges = np.array(graph + [(j, i) for i, j in graph])
        states = solution.message_passing(np.full((6, 1), 0.1), edges, send, renew, steps=3)
        total = float(np.asarray(solution.readout(states, "sum"), float).reshape(-1)[0])
        states = np.asarray(states, float).reshape(6)
        middle = 110 + 210 * column
        angles = np.pi * np.arange(6) / 3
        if name == "two triangles":
            angles = 2 * np.pi * np.arange(6) / 3 + np.pi / 2
            shift = np.where(np.arange(6) < 3, -54, 54)
            points = [(middle + s + 35 * np.cos(a), 120 - 55 * np.sin(a))
                      for s, a in zip(shift, angles, strict=True)]  # fmt: skip
        else:
            points = [(middle + 75 * np.cos(a), 120 - 75 * np.sin(a)) for a in angles]
        points = [(float(x), float(y)) for x, y in points]
        for i, j in graph:
            canvas.line(*points[i], *points[j], "muted")
        for (x, y), state in zip(points, states, strict=True):
            canvas.circle(x, y, 6, "yours filled")
            canvas.text(x, y - 10, f"{state:.3f}", "small halo", "middle")
        canvas.text(middle, 18, name, "strong", "middle")
        canvas.text(middle, 232, f"readout {total:.4f}", "", "middle")
        told.append(f"{name}: {total:.4f}")
        numbers[name] = {"states": states, "readout": total}
    return Picture(
        "Two graphs that messages cannot tell apart",
        f"Three steps from equal states. The readouts are {'; '.join(told)}. In two triangles and "
        "in a hexagon every node has two neighbours like itself, so right is the same number for "
        "both; the path is another matter.",
        [Frame(canvas)],
        numbers,
    )
