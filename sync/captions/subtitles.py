"""Captions without a look: SRT for every player, enhanced LRC with the time of each word."""

from __future__ import annotations

import pysubs2

from storyboard.sync.captions.lines import Caption


def srt(captions: list[Caption]) -> str:
    """Return the captions as SRT."""
    subtitles = pysubs2.SSAFile()
    for caption in captions:
        subtitles.append(event(caption, plain(caption.text)))
    return str(subtitles.to_string("srt"))


def lrc(captions: list[Caption], title: str, duration_s: float) -> str:
    """Return enhanced LRC: the time of each line, and of each word where it is known."""
    rows = [f"[ti:{title}]", f"[length:{_time(duration_s)}]"]
    for caption in captions:
        timed = zip(caption.words, caption.written, strict=True)
        words = " ".join(f"<{_time(word.start_s)}> {text.strip()}" for word, text in timed)
        words += f" <{_time(caption.words[-1].end_s)}>"
        rows.append(f"[{_time(caption.words[0].start_s)}] {words if caption.is_sure else caption.text}")
    return "\n".join(rows) + "\n"


def _time(time_s: float) -> str:
    hundredths = round(time_s * 100)
    return f"{hundredths // 6000:02d}:{hundredths // 100 % 60:02d}.{hundredths % 100:02d}"


def plain(text: str) -> str:
    """Take the characters out that ASS would read as commands."""
    return text.replace("\\", "/").replace("{", "(").replace("}", ")").replace("\n", " ")


def event(caption: Caption, text: str, style: str = "Default") -> pysubs2.SSAEvent:
    """Return a caption as an event of pysubs2."""
    return pysubs2.SSAEvent(
        start=round(caption.start_s * 100) * 10, end=round(caption.end_s * 100) * 10, text=text, style=style
    )
