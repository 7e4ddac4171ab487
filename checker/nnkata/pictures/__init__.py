"""Pictures of the results of modules, for lessons, the page, and your own objects.

In `kata run`, or wherever nnkata is installed:

    from nnkata.pictures import computation_graph
    computation_graph(z).save("z.svg")

The `pictures.py` of a kata uses the same functions and returns a `Picture`.
"""

from .axes import Axes, ticks
from .boundary import decision_boundary, draw_plane, draw_points, draw_zero, grid, model_outputs
from .canvas import Canvas
from .charts import Chart, draw_lines, loss_curve
from .course_map import MapKata, course_map
from .curves import Curve, Point, functions_and_slopes, point_of
from .gradients import describe_errors, draw_gradient_check, gradient_check, relative_errors
from .graphs import Step, Walk, computation_graph, push_through
from .networks import NetworkState, draw_network, network_diagram
from .nodes import gradients_from_slopes
from .orders import order_on_graph
from .picture import Frame, Picture
from .secants import Measurement, Secant, secants, step_errors
from .tiles import confusion_matrix, count_pairs, image_wall, weight_tiles

__all__ = [
    "Axes",
    "Canvas",
    "Chart",
    "Curve",
    "Frame",
    "MapKata",
    "Measurement",
    "NetworkState",
    "Picture",
    "Point",
    "Secant",
    "Step",
    "Walk",
    "computation_graph",
    "confusion_matrix",
    "count_pairs",
    "course_map",
    "decision_boundary",
    "describe_errors",
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
    "model_outputs",
    "network_diagram",
    "order_on_graph",
    "point_of",
    "push_through",
    "relative_errors",
    "secants",
    "step_errors",
    "ticks",
    "weight_tiles",
]
