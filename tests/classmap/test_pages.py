"""Similar submissions and the pictures of a class, on the screen and on the page."""

from __future__ import annotations

import io

from nnkata.classmap import html
from nnkata.classmap.drawing import count_parts, draw_class, draw_kata
from nnkata.classmap.grouping import build_class_map
from nnkata.classmap.records import ClassMap
from nnkata.classmap.similar_submissions import find_similar
from nnkata.classmap.submission_texts import ClassTexts
from nnkata.classmap.syntax_tokens import read_tokens
from nnkata.classmap.text import write_class_map
from nnkata.course.loading import read_courses
from nnkata.plugins import installed_plugins
from nnkata.text.layout import FileWriter

from .cohorts import known, outcome, result, verdict
from .test_similarity import blind, disguise

COURSE = read_courses(installed_plugins().course_roots())[0]["nn_from_scratch"]


def class_of_five() -> ClassMap:
    return build_class_map(
        [
            result(
                verdict("ada", outcome("adds")),
                verdict("ben", outcome("adds", "b"), diagnoses=[known("global-max", "adds")]),
                verdict("cyn", outcome("adds", "c")),
                verdict("dan", outcome("adds", "c")),
                verdict("eve", outcome("adds", "e")),
            )
        ]
    )


def texts_of(result: ClassMap) -> tuple[str, str]:
    """Return the screen and the page of a map."""
    screen, page = io.StringIO(), io.StringIO()
    write_class_map(FileWriter(screen), result)
    html.write(result, page)
    return screen.getvalue(), page.getvalue()


def test_every_submission_is_in_one_part_of_the_bar_of_its_kata() -> None:
    made = class_of_five()
    counts = count_parts(made.katas[0])
    assert counts == {"passed": 1, "known": 1, "alike": 2, "other": 1, "none": 0}
    picture = draw_class(made)
    assert picture.numbers == {"k": counts}
    assert picture.description == (
        "k: 1 of 5 pass; 1 known mistake, 2 alike, no known mistake, 1 fail in other ways."
    )


def test_the_picture_of_a_kata_has_a_bar_per_way_of_failing() -> None:
    picture = draw_kata(class_of_five().katas[0])
    assert picture.numbers == {
        "pass": 1, "alike, group 1": 2, "global-max": 1, "each in its own way": 1,
    }  # fmt: skip


def test_a_result_without_verdicts_is_drawn_too() -> None:
    screen, page = texts_of(build_class_map([result()]))
    assert screen == "0 submissions · 0 katas\n"
    assert "There is no kata in the result." in page


def test_similar_submissions_are_shown_as_a_place_to_look_with_files_and_lines() -> None:
    made = class_of_five()
    text = blind("conv2d-forward", "right_3")
    module = COURSE.katas["conv2d-forward"].module
    made.similarity = find_similar(
        COURSE,
        ClassTexts({"conv2d-forward": {"ada": text, "ben": disguise(text)}, "gone": {"x": "y"}}),
        read_tokens,
    )
    assert made.similarity.missing == 1
    (pair,) = made.similarity.pairs
    assert (pair.first, pair.second) == ("ada", "ben")
    (similar,) = pair.modules
    place = similar.places[0]
    span = f"{place.first.start}-{place.first.end}"
    for shown in texts_of(made):
        words = " ".join(shown.split())
        assert "This is not an accusation, and it changes no mark." in words
        assert f"ada/{module}:{span} = ben/{module}:" in words
        assert "2 modules compared" in words
