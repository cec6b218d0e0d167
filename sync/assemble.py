"""Assemble the film in one pass: fitted frames in, captions burned, sound added, encoded.

Frames are chosen here one by one and handed to ffmpeg as raw pictures, so every cut is exact to the
frame; ffmpeg draws the captions with libass, encodes and muxes in the same run.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import IO

from storyboard.schema.board import Look
from storyboard.schema.errors import MediaError
from storyboard.schema.progress import OnFraction, ignore
from storyboard.schema.timeline import Timeline
from storyboard.sync import fonts
from storyboard.sync.ffmpeg import last_words, program
from storyboard.sync.fit import check_clips, fitted_frames

_CRF = "20"
_PRESET = "veryfast"
_REPORT_EVERY = 24  # frames


def assemble(
    timeline: Timeline,
    clips: dict[str, Path],
    song: Path,
    captions: Path,
    look: Look,
    out: Path,
    progress: OnFraction = ignore,
) -> None:
    """Write the film to `out`: H.264 yuv420p, AAC 48 kHz, moov atom first.

    Args:
        timeline: the shots, tiling the song.
        clips: the file of each scene, by the scene's id.
        song: the master (WAV); its length is the film's.
        captions: the karaoke lines (ASS), burned in.
        look: size and frame rate of the film.
        out: the file to write (MP4).
        progress: receives the fraction done.

    Raises:
        MediaError: a clip is missing or too short (known before anything is encoded), or ffmpeg failed.
    """
    check_clips(timeline, clips, look.size)
    with tempfile.TemporaryDirectory(prefix="storyboard-") as folder, tempfile.TemporaryFile() as log:
        # libass takes its file and font folder from the filter's text: names without anything to escape.
        shutil.copy(captions, Path(folder) / "lyrics.ass")
        (Path(folder) / "fonts").mkdir()
        shutil.copy(fonts.file(), Path(folder) / "fonts")
        command = _command(timeline, song.resolve(), look, out.resolve())
        encoder = subprocess.Popen(command, cwd=folder, stdin=subprocess.PIPE, stdout=log, stderr=log)
        try:
            _feed(encoder, timeline, clips, look.size, progress)
        except BaseException:
            encoder.kill()
            raise
        finally:
            with suppress(BrokenPipeError):
                encoder.communicate()  # closes its input and waits for its end
        if encoder.returncode:
            raise MediaError(_end_of(log), where=str(out))


def _command(timeline: Timeline, song: Path, look: Look, out: Path) -> list[str]:
    width, height = look.size
    seconds = f"{timeline.n_frames / timeline.fps:.6f}"
    raw = ["-f", "rawvideo", "-pix_fmt", "yuv420p", "-s", f"{width}x{height}", "-r", str(timeline.fps)]
    picture = ["-c:v", "libx264", "-preset", _PRESET, "-crf", _CRF, "-pix_fmt", "yuv420p"]
    color = ["-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709"]
    # The sound lasts as long as the picture: padded or cut by less than half a frame. With noise
    # substitution, intensity stereo and noise shaping, true peaks were up to 2.5 dB above the master's;
    # without, 0.7 dB.
    sound = ["-af", f"apad,atrim=end={seconds}", "-c:a", "aac", "-b:a", "256k", "-ar", "48000"]
    sound += ["-aac_pns", "0", "-aac_is", "0", "-aac_tns", "0"]
    file = ["-movflags", "+faststart", "-fflags", "+bitexact", "-map_metadata", "-1"]
    return [
        *[program(), "-hide_banner", "-nostdin", "-y", *raw, "-i", "pipe:0", "-i", str(song)],
        *["-vf", "ass=lyrics.ass:fontsdir=fonts", "-map", "0:v", "-map", "1:a"],
        *picture, *color, *sound, *file, str(out),
    ]  # fmt: skip


def _feed(
    encoder: subprocess.Popen[bytes],
    timeline: Timeline,
    clips: dict[str, Path],
    size: tuple[int, int],
    progress: OnFraction,
) -> None:
    assert encoder.stdin is not None
    try:
        for count, frame in enumerate(fitted_frames(timeline, clips, size)):
            encoder.stdin.write(frame.tobytes())
            if count % _REPORT_EVERY == 0:
                progress(count / timeline.n_frames)
    except BrokenPipeError:
        return  # ffmpeg has stopped; its exit code and log say why
    progress(1.0)


def _end_of(log: IO[bytes]) -> str:
    log.seek(0)
    return last_words(log.read().decode(errors="replace"))
