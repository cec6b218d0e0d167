"""The sound of the film: the master, encoded once and copied into every film."""

from __future__ import annotations

from pathlib import Path

from storyboard.sync import ffmpeg
from storyboard.sync.assemble.encoder import FILE

# With noise substitution, intensity stereo and noise shaping, true peaks were up to 2.5 dB above the
# master's; without, 0.7 dB.
_AAC = ["-c:a", "aac", "-b:a", "256k", "-ar", "48000", "-aac_pns", "0", "-aac_is", "0", "-aac_tns", "0"]


def encode_sound(song: Path, n_frames: int, fps: int, out: Path) -> None:
    """Write the master as AAC in MP4, as long as the picture: padded or cut by less than half a frame.

    Raises:
        MediaError: the song cannot be read, or `out` cannot be written.
    """
    length = f"apad,atrim=end={n_frames / fps:.6f}"
    source = ["-v", "error", "-y", "-i", str(song)]
    ffmpeg.run([*source, "-map", "0:a:0", "-af", length, *_AAC, *FILE, str(out)], where=str(song))
