"""Any finished song becomes one stereo WAV, unchanged; what cannot be a song is refused in words."""

from __future__ import annotations

import struct
import subprocess
import time
from pathlib import Path

import av
import imageio_ffmpeg
import numpy as np
import pytest
import soundfile

from storyboard.schema.errors import InputError, MediaError
from storyboard.sync.song_file import read_song

RATE_HZ = 44_100


def tone(duration_s: float, rate_hz: int = RATE_HZ, channels: int = 2, level: float = 0.3) -> np.ndarray:
    """Return a tone with a click at exactly 4 s."""
    time_s = np.arange(round(duration_s * rate_hz)) / rate_hz
    sound = level * np.sin(2 * np.pi * 330 * time_s)
    sound[4 * rate_hz : 4 * rate_hz + 200] += 0.6
    return np.stack([sound] * channels, axis=1).astype(np.float32)


def encode(path: Path, sound: np.ndarray, rate_hz: int = RATE_HZ, *, video: bool = False) -> Path:
    """Write sound in the format that the file's name asks for, with a black picture where asked."""
    plain = path.with_suffix(".plain.wav")
    soundfile.write(plain, sound, rate_hz)
    black = ["-f", "lavfi", "-i", "color=black:s=64x64:r=5", "-shortest"] if video else []
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-i", str(plain), *black, str(path)]
    subprocess.run(command, check=True, stdin=subprocess.DEVNULL)
    return path


def click_s(path: Path) -> float:
    sound, rate_hz = soundfile.read(path)
    return float(np.argmax(sound[:, 0] > 0.5)) / rate_hz


@pytest.mark.parametrize("suffix", ["mp3", "m4a", "ogg", "opus", "flac", "wav"])
def test_every_usual_format_keeps_its_times(tmp_path: Path, suffix: str) -> None:
    out = tmp_path / "out.wav"
    duration_s = read_song(encode(tmp_path / f"song.{suffix}", tone(9)), out)
    assert soundfile.info(out).samplerate == 48_000
    assert soundfile.info(out).channels == 2
    assert soundfile.info(out).frames == round(duration_s * 48_000)
    assert duration_s == pytest.approx(9, abs=0.06)
    assert click_s(out) == pytest.approx(4, abs=0.003), "encoder delay is taken off"


def test_the_sound_of_a_video_is_a_song(tmp_path: Path) -> None:
    film = encode(tmp_path / "film.mp4", tone(9), video=True)
    assert read_song(film, tmp_path / "out.wav") == pytest.approx(9, abs=0.06)
    assert click_s(tmp_path / "out.wav") == pytest.approx(4, abs=0.003)


def test_a_telephone_recording_works(tmp_path: Path) -> None:
    soundfile.write(tmp_path / "low.wav", tone(8.5, 8000, channels=1), 8000)
    assert read_song(tmp_path / "low.wav", tmp_path / "out.wav") == pytest.approx(8.5, abs=0.01)
    assert soundfile.info(tmp_path / "out.wav").channels == 2


def test_the_level_is_kept_and_only_peaks_beyond_full_scale_are_brought_down(tmp_path: Path) -> None:
    for level, peak in ((0.25, 0.25), (1.7, 1.0)):
        sound = tone(8.5, 48_000)
        sound *= level / np.abs(sound).max()
        soundfile.write(tmp_path / "in.wav", sound, 48_000, subtype="FLOAT")
        read_song(tmp_path / "in.wav", tmp_path / "out.wav")
        assert np.abs(soundfile.read(tmp_path / "out.wav")[0]).max() == pytest.approx(peak, abs=0.002)


def test_a_cover_picture_does_not_disturb(tmp_path: Path) -> None:
    plain = encode(tmp_path / "plain.mp3", tone(9)).read_bytes()
    picture = b"\xff\xd8\xff\xe0" + bytes(200) + b"\xff\xd9"
    frame = b"\x00image/jpeg\x00\x03\x00" + picture
    tag = b"APIC" + struct.pack(">I", len(frame)) + b"\0\0" + frame
    size = bytes((len(tag) >> shift) & 0x7F for shift in (21, 14, 7, 0))
    covered = tmp_path / "covered.mp3"
    covered.write_bytes(b"ID3\x03\x00\x00" + size + tag + plain[plain.index(b"\xff\xfb") :])
    assert read_song(covered, tmp_path / "out.wav") == pytest.approx(9, abs=0.1)


def test_a_song_cut_off_in_the_middle_is_taken_as_far_as_it_goes(tmp_path: Path) -> None:
    whole = encode(tmp_path / "whole.mp3", tone(20)).read_bytes()
    (tmp_path / "cut.mp3").write_bytes(whole[: len(whole) // 2 + 17])
    assert read_song(tmp_path / "cut.mp3", tmp_path / "out.wav") == pytest.approx(10, abs=0.3)


@pytest.mark.parametrize("n_frames", [40, 200_000], ids=["a second", "an hour and more"])
def test_what_a_header_claims_does_not_count(tmp_path: Path, n_frames: int) -> None:
    rng = np.random.default_rng(0)
    sound = (
        tone(11)
        + 0.05 * rng.standard_normal((11 * RATE_HZ, 2)) * (np.arange(11 * RATE_HZ) % 9000 < 4000)[:, None]
    )
    soundfile.write(tmp_path / "plain.wav", sound, RATE_HZ)
    path = tmp_path / "song.mp3"
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-i", str(tmp_path / "plain.wav"), "-q:a", "4"]
    subprocess.run([*command, str(path)], check=True, stdin=subprocess.DEVNULL)
    content = bytearray(path.read_bytes())
    at = content.index(b"Xing") + 8
    content[at : at + 4] = struct.pack(">I", n_frames)
    path.write_bytes(content)
    with av.open(str(path)) as container:
        assert container.duration and abs(container.duration / 1e6 - 11) > 5, "the header is wrong"
    assert read_song(path, tmp_path / "out.wav") == pytest.approx(11, abs=0.05)


def test_a_wave_file_cut_off_is_taken_as_far_as_it_goes(tmp_path: Path) -> None:
    soundfile.write(tmp_path / "whole.wav", tone(16), RATE_HZ)
    whole = (tmp_path / "whole.wav").read_bytes()
    (tmp_path / "cut.wav").write_bytes(whole[: len(whole) * 3 // 4 + 1])
    assert read_song(tmp_path / "cut.wav", tmp_path / "out.wav") == pytest.approx(12, abs=0.01)


def test_six_channels_at_a_studio_rate_become_two(tmp_path: Path) -> None:
    soundfile.write(tmp_path / "studio.wav", tone(8.5, 96_000, channels=6), 96_000)
    assert read_song(tmp_path / "studio.wav", tmp_path / "out.wav") == pytest.approx(8.5, abs=0.01)
    info = soundfile.info(tmp_path / "out.wav")
    assert (info.channels, info.samplerate) == (2, 48_000)
    assert click_s(tmp_path / "out.wav") == pytest.approx(4, abs=0.003)


def test_a_clipped_recording_is_a_song(tmp_path: Path) -> None:
    soundfile.write(tmp_path / "loud.wav", np.clip(8 * tone(8.5), -1, 1), RATE_HZ)
    assert read_song(tmp_path / "loud.wav", tmp_path / "out.wav") == pytest.approx(8.5, abs=0.01)


def test_what_is_no_song_is_refused_in_words(tmp_path: Path) -> None:
    out = tmp_path / "out.wav"

    def refused(name: str, message: str) -> None:
        with pytest.raises(MediaError, match=message) as caught:
            read_song(tmp_path / name, out)
        assert caught.value.where.endswith(name)
        assert not out.exists()

    (tmp_path / "broken.mp3").write_bytes(bytes(range(256)) * 40)
    refused("broken.mp3", "cannot be read as sound")
    (tmp_path / "letter.mp3").write_text("Dear all, these are words and no song.\n" * 400)
    refused("letter.mp3", "cannot be read as sound")
    header = struct.pack(
        "<4sI8sIHHIIHH4sI", b"RIFF", 2**30, b"WAVEfmt ", 16, 1, 1, 8000, 16_000, 2, 16, b"data", 2**30
    )
    (tmp_path / "header.wav").write_bytes(header)
    refused("header.wav", "no sound could be decoded")
    (tmp_path / "empty.mp3").touch()
    refused("empty.mp3", "the file is empty")
    soundfile.write(tmp_path / "short.wav", tone(3, channels=1)[: 3 * RATE_HZ], RATE_HZ)
    refused("short.wav", r"is 3\.0 seconds long; a film needs a song of 8 seconds to 20 minutes")
    soundfile.write(tmp_path / "silent.wav", np.zeros(9 * RATE_HZ), RATE_HZ)
    refused("silent.wav", "is silent")
    with av.open(str(tmp_path / "mute.mp4"), "w") as container:
        stream = container.add_stream("libx264", rate=5)
        stream.width = stream.height = 64
        stream.pix_fmt = "yuv420p"
        container.mux(
            stream.encode(av.VideoFrame.from_ndarray(np.zeros((64, 64, 3), np.uint8), format="rgb24"))
        )
        container.mux(stream.encode())
    refused("mute.mp4", "holds no sound")
    with pytest.raises(InputError, match="is no file"):
        read_song(tmp_path / "missing.mp3", out)


def test_a_recording_of_two_hours_is_refused_without_decoding_it(tmp_path: Path) -> None:
    path = tmp_path / "night.wav"
    size = 2 * 2 * 3600 * 8000
    header = (
        b"RIFF"
        + struct.pack("<I", size + 36)
        + b"WAVEfmt "
        + struct.pack("<IHHIIHH", 16, 1, 1, 8000, 16_000, 2, 16)
    )
    with path.open("wb") as file:
        file.write(header + b"data" + struct.pack("<I", size))
        file.truncate(size + 44)
    began = time.process_time()
    with pytest.raises(MediaError, match="is 120 minutes long"):
        read_song(path, tmp_path / "out.wav")
    assert time.process_time() - began < 5
