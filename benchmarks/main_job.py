"""Run the main job as a user does and print what it took and what came out.

    python benchmarks/main_job.py ["a topic"]

Wall and CPU time are given beside the song's length; the ratio is wall time to song time.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
import time

SAMPLE = "I met my ex on TikTok"


def main() -> None:
    """Make the film in a temporary folder, then render it again unchanged."""
    topic = sys.argv[1] if len(sys.argv) > 1 else SAMPLE
    with tempfile.TemporaryDirectory() as folder:
        result, wall_s, cpu_s = run([topic, "--out", f"{folder}/film"])
        report = result["report"]
        _, again_s, _ = run(["render", f"{folder}/film"])
        size_mb = os.path.getsize(result["video"]) / 1e6
    song_s = result["duration_s"]
    rows = {
        "title": result["title"],
        "song": f"{song_s:.1f} s, {report['frames']} frames, {size_mb:.1f} MB",
        "cores": len(os.sched_getaffinity(0)),
        "wall time": f"{wall_s:.1f} s, ratio {wall_s / song_s:.2f}",
        "CPU time": f"{cpu_s:.1f} s, ratio {cpu_s / song_s:.2f}",
        "nothing edited": f"{again_s:.2f} s",
        "cuts on a beat": f"{report['cuts_on_beat']} of {report['cuts']} ({report['cuts_planned']} planned)",
        "cut to beat": "median {median} ms, p95 {p95} ms, max {max} ms".format(**report["cut_error_ms"]),
        "cuts inside a word": report["cuts_inside_words"],
        "lines over their scene": f"{report['lines_over_their_scene']} of {report['lines']}",
        "picture minus sound": f"{report['av_difference_s'] * 1000:.2f} ms",
        "black or frozen runs": len(report["black_runs"]) + len(report["frozen_runs"]),
        "loudness": f"{report['loudness_lufs']} LUFS, true peak {report['true_peak_dbtp']} dBTP",
    }
    for name, value in rows.items():
        print(f"{name:>24}  {value}")


def run(arguments: list[str]) -> tuple[dict, float, float]:
    """Run the command; return its result, wall seconds and CPU seconds of all its processes."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start_s = time.perf_counter()
    command = [sys.executable, "-m", "storyboard.interfaces.cli", *arguments, "--json"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    wall_s = time.perf_counter() - start_s
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu_s = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return json.loads(done.stdout), wall_s, cpu_s


if __name__ == "__main__":
    main()
