"""Encode films of one size: raw pictures in, captions drawn by libass, H.264 out, the sound copied."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType

from storyboard.schema.errors import MediaError
from storyboard.sync import ffmpeg, fonts
from storyboard.sync.assemble.films import Film
from storyboard.sync.assemble.layers import Planes
from storyboard.sync.assemble.subtitles import text_of, track

CRF, PRESET, PARAMETERS = "19.5", "veryfast", "sync-lookahead=0:subme=1"
"""Without its last refinement of movement x264 takes three quarters of the time.

Half a step of CRF makes up for it: measured on animatics, PSNR +0.05 dB and files 3 % larger than with it.
"""
_X264 = ["-c:v", "libx264", "-preset", PRESET, "-crf", CRF, "-pix_fmt", "yuv420p", "-fps_mode", "passthrough"]
# A fixed number of threads gives the same bytes on every machine, and keeps memory small on large ones.
_THREADS = ["-threads", "2", "-x264-params", PARAMETERS]
FILE = ["-movflags", "+faststart", "-fflags", "+bitexact", "-map_metadata", "-1"]
# Clips are converted from RGB by OpenCV and swscale, both by the matrix of BT.601.
_COLOR = "setparams=range=tv:colorspace=smpte170m:color_primaries=bt709:color_trc=bt709"


class Encoder:
    """One run of ffmpeg that writes one film or several of the same size from the same pictures.

    A context manager: left by an error, it stops ffmpeg at once.
    """

    def __init__(self, films: Sequence[Film], sound: Path, fps: int, folder: Path) -> None:
        """Prepare the films; each is written into `folder` under its own name.

        Args:
            films: at least one, all of one size, no two with the same captions burned in.
            sound: AAC in MP4.
            fps: frames a second.
            folder: a folder that nobody else uses.
        """
        self.size = films[0].size
        self._films = films
        self._sound = sound
        self._fps = fps
        # libass takes its files from the filter's text: names without anything to escape.
        self._folder = Path(tempfile.mkdtemp(dir=folder))
        self._log = self._folder / "log.txt"

    def __enter__(self) -> Encoder:
        """Start ffmpeg."""
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(
                self._command(), cwd=self._folder, stdin=subprocess.PIPE, stdout=log, stderr=log
            )
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End ffmpeg: let it finish its files, or kill it where something went wrong."""
        if kind is not None:
            self._process.kill()
        self._end()
        if kind is None and self._process.returncode:
            raise self._failure()

    def write(self, planes: Planes) -> None:
        """Encode a picture, shape (3 * height / 2, width).

        Raises:
            MediaError: ffmpeg has stopped; the message ends with its last words.
        """
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(planes.data)
        except BrokenPipeError:
            self._end()
            raise self._failure() from None

    def _end(self) -> None:
        with suppress(BrokenPipeError):
            self._process.communicate()  # closes its input and waits for its end

    def _failure(self) -> MediaError:
        said = self._log.read_text(errors="replace")
        said = said or f"it ended with code {self._process.returncode} and without a word"
        return MediaError(ffmpeg.last_words(said), where=str(self._films[0].out))

    def _command(self) -> list[str]:
        width, height = self.size
        raw = ["-f", "rawvideo", "-pix_fmt", "yuv420p", "-s", f"{width}x{height}", "-r", str(self._fps)]
        inputs = [*raw, "-i", "pipe:0", "-i", str(self._sound.resolve())]
        outputs: list[str] = []
        n_inputs = 2
        for index, film in enumerate(self._films):
            outputs += ["-map", f"[v{index}]", "-map", "1:a", *_X264, *_THREADS, "-c:a", "copy"]
            # A track without lines cannot be written.
            if film.soft is not None and text_of(film.soft):
                inputs += ["-i", str(film.soft.resolve())]
                outputs += track(n_inputs, film.language)
                n_inputs += 1
            outputs += [*FILE, f"../{film.out.name}"]
        start = [ffmpeg.program(), "-hide_banner", "-nostdin", "-nostats", "-v", "error", "-y"]
        return [*start, *inputs, "-filter_complex", self._graph(), *outputs]

    def _graph(self) -> str:
        """Return the filters: the same picture for every film, captions drawn where they are burned in."""
        n_films = len(self._films)
        split = "".join(f"[p{index}]" for index in range(n_films))
        chains = [f"[0:v]{_COLOR},split={n_films}{split}"]
        for index, film in enumerate(self._films):
            drawn = self._captions(film.burned, index) if film.burned is not None else "null"
            chains.append(f"[p{index}]{drawn}[v{index}]")
        return ";".join(chains)

    def _captions(self, captions: Path, index: int) -> str:
        shutil.copy(captions, self._folder / f"lyrics-{index}.ass")
        (self._folder / "fonts").mkdir(exist_ok=True)
        for font in fonts.files_for(text_of(captions)):
            shutil.copy(font, self._folder / "fonts")
        return f"ass=lyrics-{index}.ass:fontsdir=fonts"
