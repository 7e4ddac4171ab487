"""Wrong: lists nodes when they are first met (pre-order) and turns that round."""


def topological_sort(root):
    _raise_on_cycle(root)
    seen = {id(root)}
    stack = [root]
    order = []
    while stack:
        node = stack.pop()
        order.append(node)
        for parent in node.parents:
            if id(parent) not in seen:
                seen.add(id(parent))
                stack.append(parent)
    return order[::-1]


def _raise_on_cycle(root):
    grey, black = {id(root)}, set()
    stack = [(root, iter(root.parents))]
    while stack:
        node, parents = stack[-1]
        for parent in parents:
            if id(parent) in grey:
                raise ValueError("the graph has a cycle")
            if id(parent) not in black:
                grey.add(id(parent))
                stack.append((parent, iter(parent.parents)))
                break
        else:
            grey.discard(id(node))
            black.add(id(node))
            stack.pop()
