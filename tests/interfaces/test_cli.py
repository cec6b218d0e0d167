"""The command: a topic without a verb, clear answers to wrong input, one JSON line for programs."""

from __future__ import annotations

import io
import json
import shutil
from pathlib import Path
from typing import Any

import pytest

import storyboard
from storyboard.interfaces.cli import app, main
from storyboard.interfaces.display import print_findings
from storyboard.orchestrator.doctor import Finding


class Answer:
    """What a command printed and how it ended."""

    def __init__(self, code: int, out: str, err: str) -> None:
        self.code, self.out, self.err = code, out, err

    @property
    def json(self) -> Any:
        (line,) = self.out.splitlines()
        return json.loads(line)


@pytest.fixture
def run(capfd: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.chdir(tmp_path)

    def call(*arguments: str) -> Answer:
        with pytest.raises(SystemExit) as ended:
            main(list(arguments))
        captured = capfd.readouterr()
        return Answer(int(ended.value.code or 0), captured.out, captured.err)

    return call


def test_version_and_help(run: Any) -> None:
    assert run("--version").out.strip() == f"storyboard {storyboard.__version__}"
    helped = run("--help").out
    assert all(name in helped for name in ("make", "render", "schema", "doctor"))


def test_a_topic_alone_is_the_main_job(run: Any, tmp_path: Path) -> None:
    answer = run("a lighthouse keeper's dog", "--plan", "--json")
    assert answer.code == 0
    assert answer.json["ok"] is True
    board = storyboard.load(answer.json["project"]).storyboard
    assert board.topic == "a lighthouse keeper's dog"
    assert Path(answer.json["project"]).parent == tmp_path
    assert len(board.scenes) == 6


def test_options_may_come_before_the_topic(run: Any) -> None:
    answer = run("--seed", "4", "--scenes", "3", "--aspect", "9:16", "--plan", "--json", "two old friends")
    board = storyboard.load(answer.json["project"]).storyboard
    assert (board.seed, len(board.scenes), board.look.aspect) == (4, 3, "9:16")


def test_make_takes_a_topic_that_is_a_command(run: Any) -> None:
    answer = run("make", "render", "--plan", "--json")
    assert storyboard.load(answer.json["project"]).storyboard.topic == "render"


def test_the_same_command_finds_its_project_again(run: Any) -> None:
    first = run("a paper boat", "--plan", "--json").json["project"]
    edited = Path(first) / "storyboard.json"
    edited.write_text(edited.read_text().replace('"notes": []', '"notes": ["mine"]'))
    assert run("a paper boat", "--plan", "--json").json["project"] == first
    assert storyboard.load(first).storyboard.notes == ["mine"], "an edited storyboard is never written over"
    other = run("a paper boat", "--seed", "1", "--plan", "--json").json["project"]
    assert other != first


def test_the_schema_accepts_what_it_describes(run: Any) -> None:
    schema = json.loads(run("schema").out)
    assert schema["$schema"].startswith("https://json-schema.org/")
    assert {"schema", "topic", "song", "cast", "scenes"} <= set(schema["properties"])
    assert schema["additionalProperties"] is False


def test_doctor_lists_every_generator(run: Any) -> None:
    answer = run("doctor", "--json")
    found = {finding["what"]: finding["ready"] for finding in answer.json}
    assert answer.code == 0
    assert {"system libraries", "ffmpeg", "llm", "voice singer", "music band", "video animatic"} <= set(found)
    assert "animatic" in run("doctor").out


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        ([""], 2, "topic: is empty"),
        (["x" * 10_000], 2, "at most 2,000"),
        (["a\x1bb"], 2, "U+001B"),
        (["a", "--aspect", "4:3"], 2, "option aspect"),
        (["a", "--video", "hologram"], 2, "generators.video: no video generator is named 'hologram'"),
        (["a", "--llm", "oracle"], 2, "oracle"),
        (["render", "nowhere"], 6, "nowhere: has no storyboard.json"),
        (["a", "--out", "taken"], 2, "is a file"),
    ],
)
def test_wrong_input_gets_two_lines_and_a_code(
    run: Any, tmp_path: Path, arguments: list[str], code: int, message: str
) -> None:
    (tmp_path / "taken").write_text("")
    answer = run(*arguments)
    assert answer.code == code
    assert message in answer.err
    assert len(answer.err.strip().splitlines()) == 2
    assert "Traceback" not in answer.err
    assert [path.name for path in tmp_path.iterdir()] == ["taken"], "nothing was made"


def test_an_error_is_json_for_programs_and_a_trace_for_debugging(run: Any) -> None:
    error = run("", "--json").json["error"]
    assert (error["kind"], error["exit_code"], error["retry"]) == ("TopicError", 2, False)
    assert error["hint"]
    assert "Traceback" in run("", "--debug").err


def test_a_faulty_storyboard_is_refused_before_any_work(run: Any, board_data: dict[str, Any]) -> None:
    for edit, where in (
        ({"generators": {"video": "hologram"}}, "generators.video"),
        ({"generators": {"vocie": "singer"}}, "generators.vocie"),
        ({"cast": board_data["cast"][:1]}, "scenes[1].characters[0]"),
    ):
        folder = Path("faulty")
        folder.mkdir()
        (folder / "storyboard.json").write_text(json.dumps(board_data | edit))
        answer = run("render", "faulty")
        assert answer.code == 2
        assert where in answer.err
        assert not (folder / "song").exists()
        shutil.rmtree(folder)


def test_another_film_in_the_folder_is_not_written_over(run: Any) -> None:
    run("a paper boat", "--plan", "--out", "film", "--quiet")
    answer = run("a paper plane", "--out", "film")
    assert answer.code == 6
    assert "another film" in answer.err


def test_every_option_is_documented() -> None:
    readme = (Path(__file__).parents[2] / "README.md").read_text()
    import typer.main

    command = typer.main.get_command(app)
    options = {name for sub in command.commands.values() for option in sub.params for name in option.opts}  # type: ignore[attr-defined]
    assert [name for name in options if name.startswith("--") and name not in readme] == []


def test_revise_shows_what_changed_and_undo_takes_it_back(run: Any) -> None:
    folder = run("a paper boat", "--plan", "--json").json["project"]
    before = storyboard.load(folder).storyboard
    answer = run("revise", folder, "make scene 3 a rooftop at night")
    assert answer.code == 0
    assert "scenes[2].setting: “" in answer.out and "→" in answer.out
    assert run("revise", folder, "--undo", "--json").json["changes"]
    assert storyboard.load(folder).storyboard == before
    assert run("revise", folder, "zxcv qwer").code == 2
    assert run("revise", folder, "--undo").code == 6


def test_review_asks_before_anything_is_shot(run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("scene 2 in the rain\n\n"))
    answer = run("a paper boat", "--plan", "--review", "--out", "film")
    assert answer.code == 0
    assert answer.err.count("Enter to go on, or say what to change:") == 2
    assert storyboard.load("film").storyboard.scenes[1].weather == "rain"


def test_a_review_with_nobody_there_stops_and_can_be_taken_up(
    run: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    assert run("a paper boat", "--plan", "--review", "--out", "film").code == 130
    monkeypatch.setattr("sys.stdin", io.StringIO("\n"))
    assert run("a paper boat", "--plan", "--review", "--out", "film").code == 0


def test_a_topic_in_another_language_is_told_what_the_built_in_writer_does(run: Any) -> None:
    answer = run("la plage de mon enfance", "--plan", "--out", "film")
    assert "the built-in writer writes in English" in answer.err
    assert "'fr'" in answer.err


def test_the_doctor_s_commands_are_printed_whole(capsys: pytest.CaptureFixture[str]) -> None:
    print_findings([Finding("voice bark", False, 'missing; pip install "storyboard[voices]"')])
    assert "[voices]" in capsys.readouterr().out
