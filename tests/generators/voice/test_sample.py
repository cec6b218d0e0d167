"""A voice sample is made from what the user has, or refused with what is wrong with it."""

from __future__ import annotations

import functools
import http.server
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import soundfile
from numpy.typing import NDArray

from storyboard.generators.mix.sound import ffmpeg
from storyboard.generators.voice.sample import RATE_HZ, prepare_sample
from storyboard.schema.errors import GeneratorUnavailable, InputError, MediaError

LEAD_S, VOICE_S, TAIL_S = 1.0, 4.0, 2.0


def voice(length_s: float, rate_hz: int = 44_100) -> NDArray[np.float64]:
    times_s = np.arange(round(length_s * rate_hz)) / rate_hz
    return 0.25 * np.sin(2 * np.pi * 180 * times_s) * (0.6 + 0.4 * np.sin(2 * np.pi * 3 * times_s))


@pytest.fixture
def recording(tmp_path: Path) -> Path:
    """Stereo, with silence before and after the voice."""
    whole = np.concatenate(
        [np.zeros(round(LEAD_S * 44_100)), voice(VOICE_S), np.zeros(round(TAIL_S * 44_100))]
    )
    path = tmp_path / "me.wav"
    soundfile.write(path, np.stack([whole, whole], axis=1), 44_100)
    return path


def test_silence_is_trimmed_and_the_voice_is_mono(recording: Path, tmp_path: Path) -> None:
    out = tmp_path / "sample.wav"
    prepare_sample(str(recording), out)
    info = soundfile.info(out)
    assert (info.samplerate, info.channels, info.subtype) == (RATE_HZ, 1, "PCM_16")
    assert info.duration == pytest.approx(VOICE_S, abs=0.08)
    assert np.abs(soundfile.read(out)[0]).max() == pytest.approx(0.9, abs=0.01)


def test_a_long_recording_is_cut_at_thirty_seconds(tmp_path: Path) -> None:
    soundfile.write(tmp_path / "long.flac", voice(40.0, 16_000), 16_000)
    prepare_sample(str(tmp_path / "long.flac"), tmp_path / "sample.wav")
    assert soundfile.info(tmp_path / "sample.wav").duration == pytest.approx(30.0, abs=0.001)


def test_the_sound_of_a_video_is_taken(recording: Path, tmp_path: Path) -> None:
    video = tmp_path / "me.mp4"
    picture = ["-f", "lavfi", "-i", "color=black:s=32x32:r=5"]
    ffmpeg([*picture, "-i", str(recording), "-shortest", "-c:a", "aac", str(video)], where=video)
    prepare_sample(str(video), tmp_path / "sample.wav")
    assert soundfile.info(tmp_path / "sample.wav").duration == pytest.approx(VOICE_S, abs=0.15)


@pytest.mark.parametrize(
    ("sound", "message"),
    [
        (np.zeros(44_100 * 5), "nothing to hear"),
        (voice(1.2), "only 1.2 s"),
        (np.zeros(0), "nothing to hear"),
    ],
)
def test_what_is_no_sample_is_refused(sound: NDArray[np.float64], message: str, tmp_path: Path) -> None:
    soundfile.write(tmp_path / "me.wav", sound, 44_100)
    with pytest.raises(MediaError, match=message) as caught:
        prepare_sample(str(tmp_path / "me.wav"), tmp_path / "sample.wav")
    assert "me.wav" in caught.value.where and caught.value.hint
    assert not (tmp_path / "sample.wav").exists()


@pytest.mark.parametrize("data", [b"", b"RIFF of no kind at all", b"\x00" * 5000, b"#EXTM3U\n/etc/passwd\n"])
def test_a_corrupt_file_is_refused(data: bytes, tmp_path: Path) -> None:
    (tmp_path / "me.wav").write_bytes(data)
    with pytest.raises(MediaError):
        prepare_sample(str(tmp_path / "me.wav"), tmp_path / "sample.wav")
    assert [path.name for path in tmp_path.iterdir()] == ["me.wav"]


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(MediaError, match="no such file"):
        prepare_sample(str(tmp_path / "nobody.wav"), tmp_path / "sample.wav")


@pytest.fixture
def server(recording: Path) -> Iterator[str]:
    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None: ...

    handler = functools.partial(Quiet, directory=str(recording.parent))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as running:
        thread = threading.Thread(target=running.serve_forever, args=(0.02,))
        thread.start()
        yield f"http://127.0.0.1:{running.server_address[1]}"
        running.shutdown()
        thread.join()


def test_an_address_is_fetched(server: str, tmp_path: Path) -> None:
    pytest.importorskip("yt_dlp")
    prepare_sample(f"{server}/me.wav", tmp_path / "sample.wav")
    assert soundfile.info(tmp_path / "sample.wav").duration == pytest.approx(VOICE_S, abs=0.08)


def test_an_address_without_a_recording_is_refused(server: str, tmp_path: Path) -> None:
    pytest.importorskip("yt_dlp")
    with pytest.raises(InputError, match="nothing can be fetched"):
        prepare_sample(f"{server}/nobody.wav", tmp_path / "sample.wav")


@pytest.mark.parametrize("source", ["file:///etc/passwd", "ftp://127.0.0.1/me.wav"])
def test_only_http_is_fetched(source: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="only http and https"):
        prepare_sample(source, tmp_path / "sample.wav")


def test_without_yt_dlp_the_command_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "yt_dlp", None)
    with pytest.raises(GeneratorUnavailable) as caught:
        prepare_sample("https://127.0.0.1/me.wav", tmp_path / "sample.wav")
    assert caught.value.hint == 'pip install "storyboard[url]"'
