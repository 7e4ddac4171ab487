"""What `kata new` writes, what it refuses, and that a scaffold can become a finished kata."""

from __future__ import annotations

import ast
import os
import shutil
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import nn_from_scratch
from nnkata.cli.group import kata as command_line
from nnkata.course.loading import assemble, read_courses, read_pack
from nnkata.errors import CourseError, KataError
from nnkata.model import Course
from nnkata.plugins import installed_plugins
from nnkata.sandbox.pool import WorkerPool
from nnkata.scaffold.course_folder import CourseFolder, find_course, read_course_folder
from nnkata.scaffold.templates import KataOptions, ScaffoldResult, new_course, new_kata, plan_kata
from nnkata.scaffold.toml_edit import add_given, add_kata
from nnkata.verify.verifier import KataReport, VerifyOptions, verify_all

STANDALONE = Path(__file__).parents[1] / "packs" / "standalone"
OUR_TABLE = Path(nn_from_scratch.__file__).parent / "course.toml"


@pytest.fixture(scope="module")
def courses() -> dict[str, Course]:
    return read_courses(installed_plugins().course_roots())[0]


@pytest.fixture
def distribution(
    tmp_path: Path, courses: dict[str, Course], monkeypatch: pytest.MonkeyPatch
) -> Iterator[Path]:
    """A new distribution with the course `graph_nets`, where Python finds it."""
    folder = tmp_path / "graph-nets"
    new_course("graph-nets", folder, courses)
    monkeypatch.syspath_prepend(folder)
    yield folder
    forget()


@pytest.fixture
def place(distribution: Path, courses: dict[str, Course]) -> CourseFolder:
    return read_course_folder(distribution / "graph_nets", courses)


def forget() -> None:
    """Forget the checks.py that was collected; pytest gives the next one the same name."""
    for name in [n for n in sys.modules if n.partition(".")[0] in ("checks", "graph_nets")]:
        del sys.modules[name]


def verified(root: Path, kata: str) -> KataReport:
    forget()
    courses, broken = assemble([read_pack(root)])
    assert not broken
    with WorkerPool() as pool:
        (report,) = verify_all(courses["graph_nets"], [kata], pool, 1, VerifyOptions(seeds=2))
    return report


def run(*arguments: str, cwd: Path) -> Result:
    before = Path.cwd()
    os.chdir(cwd)
    try:
        return CliRunner().invoke(command_line, ["new", *arguments])
    finally:
        os.chdir(before)


def texts(folder: Path) -> dict[Path, str]:
    return {
        p: p.read_text(encoding="utf-8")
        for p in folder.rglob("*")
        if p.is_file() and p.suffix != ".pyc"
    }


def test_a_new_course_can_be_read_and_its_python_is_python(distribution: Path) -> None:
    pack = read_pack(distribution / "graph_nets")
    assert list(pack.katas) == ["example"]
    assert pack.file.package == "my_graph_nets"
    for path, text in texts(distribution).items():
        if path.suffix == ".py":
            ast.parse(text, str(path))
        if path.suffix == ".toml":
            tomllib.loads(text)


def test_a_pack_for_another_course_extends_it(
    tmp_path: Path, courses: dict[str, Course], monkeypatch: pytest.MonkeyPatch
) -> None:
    new_course("sharper", tmp_path, courses, extends="nn_from_scratch")
    monkeypatch.syspath_prepend(tmp_path)
    pack = read_pack(tmp_path / "sharper")
    assert (pack.file.package, pack.file.extends) == (None, "nn_from_scratch")
    ours = read_pack(OUR_TABLE.parent)
    together, broken = assemble([ours, pack])
    assert not broken
    assert "sharper-example" in together["nn_from_scratch"].katas


def test_a_title_may_hold_quotes_and_signs(tmp_path: Path, courses: dict[str, Course]) -> None:
    title = 'Nets — "deep" ones \\ Σ'
    new_course("deep", tmp_path, courses, title=title)
    table = tomllib.loads((tmp_path / "deep" / "course.toml").read_text(encoding="utf-8"))
    assert table["title"] == title
    project = tomllib.loads((tmp_path / "pyproject.toml").read_text(encoding="utf-8"))
    assert project["project"]["description"] == title
    ast.parse((tmp_path / "deep" / "__init__.py").read_text(encoding="utf-8"))


def test_every_file_of_a_new_kata_says_todo_where_its_author_must_write(
    place: CourseFolder,
) -> None:
    written = new_kata(place, plan_kata(place, "pooling"))
    marked = {p.name for p in written.files if "TODO" in p.read_text(encoding="utf-8")}
    assert marked == {
        "kata.toml", "README.md", "stub.py", "checks.py", "probes.py", "rename-me.py", "pooling.py",
    }  # fmt: skip


def test_what_is_left_unsaid_follows_from_the_name(place: CourseFolder) -> None:
    plan = plan_kata(place, "mean-pooling")
    assert (plan.track, plan.module) == ("basics", "basics/mean_pooling.py")
    assert (plan.exports, plan.title) == (["mean_pooling"], "Mean pooling")


def test_the_track_follows_from_the_folder_of_the_module(courses: dict[str, Course]) -> None:
    place = read_course_folder(OUR_TABLE.parent, courses)
    assert plan_kata(place, "logits", KataOptions(module="forward/logits.py")).track == "forward"


def test_a_name_with_a_capital_becomes_a_class(place: CourseFolder) -> None:
    new_kata(place, plan_kata(place, "edges", KataOptions(exports=["Edge", "neighbours"])))
    stub = (place.root / "basics" / "edges" / "stub.py").read_text(encoding="utf-8")
    kinds = {n.name: type(n).__name__ for n in ast.parse(stub).body if hasattr(n, "name")}
    assert kinds == {"Edge": "ClassDef", "neighbours": "FunctionDef"}


def test_a_new_kata_is_told_how_to_import_what_it_needs(
    place: CourseFolder, courses: dict[str, Course]
) -> None:
    new_kata(
        place, plan_kata(place, "edges", KataOptions(module="graphs/edges.py", exports=["Edge"]))
    )
    again = read_course_folder(place.root, courses)
    plan = plan_kata(again, "pooling", KataOptions(track="basics", needs=["edges", "example"]))
    assert plan.imports == [
        "from ..graphs.edges import Edge",
        "from .example import example",
    ]
    new_kata(again, plan)
    reference = (place.reference_root / "basics" / "pooling.py").read_text(encoding="utf-8")
    for line in plan.imports:
        assert line in reference


def test_a_pack_may_need_katas_of_the_course_that_it_extends(
    tmp_path: Path, courses: dict[str, Course]
) -> None:
    new_course("sharper", tmp_path, courses, extends="nn_from_scratch")
    place = read_course_folder(tmp_path / "sharper", courses)
    plan = plan_kata(place, "soften", KataOptions(module="forward/soften.py", needs=["softmax"]))
    assert plan.imports == ["from .softmax import softmax, log_softmax, logsumexp"]
    new_kata(place, plan)
    table = tomllib.loads(place.toml.read_text(encoding="utf-8"))
    assert table["tracks"][-1] == {
        "name": "forward",
        "title": "Forward pass",
        "katas": ["soften"],
    }
    assert "forward/__init__.py" not in table["given"]


def test_a_new_folder_of_modules_is_given_to_learners(
    place: CourseFolder, courses: dict[str, Course]
) -> None:
    written = new_kata(place, plan_kata(place, "edges", KataOptions(track="graphs")))
    assert written.changed == [
        "course.toml: edges is the last kata of the new track graphs",
        "course.toml: graphs/__init__.py is given",
    ]
    again = read_course_folder(place.root, courses)
    assert again.file.given == ["__init__.py", "basics/__init__.py", "graphs/__init__.py"]
    assert (place.reference_root / "graphs" / "__init__.py").is_file()


def test_a_kata_that_is_listed_and_missing_can_be_started(place: CourseFolder) -> None:
    before = place.toml.read_text(encoding="utf-8")
    text = add_kata(before, "pooling", "basics", "Basics")
    place.toml.write_text(text, encoding="utf-8")
    again = read_course_folder(place.root, {})
    written = new_kata(again, plan_kata(again, "pooling"))
    assert written.changed == []
    assert place.toml.read_text(encoding="utf-8") == text


LISTS = {
    "on one line": ('katas = ["a"]  # so far', 'katas = ["a", "new"]  # so far'),
    "on one line, with a comma": ('katas = ["a",]', 'katas = ["a", "new"]'),
    "empty": ("katas = []", 'katas = ["new"]'),
    "empty, on two lines": ("katas = [\n]", 'katas = [\n    "new"\n]'),
    "a line per entry": (
        'katas = [\n  "a",\n  "b",\n]',
        'katas = [\n  "a",\n  "b",\n  "new",\n]',
    ),
    "without the last comma": ('katas = [\n  "a" # x\n]', 'katas = [\n  "a", # x\n  "new"\n]'),
    "with brackets in comments": (
        'katas = [ # ]\n  "a", # "b"]\n]',
        'katas = [ # ]\n  "a", # "b"]\n  "new",\n]',
    ),
    "closed on the last line": (
        'katas = [\n  "a",\n  "b"]',
        'katas = [\n  "a",\n  "b",\n  "new"]',
    ),
    "in literal strings": ("katas = ['a']", "katas = ['a', \"new\"]"),
    "with a quoted key": ('"katas" = ["a"]', '"katas" = ["a", "new"]'),
}


@pytest.mark.parametrize("newline", ["\n", "\r\n"], ids=["lf", "crlf"])
@pytest.mark.parametrize("name", LISTS)
def test_a_kata_is_listed_and_nothing_else_changes(name: str, newline: str) -> None:
    frame = (
        '# ours\ntitle = "x"   # kept\n\n[[tracks]]\nname = "one"\ntitle = "1"\nkatas = ["z"]\n\n'
        '[[tracks]]\nname = "two"\ntitle = "2"\n{}\n\n# end\n'
    )
    before, after = (frame.format(text).replace("\n", newline) for text in LISTS[name])
    assert add_kata(before, "new", "two", "2") == after


@pytest.mark.parametrize("newline", ["\n", "\r\n"], ids=["lf", "crlf"])
def test_a_new_track_comes_last_and_nothing_else_changes(newline: str) -> None:
    before = 'title = "x"   # kept\n\n[[tracks]]\nname = "one"\ntitle = "1"\nkatas = []\n# end\n'
    track = '\n[[tracks]]\nname = "two"\ntitle = "2"\nkatas = ["new"]\n'
    before, track = before.replace("\n", newline), track.replace("\n", newline)
    assert add_kata(before, "new", "two", "2") == before + track


def test_a_course_that_writes_its_tracks_as_inline_tables_stays_inline(distribution: Path) -> None:
    toml = distribution / "graph_nets" / "course.toml"
    head = toml.read_text(encoding="utf-8").partition("[[tracks]]")[0]
    inline = 'tracks = [{ name = "basics", title = "Basics", katas = ["example"] }]\n'
    toml.write_text(head + inline, encoding="utf-8")
    assert run("kata", "pooling", cwd=distribution).exit_code == 0
    assert run("kata", "edges", "--track", "graphs", cwd=distribution).exit_code == 0
    text = toml.read_text(encoding="utf-8")
    assert '"example", "pooling"] }, {name = "graphs"' in text
    table = tomllib.loads(text)
    assert [track["katas"] for track in table["tracks"]] == [["example", "pooling"], ["edges"]]
    assert table["given"][-1] == "graphs/__init__.py"


def test_a_course_without_given_files_gets_a_list_of_them() -> None:
    before = 'format = 1 # first\n\n[[tracks]]\nname = "one"\nkatas = ["z"]\n'
    after = add_given(before, "one/__init__.py")
    assert after.replace('given = ["one/__init__.py"]\n', "") == before
    assert tomllib.loads(after)["given"] == ["one/__init__.py"]


def test_our_own_course_could_be_added_to() -> None:
    before = OUR_TABLE.read_bytes().decode()
    after = add_kata(before, "a-new-kata", "forward", "")
    added = '"a-new-kata"'
    assert len(after) - len(before) in (len(added) + 2, len(added) + 6)
    given = add_given(before, "forward/data.py")
    assert given.replace('    "forward/data.py",\n', "") == before


def test_nothing_is_overwritten(place: CourseFolder) -> None:
    new_kata(place, plan_kata(place, "pooling"))
    plan = plan_kata(place, "pooling")
    before = texts(place.root.parent)
    with pytest.raises(KataError, match=r"pooling/kata\.toml already exists") as refused:
        new_kata(place, plan)
    assert refused.value.exit_code == 2
    assert texts(place.root.parent) == before


@pytest.mark.parametrize(
    "there", ["basics/pooling/README.md", "../ref_graph_nets/basics/pooling.py"]
)
def test_one_file_that_is_there_is_named_and_nothing_is_written(
    place: CourseFolder, there: str
) -> None:
    path = (place.root / there).resolve()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("mine", encoding="utf-8")
    before = texts(place.root.parent)
    done = run("kata", "pooling", cwd=place.root)
    assert done.exit_code == 2
    assert f"{path} already exists" in done.output
    assert texts(place.root.parent) == before


def test_a_link_that_leads_nowhere_is_not_written_through(
    place: CourseFolder, tmp_path: Path
) -> None:
    (place.root / "basics" / "pooling").mkdir()
    (place.root / "basics" / "pooling" / "stub.py").symlink_to(tmp_path / "elsewhere.py")
    with pytest.raises(KataError, match=r"stub\.py already exists"):
        new_kata(place, plan_kata(place, "pooling"))
    assert not (tmp_path / "elsewhere.py").exists()


def test_when_a_file_cannot_be_written_none_is_left(place: CourseFolder) -> None:
    (place.root / "graphs").write_text("a file where a folder should be", encoding="utf-8")
    before = texts(place.root.parent)
    with pytest.raises(KataError, match="cannot be written"):
        new_kata(
            place, plan_kata(place, "edges", KataOptions(track="graphs", module="basics/edges.py"))
        )
    assert texts(place.root.parent) == before


def test_a_course_is_not_written_over_a_project(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text("[project]\n", encoding="utf-8")
    done = run("course", "graph-nets", ".", cwd=tmp_path)
    assert done.exit_code == 2
    assert "pyproject.toml already exists" in done.output
    assert list(tmp_path.iterdir()) == [tmp_path / "pyproject.toml"]


REFUSED = {
    "a name with capitals": (("Pooling",), "use small letters, digits and single dashes"),
    "a name with underscores": (("mean_pooling",), "use small letters, digits and single dashes"),
    "a track with a slash": (("pooling", "--track", "a/b"), "`a/b` cannot be the name of a track"),
    "a module that climbs": (("pooling", "--module", "../x.py"), "write folder/file.py"),
    "a module at the top": (("pooling", "--module", "x.py"), "write folder/file.py"),
    "a module with a keyword": (("pooling", "--module", "a/class.py"), "without Python keywords"),
    "a private module": (("pooling", "--module", "a/__init__.py"), "write folder/file.py"),
    "a reserved export": (("pooling", "--exports", "rng"), "checks use `solution.rng`"),
    "an export with a dash": (("pooling", "--exports", "a-b"), "not a public Python name"),
    "a private export": (("pooling", "--exports", "_a"), "not a public Python name"),
    "a keyword": (("pooling", "--exports", "lambda"), "not a public Python name"),
    "an export named twice": (("pooling", "--exports", "a,b,a"), "`a` is exported twice"),
    "a need that is not there": (("pooling", "--needs", "exampel"), "did you mean example?"),
    "a need of itself": (("pooling", "--needs", "pooling"), "no other kata of that name"),
    "a module that is taken": (
        ("pooling", "--module", "basics/example.py"),
        "belongs to the kata example",
    ),
    "a kata of another track": (
        ("example", "--track", "other"),
        "lists the kata example in the track basics",
    ),
}


@pytest.mark.parametrize("what", REFUSED)
def test_a_name_that_will_not_do_is_refused_in_words(what: str, distribution: Path) -> None:
    arguments, words = REFUSED[what]
    before = texts(distribution)
    done = run("kata", *arguments, cwd=distribution)
    assert done.exit_code == 2, done.output
    assert words in done.output
    assert "→" in done.output
    assert texts(distribution) == before


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("Graph Nets",), "cannot be the name of a course"),
        (("2d",), "start with a letter"),
        (("numpy",), "a module `numpy` is already installed"),
        (("nn-from-scratch",), "a module `nn_from_scratch` is already installed"),
        (("graphs", "--extends", "nn_from_scrach"), "did you mean nn_from_scratch?"),
    ],
)
def test_a_course_that_cannot_be_is_refused_in_words(
    arguments: tuple[str, ...], words: str, tmp_path: Path
) -> None:
    done = run("course", *arguments, cwd=tmp_path)
    assert done.exit_code == 2, done.output
    assert words in done.output
    assert not list(tmp_path.iterdir())


def test_a_kata_name_of_the_extended_course_is_refused(
    tmp_path: Path, courses: dict[str, Course]
) -> None:
    new_course("sharper", tmp_path, courses, extends="nn_from_scratch")
    place = read_course_folder(tmp_path / "sharper", courses)
    with pytest.raises(KataError, match="the course nn_from_scratch has a kata softmax"):
        plan_kata(place, "softmax")
    with pytest.raises(KataError, match=r"digits/data\.py is a given file"):
        plan_kata(place, "data", KataOptions(module="digits/data.py"))


def test_a_course_is_found_from_inside_and_from_above(distribution: Path, tmp_path: Path) -> None:
    root = distribution / "graph_nets"
    for start in (root, root / "basics" / "example", distribution, tmp_path):
        assert find_course(start) == root


def test_no_course_and_several_courses_are_refused_in_words(
    tmp_path: Path, courses: dict[str, Course]
) -> None:
    with pytest.raises(KataError, match=r"no course\.toml") as refused:
        find_course(tmp_path)
    assert "--in" in refused.value.next_step
    for name in ("one", "two"):
        new_course(f"course-{name}", tmp_path / name, courses)
    with pytest.raises(KataError, match=r"several courses in .*: one/course_one, two/course_two"):
        find_course(tmp_path)


def test_a_course_with_several_tracks_asks_for_one(place: CourseFolder) -> None:
    new_kata(place, plan_kata(place, "edges", KataOptions(track="graphs")))
    done = run("kata", "pooling", cwd=place.root)
    assert done.exit_code == 2
    assert "name it: --track basics" in done.output


def test_a_course_that_extends_one_that_is_not_installed_is_refused(
    tmp_path: Path, courses: dict[str, Course]
) -> None:
    new_course("sharper", tmp_path, courses, extends="nn_from_scratch")
    with pytest.raises(CourseError, match="nn_from_scratch, which is not installed"):
        read_course_folder(tmp_path / "sharper", {})


def test_the_command_shows_what_it_wrote_and_the_next_step(distribution: Path) -> None:
    done = run("kata", "pooling", "--exports", "pool,Pool", cwd=distribution)
    assert done.exit_code == 0, done.output
    assert done.output == (
        "wrote graph_nets/basics/pooling/kata.toml\n"
        "wrote graph_nets/basics/pooling/README.md\n"
        "wrote graph_nets/basics/pooling/stub.py\n"
        "wrote graph_nets/basics/pooling/checks.py\n"
        "wrote graph_nets/basics/pooling/probes.py\n"
        "wrote graph_nets/basics/pooling/mistakes/rename-me.py\n"
        "wrote graph_nets/basics/pooling/variants/rename-me.py\n"
        "wrote ref_graph_nets/basics/pooling.py\n"
        "changed course.toml: pooling is the last kata of the track basics\n"
        "→ fill in every TODO, then: kata verify --course graph_nets pooling\n"
    )


@pytest.mark.parametrize("exports", [["pooling"], ["Pool"], ["Pool", "pooling"]], ids=str)
def test_verify_names_everything_that_a_scaffold_lacks(
    place: CourseFolder, exports: list[str]
) -> None:
    written = new_kata(place, plan_kata(place, "pooling", KataOptions(exports=exports)))
    report = verified(place.root, "pooling")
    assert not report.done
    found = {(f.what, f.where.partition(":")[0]) for f in report.findings}
    folder = place.root / "basics" / "pooling"
    marked = {path for path in written.files if path.suffix in (".py", ".md", ".toml")}
    assert {("there is still a TODO", str(path)) for path in marked} <= found
    assert ("1 mistakes, but 4 are required", str(folder / "mistakes")) in found
    assert ("1 variants, but 2 are required", str(folder / "variants")) in found
    reference = str(place.reference_root / "basics" / "pooling.py")
    assert any("does not pass" in what and where == reference for what, where in found)


def finish(written: ScaffoldResult, place: CourseFolder) -> None:
    """Do an author's work: write a real kata where the scaffold stands."""
    folder = place.root / "basics" / "confusion-matrix"
    for path in (*folder.glob("mistakes/*"), *folder.glob("variants/*"), folder / "probes.py"):
        path.unlink()
    real = STANDALONE / "scorekeeping" / "basics" / "confusion-matrix"
    shutil.copytree(real, folder, dirs_exist_ok=True)
    reference = STANDALONE / "ref_scorekeeping" / "basics" / "confusion.py"
    shutil.copy(reference, next(p for p in written.files if p.name == "confusion.py"))


def test_a_scaffold_that_an_author_finishes_is_done(place: CourseFolder) -> None:
    plan = plan_kata(
        place,
        "confusion-matrix",
        KataOptions(module="basics/confusion.py", exports=["confusion_matrix"]),
    )
    written = new_kata(place, plan)
    assert not verified(place.root, "confusion-matrix").done
    finish(written, place)
    report = verified(place.root, "confusion-matrix")
    assert report.findings == []
    assert report.done


def test_one_todo_in_a_finished_kata_is_enough_to_refuse_it(place: CourseFolder) -> None:
    plan = plan_kata(
        place,
        "confusion-matrix",
        KataOptions(module="basics/confusion.py", exports=["confusion_matrix"]),
    )
    finish(new_kata(place, plan), place)
    mistake = place.root / "basics" / "confusion-matrix" / "mistakes" / "shares.py"
    mistake.write_text(
        mistake.read_text(encoding="utf-8") + "\n# TODO: shorter\n", encoding="utf-8"
    )
    findings = verified(place.root, "confusion-matrix").findings
    assert len(findings) == 1, findings
    (finding,) = findings
    assert finding.what == "there is still a TODO"
    assert finding.where.startswith(f"{mistake}:")


def test_a_reference_that_is_missing_is_named(place: CourseFolder) -> None:
    new_kata(place, plan_kata(place, "pooling"))
    reference = place.reference_root / "basics" / "pooling.py"
    reference.unlink()
    findings = verified(place.root, "pooling").findings
    assert [f.where for f in findings if f.what == "there is no reference solution"] == [
        str(reference)
    ]
