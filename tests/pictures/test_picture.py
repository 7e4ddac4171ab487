"""A picture: words for those who cannot see it, frames of the same size, files and pages."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from nnkata.pictures import Canvas, Frame, Picture
from nnkata.pictures.picture import stylesheet

SVG = "{http://www.w3.org/2000/svg}"


def picture(title: str = "A dot", description: str = "There is a dot.", frames: int = 2) -> Picture:
    drawn = []
    for number in range(frames):
        canvas = Canvas(40, 30)
        canvas.circle(number, 5, 2)
        drawn.append(Frame(canvas, f"It stands at {number}."))
    return Picture(title, description, drawn)


def test_a_file_stands_by_itself_and_says_what_is_to_be_seen(tmp_path: Path) -> None:
    path = picture("A < B & C").save(tmp_path / "dot.svg")
    tree = ElementTree.fromstring(path.read_text(encoding="utf-8"))
    assert tree.get("viewBox") == "0 0 40 30"
    assert tree.get("role") == "img"
    assert tree.findtext(f"{SVG}title") == "A < B & C"
    assert tree.findtext(f"{SVG}desc") == "There is a dot. It stands at 1."
    style = tree.findtext(f"{SVG}style") or ""
    assert "prefers-color-scheme: dark" in style
    named = tree.get("aria-labelledby", "").split()
    assert named == [tree[0].get("id"), tree[1].get("id")]


def test_the_frame_to_begin_with_is_the_last_unless_it_says_otherwise() -> None:
    first = Picture("t", "d.", picture().frames, shown=0)
    assert "stands at 1" in picture().svg()
    assert "stands at 0" in first.svg()
    assert "stands at 0" in picture().svg(0)
    assert picture()._repr_svg_() == picture().svg()


def test_in_a_page_it_has_no_style_of_its_own_and_ids_as_it_is_told() -> None:
    markup = picture().inline(0, "softmax-1")
    assert "<style" not in markup
    assert 'style="' not in markup
    assert re.findall(r' id="([^"]+)"', markup) == ["softmax-1-title", "softmax-1-words"]
    assert stylesheet() in picture().svg()


def test_ids_of_different_pictures_do_not_clash_in_a_notebook() -> None:
    pictures = [picture("one"), picture("two"), picture(description="Other words.")]
    ids = [i for p in pictures for n in (0, 1) for i in re.findall(r' id="([^"]+)"', p.svg(n))]
    assert len(set(ids)) == len(ids) == 12


def test_control_characters_in_words_cannot_break_it() -> None:
    tree = ElementTree.fromstring(picture("a\0b", "c\x1b[31m\nd\ud800.").svg())
    assert tree.findtext(f"{SVG}title") == "a\ufffdb"
    assert tree.findtext(f"{SVG}desc") == "c\ufffd[31m d\ufffd. It stands at 1."


@pytest.mark.parametrize(("title", "words", "frames"), [("", "d", 1), ("t", " ", 1), ("t", "d", 0)])
def test_a_picture_without_words_or_frames_is_refused(title: str, words: str, frames: int) -> None:
    with pytest.raises(ValueError, match="needs a title"):
        picture(title, words, frames)


def test_frames_of_different_sizes_and_a_frame_that_is_not_there_are_refused() -> None:
    with pytest.raises(ValueError, match="one size"):
        Picture("t", "d", [Frame(Canvas(1, 2)), Frame(Canvas(2, 1))])
    for shown in (1, -2):
        with pytest.raises(ValueError, match="no frame"):
            Picture("t", "d", [Frame(Canvas(1, 2))], shown=shown)
