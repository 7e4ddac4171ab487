"""Looks for cycles in a walk of its own, and lists the nodes in a second one."""


def topological_sort(root):
    refuse_cycles(root)
    order = []
    met = set()
    stack = [(root, False)]
    while stack:
        node, is_back = stack.pop()
        if is_back:
            order.append(node)
        elif id(node) not in met:
            met.add(id(node))
            stack.append((node, True))
            stack.extend((parent, False) for parent in node.parents)
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
