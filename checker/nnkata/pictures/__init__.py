"""Pictures of what modules compute: for the lessons, the page, and anybody's own objects.

In `kata run`, or wherever nnkata is installed:

    from nnkata.pictures import computation_graph
    computation_graph(z).save("z.svg")

A kata's `pictures.py` draws its own with the same functions, and hands back a `Picture`.
"""

from .axes import Axes, ticks
from .boundary import answers, decision_boundary, draw_plane, draw_points, draw_zero, grid
from .canvas import Canvas
from .charts import draw_lines, loss_curve
from .course_map import Stop, course_map
from .curves import Curve, Point, functions_and_slopes, point_of
from .gradients import draw_gradient_check, gradient_check, relative_errors, told_errors
from .graphs import Step, computation_graph, push_through
from .networks import Built, draw_network, network_diagram
from .nodes import gradients_from_slopes
from .orders import order_on_graph
from .picture import Frame, Picture
from .secants import Secant, secants, step_errors
from .tiles import confusion_matrix, count_pairs, image_wall, weight_tiles

__all__ = [
    "Axes",
    "Built",
    "Canvas",
    "Curve",
    "Frame",
    "Picture",
    "Point",
    "Secant",
    "Step",
    "Stop",
    "answers",
    "computation_graph",
    "confusion_matrix",
    "count_pairs",
    "course_map",
    "decision_boundary",
    "draw_gradient_check",
    "draw_lines",
    "draw_network",
    "draw_plane",
    "draw_points",
    "draw_zero",
    "functions_and_slopes",
    "gradient_check",
    "gradients_from_slopes",
    "grid",
    "image_wall",
    "loss_curve",
    "network_diagram",
    "order_on_graph",
    "point_of",
    "push_through",
    "relative_errors",
    "secants",
    "step_errors",
    "ticks",
    "told_errors",
    "weight_tiles",
]
