"""MobileNet-v2, trained on ImageNet, as an ONNX graph: torchvision's weights without PyTorch.

Sandler et al. (2018), MobileNetV2: Inverted Residuals and Linear Bottlenecks, table 2; arXiv:1801.04381. The weights are read from
PyTorch's file of before version 1.6: four pickles, then the numbers of each storage.
"""

import collections
import pickle
import struct

import numpy
import onnxruntime
from onnx import TensorProto, helper, numpy_helper

# expansion, channels, repeats, stride of the first: table 2
BOTTLENECKS = [(1, 16, 1, 1), (6, 24, 2, 2), (6, 32, 3, 2), (6, 64, 4, 2), (6, 96, 3, 1), (6, 160, 3, 2), (6, 320, 1, 1)]
SIDE = 224
EPSILON = 1e-5  # of batch normalisation
MEAN = numpy.array([0.485, 0.456, 0.406], numpy.float32)
DEVIATION = numpy.array([0.229, 0.224, 0.225], numpy.float32)
TYPES = {"FloatStorage": "<f4", "LongStorage": "<i8"}


class _Reader(pickle.Unpickler):
    """Knows no class but those that a dictionary of tensors needs."""

    def __init__(self, file, storages):
        super().__init__(file)
        self.storages = storages

    def find_class(self, module, name):
        if name in TYPES:
            return name
        if name == "OrderedDict":
            return collections.OrderedDict
        if name == "_rebuild_tensor_v2":
            return lambda storage, offset, size, stride, *_: (storage, offset, size, stride)
        raise pickle.UnpicklingError(f"the file of weights asks for {module}.{name}")

    def persistent_load(self, said):
        _, kind, key, _, count, *_ = said
        self.storages[key] = (kind, count)
        return key


def weights(path):
    """Arrays by name."""
    with open(path, "rb") as file:
        storages = {}
        for _ in range(3):  # a magic number, the version, the machine
            pickle.load(file)
        tensors = _Reader(file, storages).load()
        numbers = {}
        for key in pickle.load(file):
            kind, count = storages[key]
            (written,) = struct.unpack("<q", file.read(8))
            if written != count:
                raise ValueError(f"{path} holds {written} numbers where {count} are promised")
            numbers[key] = numpy.frombuffer(file.read(count * int(TYPES[kind][2:])), TYPES[kind])
    arrays = {}
    for name, (storage, offset, size, _) in tensors.items():
        count = int(numpy.prod(size))
        arrays[name] = numbers[storage][offset : offset + count].reshape(size)
    return arrays


class _Graph:
    """Layers one after the other; batch normalisation is folded into the convolution before it."""

    def __init__(self, arrays):
        self.arrays, self.nodes, self.constants, self.last = arrays, [], [], "images"

    def add(self, operation, *inputs, **attributes):
        name = f"x{len(self.nodes)}"
        self.nodes.append(helper.make_node(operation, list(inputs), [name], **attributes))
        self.last = name
        return name

    def constant(self, array):
        name = f"w{len(self.constants)}"
        self.constants.append(numpy_helper.from_array(numpy.ascontiguousarray(array, numpy.float32), name))
        return name

    def convolution(self, convolution, norm, stride=1, group=1, clipped=True):
        kernel = self.arrays[f"{convolution}.weight"]
        scale = self.arrays[f"{norm}.weight"] / numpy.sqrt(self.arrays[f"{norm}.running_var"] + EPSILON)
        bias = self.arrays[f"{norm}.bias"] - self.arrays[f"{norm}.running_mean"] * scale
        side = kernel.shape[2]
        self.add(
            "Conv",
            self.last,
            self.constant(kernel * scale[:, None, None, None]),
            self.constant(bias),
            kernel_shape=[side, side],
            strides=[stride, stride],
            pads=[side // 2] * 4,
            group=group,
        )
        if clipped:
            self.add("Clip", self.last, self.constant(numpy.array(0)), self.constant(numpy.array(6)))  # ReLU6


def session(path):
    """From images, [N, 3, 224, 224], to features, [N, 1280], and logits, [N, 1000]."""
    graph = _Graph(weights(path))
    graph.convolution("features.0.0", "features.0.1", stride=2)
    width, block = 32, 1
    for expansion, channels, repeats, first in BOTTLENECKS:
        for repeat in range(repeats):
            stride, before, layers = first if repeat == 0 else 1, graph.last, f"features.{block}.conv"
            at = 0
            if expansion > 1:
                graph.convolution(f"{layers}.0.0", f"{layers}.0.1")
                at = 1
            graph.convolution(f"{layers}.{at}.0", f"{layers}.{at}.1", stride=stride, group=width * expansion)
            graph.convolution(f"{layers}.{at + 1}", f"{layers}.{at + 2}", clipped=False)
            if stride == 1 and width == channels:
                graph.add("Add", before, graph.last)
            width, block = channels, block + 1
    graph.convolution(f"features.{block}.0", f"features.{block}.1")
    graph.add("GlobalAveragePool", graph.last)
    features = graph.add("Flatten", graph.last)
    head = [graph.constant(graph.arrays[f"classifier.1.{part}"]) for part in ("weight", "bias")]
    logits = graph.add("Gemm", features, *head, transB=1)
    whole = helper.make_graph(
        graph.nodes,
        "mobilenet_v2",
        [helper.make_tensor_value_info("images", TensorProto.FLOAT, ["N", 3, SIDE, SIDE])],
        [
            helper.make_tensor_value_info(features, TensorProto.FLOAT, ["N", 1280]),
            helper.make_tensor_value_info(logits, TensorProto.FLOAT, ["N", 1000]),
        ],
        graph.constants,
    )
    model = helper.make_model(whole, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    return onnxruntime.InferenceSession(model.SerializeToString(), options, providers=["CPUExecutionProvider"])
