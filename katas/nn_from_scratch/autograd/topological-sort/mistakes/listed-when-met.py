"""A node is listed when it is first met, and the list is reversed at the end.

In a diamond, where d is computed from b and c, and both from a, the walk goes d, b, a and only
then to c. Reversed, that is c, a, b, d: c is before its parent a. List a node only after all its
parents, on the way back; then nothing has to be reversed.
"""


def topological_sort(root):
    refuse_cycles(root)
    order = []
    met = set()
    stack = [root]
    while stack:
        node = stack.pop()
        if id(node) in met:
            continue
        met.add(id(node))
        order.append(node)
        stack.extend(reversed(node.parents))
    order.reverse()
    return order


def refuse_cycles(root):
    state = {}
    stack = [(root, False)]
    while stack:
        node, is_back = stack.pop()
        if is_back:
            state[id(node)] = "finished"
        elif id(node) not in state:
            state[id(node)] = "open"
            stack.append((node, True))
            for parent in node.parents:
                if state.get(id(parent)) == "open":
                    raise ValueError("the graph has a cycle")
                stack.append((parent, False))
