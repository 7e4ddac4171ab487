"""After a node has pushed, the walk goes on to its parents at once, along every path again.

That is right on a tree. But a node that two paths lead to pushes twice, and the second time it
pushes again what it pushed before: with s = a * b and s + s * c, the gradient of a should be b (1
+ c) and becomes b (2 + c). With thirty doublings it would also take 2³⁰ steps. Each node should
push once, after all of its gradient has arrived.
"""


def backward(root):
    order = topological_sort(root)
    for node in order:
        if node.parents:
            node.grad = 0.0
    root.grad += 1.0
    stack = [root]
    while stack:
        node = stack.pop()
        node.push()
        stack.extend(reversed(node.parents))
