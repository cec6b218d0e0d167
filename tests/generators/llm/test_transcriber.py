"""Writing down a song through a real HTTP server: what is sent, what is made of the answer, what fails."""

from __future__ import annotations

import io
import json
import re
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
import soundfile

from storyboard.generators.llm import transcriber
from storyboard.generators.llm.transcriber import HeardLine, compressed, configured_transcriber, transcribe
from storyboard.schema.errors import GeneratorError, GeneratorUnavailable, InputError, MediaError

SECRET = "sk-very-secret-0123456789"


@dataclass
class Recogniser:
    """Answers each upload with the next step of its script: JSON, or (status, headers, JSON)."""

    url: str = ""
    script: list[Any] = field(default_factory=list)
    forms: list[dict[str, list[str]]] = field(default_factory=list)
    sounds: list[bytes] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)


def form_of(body: bytes, boundary: bytes) -> tuple[dict[str, list[str]], bytes]:
    """Read a multipart form: its fields, and the file."""
    fields: dict[str, list[str]] = {}
    sound = b""
    for part in body.split(b"--" + boundary)[1:-1]:
        head, _, value = part.partition(b"\r\n\r\n")
        name = re.search(rb'name="([^"]+)"', head)
        assert name
        if b"filename=" in head:
            sound = value[:-2]
        else:
            fields.setdefault(name[1].decode(), []).append(value[:-2].decode())
    return fields, sound


@pytest.fixture
def recogniser(monkeypatch: pytest.MonkeyPatch) -> Iterator[Recogniser]:
    held = Recogniser()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            self._send(200, {}, {"object": "list", "data": [{"id": "first-model", "object": "model"}]})

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            fields, sound = form_of(body, self.headers["Content-Type"].partition("boundary=")[2].encode())
            held.forms.append(fields)
            held.sounds.append(sound)
            held.paths.append(self.path)
            held.keys.append(self.headers.get("Authorization", ""))
            step = held.script.pop(0) if held.script else (409, {}, {"error": {"message": "script is over"}})
            self._send(*(step if isinstance(step, tuple) else (200, {}, step)))

        def _send(self, status: int, headers: dict[str, str], answer: Any) -> None:
            data = json.dumps(answer).encode()
            self.send_response(status)
            for name, value in {"Content-Type": "application/json", **headers}.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_: Any) -> None:
            pass

    http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    http.daemon_threads = True
    held.url = f"http://127.0.0.1:{http.server_address[1]}/v1#scripted"
    thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield held
    http.shutdown()
    thread.join()
    http.server_close()


@pytest.fixture(scope="module")
def song(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("song") / "song.wav"
    time_s = np.arange(3 * 44_100) / 44_100
    tone = 0.3 * np.sin(2 * np.pi * 440 * time_s)
    soundfile.write(path, np.stack([tone, tone], axis=1), 44_100)
    return path


def heard(recogniser: Recogniser, song: Path, language: str = "") -> list[HeardLine]:
    return transcribe(song, recogniser.url, language, wait_s=0.0)


def segment(text: str, start_s: float, end_s: float, **more: float) -> dict[str, Any]:
    return {"text": text, "start": start_s, "end": end_s, **more}


def words(text: str, start_s: float, step_s: float = 0.4) -> list[dict[str, Any]]:
    return [
        {"word": word, "start": start_s + index * step_s, "end": start_s + (index + 0.8) * step_s}
        for index, word in enumerate(text.split())
    ]


def answer(segments: list[dict[str, Any]], said: list[dict[str, Any]] | None = None) -> dict[str, Any]:
    text = " ".join(each["text"] for each in segments)
    return {"text": text, "duration": 60.0, "language": "english", "segments": segments, "words": said}


def test_a_small_mono_copy_is_sent_and_words_and_segments_are_asked_for(
    recogniser: Recogniser, song: Path
) -> None:
    recogniser.script = [answer([segment("Come home", 1.0, 2.0)])]
    heard(recogniser, song, "de-CH")
    form = recogniser.forms[0]
    assert recogniser.paths == ["/v1/audio/transcriptions"]
    assert form["model"] == ["scripted"] and form["language"] == ["de"]
    assert form["response_format"] == ["verbose_json"]
    wanted = [value for name, values in form.items() if name.startswith("timestamp") for value in values]
    assert sorted(wanted) == ["segment", "word"]
    sent, rate_hz = soundfile.read(io.BytesIO(recogniser.sounds[0]))
    assert rate_hz == 16_000 and sent.ndim == 1
    assert len(sent) / rate_hz == pytest.approx(3.0, abs=0.01)
    assert len(recogniser.sounds[0]) < song.stat().st_size / 4


def test_the_copy_starts_when_the_song_starts(tmp_path: Path) -> None:
    click = np.zeros(48_000 * 2)
    click[48_000:48_480] = 0.9
    soundfile.write(tmp_path / "click.wav", click, 48_000)
    sent, rate_hz = soundfile.read(compressed(tmp_path / "click.wav", tmp_path))
    assert int(np.argmax(np.abs(sent) > 0.3)) / rate_hz == pytest.approx(1.0, abs=0.002)


def test_lines_have_the_punctuation_of_segments_and_the_times_of_words(
    recogniser: Recogniser, song: Path
) -> None:
    said = [*words("come home before the snow", 1.0), *words("the lanterns go", 4.0)]
    recogniser.script = [
        answer(
            [segment("Come home, before the snow.", 0.9, 3.2), segment("The lanterns go!", 3.9, 5.3)], said
        )
    ]
    first, second = heard(recogniser, song)
    assert (first.text, second.text) == ("Come home, before the snow.", "The lanterns go!")
    assert (first.start_s, second.start_s) == (1.0, 4.0)
    assert [word[0] for word in first.words] == ["Come", "home,", "before", "the", "snow."]
    assert second.words[2][1:] == (pytest.approx(4.8), pytest.approx(5.12))


def test_a_segment_of_several_lines_is_broken_where_the_singer_pauses_or_a_sentence_begins(
    recogniser: Recogniser, song: Path
) -> None:
    text = "The kettle sings at four. A postcard slides beneath the door"
    said = words(text.replace(".", ""), 1.0)
    for word in said[-2:]:
        word["start"] += 1.0
        word["end"] += 1.0
    recogniser.script = [answer([segment(text, 1.0, 8.0)], said)]
    assert [line.text for line in heard(recogniser, song)] == [
        "The kettle sings at four.",
        "A postcard slides beneath",
        "the door",
    ]


def test_a_line_without_a_breath_is_still_no_longer_than_one_sings(
    recogniser: Recogniser, song: Path
) -> None:
    text = " ".join(f"word{index}" for index in range(40))
    recogniser.script = [answer([segment(text, 0.0, 20.0)], words(text, 0.0))]
    lines = heard(recogniser, song)
    assert " ".join(line.text for line in lines) == text
    assert all(3 <= len(line.words) <= 12 for line in lines)


def test_a_server_without_words_gives_the_times_of_segments(recogniser: Recogniser, song: Path) -> None:
    recogniser.script = [answer([segment("Come home", 1.0, 2.5), segment("Before the snow", 3.0, 4.0)])]
    assert heard(recogniser, song) == [
        HeardLine("Come home", 1.0, 2.5, []),
        HeardLine("Before the snow", 3.0, 4.0, []),
    ]


def test_a_server_without_segments_gives_lines_by_the_pauses_between_words(
    recogniser: Recogniser, song: Path
) -> None:
    said = [*words("come home", 1.0), *words("before the snow", 4.0)]
    recogniser.script = [{"text": "come home before the snow", "words": said}]
    assert [(line.text, line.start_s) for line in heard(recogniser, song)] == [
        ("come home", 1.0),
        ("before the snow", 4.0),
    ]


def test_a_server_that_refuses_times_is_asked_for_text(recogniser: Recogniser, song: Path) -> None:
    no = 400, {}, {"error": {"message": "response_format 'verbose_json' is not compatible with this model"}}
    recogniser.script = [no, no, {"text": "Come home before the snow. Before the lanterns go."}]
    lines = heard(recogniser, song)
    assert [line.text for line in lines] == ["Come home before the snow.", "Before the lanterns go."]
    assert {(line.start_s, line.end_s) for line in lines} == {(0.0, 0.0)}
    assert [form["response_format"] for form in recogniser.forms] == [
        ["verbose_json"],
        ["verbose_json"],
        ["json"],
    ]


def test_what_nobody_sings_is_left_out(recogniser: Recogniser, song: Path) -> None:
    silence = {"no_speech_prob": 0.9, "avg_logprob": -1.4}
    recogniser.script = [
        answer(
            [
                segment("♪", 0.0, 2.0),
                segment("(upbeat music)", 2.0, 4.0),
                segment("♪ Come home ♪", 5.0, 6.0, no_speech_prob=0.9, avg_logprob=-0.3),
                segment("[Applause] Before the snow", 6.0, 7.0),
                segment("so the", 8.0, 9.0, **silence),
                segment("Thanks for watching!", 10.0, 12.0),
                segment("Untertitel im Auftrag des ZDF", 12.0, 14.0),
            ]
        )
    ]
    assert [line.text for line in heard(recogniser, song)] == ["Come home", "Before the snow"]


def test_a_line_that_the_recogniser_cannot_leave_is_written_four_times(
    recogniser: Recogniser, song: Path
) -> None:
    loop = [segment(f"La la{'!' if index % 2 else ''}", index, index + 1.0) for index in range(9)]
    recogniser.script = [answer([*loop, segment("Home", 9.0, 10.0), segment("La la", 10.0, 11.0)])]
    lines = heard(recogniser, song)
    assert [(line.text, line.start_s) for line in lines[3:]] == [
        ("La la!", 3.0),
        ("Home", 9.0),
        ("La la", 10.0),
    ]


def test_an_instrumental_has_no_lines(recogniser: Recogniser, song: Path) -> None:
    recogniser.script = [{"text": "", "segments": [], "words": []}]
    assert heard(recogniser, song) == []


def test_a_refused_key_is_not_tried_again_and_never_shown(
    recogniser: Recogniser, song: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STORYBOARD_LLM_KEY", SECRET)
    recogniser.script = [(401, {}, {"error": {"message": f"Incorrect API key provided: {SECRET}"}})]
    with pytest.raises(GeneratorUnavailable) as raised:
        heard(recogniser, song)
    assert recogniser.keys == [f"Bearer {SECRET}"]
    assert "STORYBOARD_LLM_KEY" in raised.value.hint and "--lyrics" in raised.value.hint
    assert raised.value.__cause__ is None and raised.value.__context__ is None
    assert SECRET not in str(raised.value) + raised.value.hint
    assert str(raised.value).startswith("transcriber http://127.0.0.1")


def test_a_busy_server_is_asked_again(recogniser: Recogniser, song: Path) -> None:
    busy = 429, {"Retry-After": "0"}, {"error": {"message": "slow down"}}
    recogniser.script = [busy, busy, answer([segment("Come home", 1.0, 2.0)])]
    assert [line.text for line in heard(recogniser, song)] == ["Come home"]
    assert len(recogniser.sounds) == 3 and len(set(recogniser.sounds)) == 1


def test_a_server_that_stays_broken_is_an_error(recogniser: Recogniser, song: Path) -> None:
    recogniser.script = [(500, {}, {"error": {"message": "out of memory"}})] * 4
    with pytest.raises(GeneratorError, match="out of memory") as raised:
        heard(recogniser, song)
    assert raised.value.retry and len(recogniser.forms) == 4


def test_an_answer_that_is_no_transcription_is_an_error(recogniser: Recogniser, song: Path) -> None:
    recogniser.script = [{"choices": []}] * 4
    with pytest.raises(GeneratorError, match="no transcription"):
        heard(recogniser, song)


def test_a_server_that_is_not_there_is_unavailable(recogniser: Recogniser, song: Path) -> None:
    with pytest.raises(GeneratorUnavailable, match="cannot be reached") as raised:
        transcribe(song, "http://127.0.0.1:9/v1#whisper", wait_s=0.0)
    assert "--lyrics" in raised.value.hint and "builtin" not in raised.value.hint


@pytest.mark.parametrize(
    ("spec", "model"), [("openai", "whisper-1"), ("together", "openai/whisper-large-v3")]
)
def test_a_hosted_service_is_asked_for_its_recogniser(
    recogniser: Recogniser, song: Path, monkeypatch: pytest.MonkeyPatch, spec: str, model: str
) -> None:
    base = recogniser.url.partition("#")[0].removesuffix("/v1" if spec == "together" else "")
    monkeypatch.setenv(f"{spec.upper()}_BASE_URL", base)
    monkeypatch.setenv(f"{spec.upper()}_API_KEY", SECRET)
    recogniser.script = [answer([segment("Come home", 1.0, 2.0)], words("Come home", 1.0))]
    (line,) = transcribe(song, spec, wait_s=0.0)
    assert recogniser.forms[0]["model"] == [model] and recogniser.keys == [f"Bearer {SECRET}"]
    assert [word[0] for word in line.words] == ["Come", "home"]


def test_a_hosted_service_without_its_key_is_unavailable(song: Path) -> None:
    with pytest.raises(GeneratorUnavailable, match="OPENAI_API_KEY") as raised:
        transcribe(song, "openai#whisper-1")
    assert raised.value.where == "transcriber openai#whisper-1"


def test_a_server_named_without_a_model_is_asked_which_it_has(recogniser: Recogniser, song: Path) -> None:
    recogniser.script = [answer([segment("Come home", 1.0, 2.0)])]
    transcribe(song, recogniser.url.partition("#")[0], wait_s=0.0)
    assert recogniser.forms[0]["model"] == ["first-model"]


def test_a_long_recording_is_sent_as_opus_and_one_beyond_the_limit_is_refused(
    song: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    n_flac = compressed(song, tmp_path).stat().st_size
    monkeypatch.setattr(transcriber, "MAX_BYTES", n_flac - 1)
    small = compressed(song, tmp_path)
    assert small.suffix == ".ogg" and small.stat().st_size < n_flac
    with av.open(str(small)) as sound:
        assert sound.streams.audio[0].codec_context.name.endswith("opus")
    monkeypatch.setattr(transcriber, "MAX_BYTES", 100)
    with pytest.raises(InputError, match="too long") as raised:
        compressed(song, tmp_path)
    assert "--lyrics" in raised.value.hint


def test_a_file_that_is_no_sound_is_refused_before_anything_is_sent(
    recogniser: Recogniser, tmp_path: Path
) -> None:
    (tmp_path / "song.wav").write_text("la la la")
    with pytest.raises(MediaError, match=r"song\.wav"):
        heard(recogniser, tmp_path / "song.wav")
    assert recogniser.forms == []


def test_the_recogniser_is_chosen_by_variable_or_settings(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("STORYBOARD_TRANSCRIBER", raising=False)
    monkeypatch.setenv("STORYBOARD_SETTINGS", str(tmp_path / "settings.toml"))
    (tmp_path / "settings.toml").write_text("")
    assert configured_transcriber() == ""
    (tmp_path / "settings.toml").write_text('[transcriber]\nspec = "openai#whisper-1"\n')
    assert configured_transcriber() == "openai#whisper-1"
    monkeypatch.setenv("STORYBOARD_TRANSCRIBER", "together")
    assert configured_transcriber() == "together"
