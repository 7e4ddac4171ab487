"""The plane of two inputs: its shades, the line where the answer is 0, and the points on it."""

from __future__ import annotations

import math
from xml.etree import ElementTree

import numpy as np
import pytest

from nnkata.pictures import decision_boundary, grid, model_outputs
from nnkata.pictures.boundary import zero_line

PLANE = (-1.0, 1.0)


def test_a_grid_asks_in_the_middle_of_its_cells() -> None:
    points = grid((0.0, 4.0), (10.0, 12.0), 2)
    assert points.shape == (2, 2, 2)
    assert points.tolist() == [[[1.0, 10.5], [3.0, 10.5]], [[1.0, 11.5], [3.0, 11.5]]]


def test_a_model_is_asked_at_every_point_and_values_give_their_data() -> None:
    class Value:
        grad = 0.0

        def __init__(self, data: float) -> None:
            self.data = data

    points = grid(PLANE, PLANE, 3)
    found = model_outputs(lambda x: Value(10 * x[0] + x[1]), points)
    assert np.allclose(found, 10 * points[..., 0] + points[..., 1])


@pytest.mark.parametrize("slope", [0.3, -1.7, 5.0])
def test_the_line_lies_where_the_answer_is_0(slope: float) -> None:
    points = grid(PLANE, PLANE, 21)
    outputs = points[..., 1] - slope * points[..., 0] - 0.1
    (line,) = zero_line(outputs)
    ups, acrosses = ((np.array(line).T + 0.5) / 21) * 2 - 1
    assert np.abs(ups - slope * acrosses - 0.1).max() < 1e-9


def test_a_circle_is_one_closed_line() -> None:
    points = grid(PLANE, PLANE, 25)
    (line,) = zero_line(0.5 - np.hypot(points[..., 0], points[..., 1]))
    assert line[0] == line[-1]
    ups, acrosses = ((np.array(line).T + 0.5) / 25) * 2 - 1
    assert np.abs(np.hypot(ups, acrosses) - 0.5).max() < 0.01


def test_a_plane_of_one_sign_has_no_line() -> None:
    assert list(zero_line(np.ones((5, 5)))) == []


def test_where_both_diagonals_agree_two_lines_pass_between_them() -> None:
    outputs = np.array([[1.0, -1.0], [-1.0, 1.0]])
    assert sorted(len(line) for line in zero_line(outputs)) == [2, 2]


def test_points_on_the_wrong_side_are_counted_and_marked_in_words() -> None:
    points = grid(PLANE, PLANE, 21)
    outputs = points[..., 0]  # plus on the right
    places = [(0.5, 0.5), (0.5, -0.5), (-0.5, 0.5)]
    picture = decision_boundary(outputs, places, [1, -1, -1], (PLANE, PLANE))
    assert picture.numbers["right"] == [2]
    words = "".join(ElementTree.fromstring(picture.svg()).itertext())
    assert "2 of 3 right" in words
    assert picture.svg().count(">wrong<") == 1


def test_both_signs_are_written_into_their_parts() -> None:
    outputs = grid(PLANE, PLANE, 21)[..., 0]
    root = ElementTree.fromstring(decision_boundary(outputs, [], [], (PLANE, PLANE)).svg())
    places = {
        t.text: float(t.attrib["x"]) for t in root.iter() if "huge" in t.attrib.get("class", "")
    }
    middle = (60 + 440) / 2
    assert places["−"] < middle < places["+"]


def test_each_moment_of_a_training_is_a_frame_with_its_caption() -> None:
    outputs = grid(PLANE, PLANE, 11)[..., 0]
    picture = decision_boundary(
        [-outputs, outputs], [(0.5, 0.0)], [1], (PLANE, PLANE), ["before", "after"]
    )
    assert [frame.caption for frame in picture.frames] == ["before", "after"]
    assert picture.numbers["right"] == [0, 1]
    assert "1 are on the right side, 0 at the start" in picture.description


def test_an_answer_that_is_no_number_counts_as_wrong_and_is_left_unshaded() -> None:
    outputs = np.full((5, 5), math.nan)
    picture = decision_boundary(outputs, [(0.5, 0.0)], [1], (PLANE, PLANE))
    assert picture.numbers["right"] == [0]
    ElementTree.fromstring(picture.svg())
