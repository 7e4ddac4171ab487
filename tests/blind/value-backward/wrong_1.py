"""Wrong: makes its own order by recursion, so a chain of some 1000 nodes raises RecursionError."""

from .value import Value


def backward(root: Value) -> None:
    topo = []
    visited = set()
    path = set()

    def build(v):
        if id(v) in path:
            raise ValueError("cycle")
        if id(v) not in visited:
            path.add(id(v))
            visited.add(id(v))
            for parent in v.parents:
                build(parent)
            path.discard(id(v))
            topo.append(v)

    build(root)
    for v in topo:
        if v.parents:
            v.grad = 0.0
    root.grad += 1.0
    for v in reversed(topo):
        v.push()
