"""Spleeter's U-Net for the voice, as an ONNX graph built when it is first needed.

Hennequin, Khlif, Voituret & Moussallam, Spleeter: a fast and efficient music source separation tool
with pre-trained models, 2020. Six convolutions halve time and frequency, six transposed ones double
them again and also see what the convolution of their size gave; a last one makes the mask.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from storyboard.sync.separation.weights import Floats, Layer

N_BINS = 1024
N_FRAMES = 576  # at once: any multiple of 64; always as many, which keeps memory in one piece
DEPTH = 6

_LEAK = 0.2
_OPSET, _IR_VERSION = 17, 8
_HALVING = {"strides": [2, 2], "pads": [1, 1, 2, 2]}  # TensorFlow's SAME, 5 x 5 in steps of 2


class VoiceNetwork:
    """What share of each moment and frequency is voice."""

    def __init__(self, layers: dict[str, Layer]) -> None:
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        # further optimisation takes half as much memory again and no less time
        options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_EXTENDED
        options.log_severity_level = 3
        self._session: Any = onnxruntime.InferenceSession(
            _model(layers), options, providers=["CPUExecutionProvider"]
        )

    def mask(self, magnitudes: Floats) -> Floats:
        """Return the share, 0 to 1, in spectra (2, n_frames, N_BINS) of at most N_FRAMES."""
        n_frames = magnitudes.shape[1]
        padded = np.pad(magnitudes, ((0, 0), (0, N_FRAMES - n_frames), (0, 0)))
        (mask,) = self._session.run(None, {"magnitudes": padded[None]})
        return np.asarray(mask[0, :, :n_frames], np.float32)


def _model(layers: dict[str, Layer]) -> bytes:
    graph = _Graph()
    sound, seen = "magnitudes", []
    for depth in range(1, DEPTH + 1):
        layer = layers[f"down{depth}"]
        sound = graph.convolution("Conv", sound, layer, **_HALVING)
        seen.append(sound)
        if depth < DEPTH:
            sound = graph.add("LeakyRelu", [graph.normalised(sound, layer)], alpha=_LEAK)
    for depth in range(1, DEPTH + 1):
        layer = layers[f"up{depth}"]
        if depth > 1:
            sound = graph.add("Concat", [seen[DEPTH - depth], sound], axis=1)
        sound = graph.add("Relu", [graph.convolution("ConvTranspose", sound, layer, **_HALVING)])
        sound = graph.normalised(sound, layer)
    sound = graph.convolution("Conv", sound, layers["mask"], dilations=[2, 2], pads=[3, 3, 3, 3])
    return graph.serialised("magnitudes", graph.add("Sigmoid", [sound]))


class _Graph:
    """Nodes and constants in the order in which they were added."""

    def __init__(self) -> None:
        self._nodes: list[Any] = []
        self._constants: dict[str, Floats] = {}

    def add(self, operator: str, inputs: list[str], **attributes: Any) -> str:
        """Add a node and return its output."""
        from onnx import helper

        name = f"{operator}{len(self._nodes)}"
        self._nodes.append(helper.make_node(operator, inputs, [name], **attributes))
        return name

    def convolution(self, operator: str, sound: str, layer: Layer, **attributes: Any) -> str:
        inputs = [sound, self._constant(layer.kernel), self._constant(layer.bias)]
        return self.add(operator, inputs, **attributes)

    def normalised(self, sound: str, layer: Layer) -> str:
        """Multiply and add for each channel."""
        gain, shift = (self._constant(values[:, None, None]) for values in (layer.gain, layer.shift))
        return self.add("Add", [self.add("Mul", [sound, gain]), shift])

    def _constant(self, values: Floats) -> str:
        name = f"constant{len(self._constants)}"
        self._constants[name] = values
        return name

    def serialised(self, given: str, made: str) -> bytes:
        """Return the bytes of a model from one input to one output of the same shape."""
        from onnx import TensorProto, helper, numpy_helper

        shape = [1, 2, N_FRAMES, N_BINS]
        ends = [helper.make_tensor_value_info(name, TensorProto.FLOAT, shape) for name in (given, made)]
        graph = helper.make_graph(self._nodes, "voice", ends[:1], ends[1:])
        opsets = [helper.make_opsetid("", _OPSET)]
        model = helper.make_model(graph, opset_imports=opsets, ir_version=_IR_VERSION)
        for name, values in self._constants.items():  # last, because make_model copies
            model.graph.initializer.append(numpy_helper.from_array(values, name))
        return bytes(model.SerializeToString())
