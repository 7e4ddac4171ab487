"""Wrong: only a cycle that leads back to the root is noticed; one further up gives a list."""


def topological_sort(root):
    order = []
    seen = {id(root)}
    stack = [(root, iter(root.parents))]
    while stack:
        node, parents = stack[-1]
        for parent in parents:
            if parent is root:
                raise ValueError("the graph has a cycle")
            if id(parent) not in seen:
                seen.add(id(parent))
                stack.append((parent, iter(parent.parents)))
                break
        else:
            order.append(node)
            stack.pop()
    return order
