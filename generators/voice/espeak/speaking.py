"""Run espeak-ng for whoever asks on standard input. This file is run as a program of its own.

The library carries its state from one sentence into the next for as long as it is loaded, so only a fresh
process says the same sentences the same way; and one that fails takes nothing else with it.
A question is a line of JSON; the answer is a line of JSON, after "speak" followed by the samples
(signed 16 bit). Only the standard library is imported here, so that it starts at once.
"""

from __future__ import annotations

import ctypes
import json
import sys
from typing import Any

_SYNCHRONOUS = 2  # AUDIO_OUTPUT_SYNCHRONOUS: samples come to a callback, none to a sound card
_PHONEME_EVENTS, _IN_IPA, _DONT_EXIT = 0x0001, 0x0002, 0x8000
_CHARACTERS, _UTF8 = 1, 1
_RATE, _PITCH, _RANGE = 1, 3, 4  # espeak_PARAMETER
_END, _WORD, _PHONEME = 0, 1, 7  # espeak_EVENT_TYPE
_BUFFER_MS = 60


class _Id(ctypes.Union):
    _fields_ = (("number", ctypes.c_int), ("name", ctypes.c_char_p), ("string", ctypes.c_char * 8))


class _Event(ctypes.Structure):
    _fields_ = (
        ("type", ctypes.c_int),
        ("identifier", ctypes.c_uint),
        ("text_position", ctypes.c_int),
        ("length", ctypes.c_int),
        ("audio_position", ctypes.c_int),
        ("sample", ctypes.c_int),
        ("user_data", ctypes.c_void_p),
        ("id", _Id),
    )


class _Voice(ctypes.Structure):
    _fields_ = (
        ("name", ctypes.c_char_p),
        ("languages", ctypes.c_void_p),
        ("identifier", ctypes.c_char_p),
        ("gender", ctypes.c_ubyte),
        ("age", ctypes.c_ubyte),
        ("variant", ctypes.c_ubyte),
        ("reserved", ctypes.c_ubyte),
        ("score", ctypes.c_int),
        ("spare", ctypes.c_void_p),
    )


_Callback = ctypes.CFUNCTYPE(
    ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.POINTER(_Event)
)


class _Espeak:
    def __init__(self, library: str, data: str, seed: int) -> None:
        self._library = ctypes.CDLL(library)
        self._samples = bytearray()
        self._events: list[tuple[int, int, int, str]] = []
        options = _PHONEME_EVENTS | _IN_IPA | _DONT_EXIT
        self.rate_hz = self._library.espeak_Initialize(_SYNCHRONOUS, _BUFFER_MS, data.encode(), options)
        if self.rate_hz <= 0:
            raise OSError(f"espeak-ng cannot read its data in {data}")
        self._library.espeak_ng_SetRandSeed(ctypes.c_long(seed))  # else the clock is its seed
        self._callback = _Callback(self._receive)
        self._library.espeak_SetSynthCallback(self._callback)

    def about(self) -> dict[str, Any]:
        self._library.espeak_Info.restype = ctypes.c_char_p
        version = self._library.espeak_Info(None).decode()
        return {"version": version, "rate_hz": self.rate_hz, "voices": self._voices()}

    def _voices(self) -> list[dict[str, Any]]:
        self._library.espeak_ListVoices.restype = ctypes.POINTER(ctypes.POINTER(_Voice))
        listed = self._library.espeak_ListVoices(None)
        voices: list[dict[str, Any]] = []
        while listed[len(voices)]:
            voice = listed[len(voices)].contents
            name, languages = voice.name.decode().strip(), _languages(voice.languages)
            voices.append({"name": name, "file": voice.identifier.decode(), "languages": languages})
        return voices

    def set_voice(self, name: str) -> bool:
        return bool(self._library.espeak_SetVoiceByName(name.encode()) == 0)

    def speak(self, text: str, rate_wpm: int, pitch: int, pitch_range: int) -> tuple[dict[str, Any], bytes]:
        self._samples.clear()
        self._events.clear()
        for parameter, value in ((_RATE, rate_wpm), (_PITCH, pitch), (_RANGE, pitch_range)):
            self._library.espeak_SetParameter(parameter, value, 0)
        data = text.encode() + b"\0"
        failed = self._library.espeak_Synth(data, len(data), 0, _CHARACTERS, 0, _UTF8, None, None)
        words = [event[1:] for event in self._events if event[0] == _WORD]
        phonemes = [event[1:] for event in self._events if event[0] == _PHONEME]
        answer = {"failed": failed, "words": words, "phonemes": phonemes, "n_bytes": len(self._samples)}
        return answer, bytes(self._samples)

    def _receive(self, samples: Any, n_samples: int, events: Any) -> int:
        if samples and n_samples > 0:
            self._samples += ctypes.string_at(samples, n_samples * 2)
        index = 0
        while events[index].type != _END:
            event = events[index]
            phoneme = event.id.string.decode("utf-8", "ignore") if event.type == _PHONEME else ""
            self._events.append((event.type, event.text_position - 1, event.sample, phoneme))
            index += 1
        return 0


def _languages(place: int) -> list[tuple[int, str]]:
    """Read a voice's languages: each a byte of priority, the best lowest, and a code; ended by a zero."""
    languages = []
    while priority := ctypes.string_at(place, 1)[0]:
        code = ctypes.string_at(place + 1)
        languages.append((priority, code.decode()))
        place += len(code) + 2
    return languages


def main(library: str, data: str, seed: str) -> None:
    """Answer questions until standard input ends."""
    espeak = _Espeak(library, data, int(seed))
    for line in sys.stdin.buffer:
        question, samples = json.loads(line), b""
        answer: Any
        if question["do"] == "about":
            answer = espeak.about()
        elif question["do"] == "voice":
            answer = espeak.set_voice(question["name"])
        else:
            answer, samples = espeak.speak(
                question["text"], question["rate_wpm"], question["pitch"], question["pitch_range"]
            )
        sys.stdout.buffer.write(json.dumps(answer).encode() + b"\n" + samples)
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
