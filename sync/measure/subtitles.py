"""When soft captions are shown: the times of the packets on the film's subtitle track."""

from __future__ import annotations

from pathlib import Path

import av
from av.error import FFmpegError

from storyboard.schema.errors import MediaError
from storyboard.schema.report import CaptionLine, CaptionTiming
from storyboard.schema.song import Song
from storyboard.schema.timeline import SongMap
from storyboard.sync.measure.captions import summed


def timing_of_soft(video: Path, song_map: SongMap, song: Song) -> CaptionTiming | None:
    """Return how the captions on a subtitle track lie against the words; None where there is no track.

    Raises:
        MediaError: the file cannot be read.
    """
    shown = _packets(video)
    if shown is None:
        return None
    spans = sorted(
        (words[0].start_s, max(word.end_s for word in words), ref)
        for ref, words in song_map.words_by_line().items()
    )
    lines = []
    for start_s, end_s, ref in spans:
        overlap, best = max(
            ((min(end_s, to_s) - max(start_s, from_s), (from_s, to_s)) for from_s, to_s in shown),
            default=(0.0, (0.0, 0.0)),
        )
        seen = overlap > 0
        lines.append(
            CaptionLine(
                section=ref[0],
                line=ref[1],
                text=song.line(ref),
                sung_from_s=start_s,
                sung_to_s=end_s,
                shown_from_s=round(best[0], 4) if seen else None,
                shown_to_s=round(best[1], 4) if seen else None,
                lead_ms=round((start_s - best[0]) * 1000, 1) if seen else None,
            )
        )
    return summed("soft", len(shown), lines)


def _packets(video: Path) -> list[tuple[float, float]] | None:
    """Return from when to when each packet with text is shown, in seconds."""
    try:
        with av.open(str(video)) as container:
            if not container.streams.subtitles:
                return None
            return [
                (
                    float(packet.pts * packet.time_base),
                    float((packet.pts + packet.duration) * packet.time_base),
                )
                for packet in container.demux(container.streams.subtitles[0])
                if packet.pts is not None and packet.duration and packet.time_base and packet.size > 2
            ]
    except (FFmpegError, OSError) as error:
        raise MediaError(f"cannot be read ({error})", where=str(video)) from error
