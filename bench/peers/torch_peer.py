"""A generator in PyTorch: the modules that one would write, with the weights of the ONNX file, in inference mode."""

import os

import torch
import torch.nn.functional as F
from torch import nn

from . import graph

BF16 = torch.bfloat16
SETTINGS = {
    "float32": {},
    "float32, channels last": {"last": True},
    "float32, compiled": {"compiled": True},
    "float32, channels last, compiled": {"last": True, "compiled": True},
    "float32, compiled, frozen": {"compiled": True, "frozen": True},
    "float32, channels last, compiled, frozen": {"last": True, "compiled": True, "frozen": True},
    "bf16 autocast": {"autocast": True},
    "bf16 autocast, channels last": {"autocast": True, "last": True},
    "bf16 model, channels last": {"dtype": BF16, "last": True},
    "bf16 autocast, channels last, compiled": {"autocast": True, "last": True, "compiled": True},
    "bf16 model, compiled, frozen": {"dtype": BF16, "compiled": True, "frozen": True},
    "bf16 model, channels last, compiled, frozen": {"dtype": BF16, "last": True, "compiled": True, "frozen": True},
}


def parameter(array):
    return nn.Parameter(torch.from_numpy(array.copy()), requires_grad=False)


class Convolution(nn.Conv3d):
    """Pads by itself what is the same on both sides; only the rest is a copy."""

    def __init__(self, node):
        weight, bias, pads = node.constants[1], node.constants.get(2), node.attributes["pads"]
        before, after = pads[:3], pads[3:]
        least = [min(pair) for pair in zip(before, after)]
        super().__init__(weight.shape[1], weight.shape[0], weight.shape[2:], padding=least, bias=bias is not None)
        rest = [(b - m, a - m) for b, a, m in zip(before, after, least)]
        self.rest = [n for pair in reversed(rest) for n in pair]
        self.weight = parameter(weight)
        if bias is not None:
            self.bias = parameter(bias)

    def forward(self, x):
        return super().forward(F.pad(x, self.rest) if any(self.rest) else x)


class Reshape(nn.Module):
    def __init__(self, node, memory_format):
        super().__init__()
        self.shape, self.memory_format = [int(n) for n in node.constants[1][1:]], memory_format

    def forward(self, x):
        x = x.reshape(x.shape[0], *self.shape)
        return x.contiguous(memory_format=self.memory_format) if x.ndim == 5 else x


class Elementwise(nn.Module):
    """A function of two results, or of one and a constant."""

    def __init__(self, node, function):
        super().__init__()
        self.function = function
        self.register_buffer("constant", torch.from_numpy(node.constants[1].copy()) if node.constants else None)

    def forward(self, *x):
        return self.function(*x) if self.constant is None else self.function(*x, self.constant)


def normalization(node):
    gamma, beta, mean, variance = (parameter(node.constants[i]) for i in range(1, 5))
    layer = nn.BatchNorm3d(len(gamma), eps=node.attributes["epsilon"])
    layer.weight, layer.bias, layer.running_mean, layer.running_var = gamma, beta, mean.data, variance.data
    return layer


def dense(node):
    layer = nn.Linear(*reversed(node.constants[1].shape))
    layer.weight, layer.bias = parameter(node.constants[1]), parameter(node.constants[2])
    return layer


def make_layer(node, memory_format):
    elementwise = {"Mul": torch.mul, "Div": torch.div, "Pow": torch.pow,
                   "Concat": lambda *x: torch.cat(x, 1)}
    if node.operator in elementwise:
        return Elementwise(node, elementwise[node.operator])
    makers = {
        "Conv": Convolution, "Gemm": dense, "BatchNormalization": normalization,
        "Reshape": lambda node: Reshape(node, memory_format),
        "Relu": lambda node: nn.ReLU(inplace=True),
        "LeakyRelu": lambda node: nn.LeakyReLU(node.attributes["alpha"], inplace=True),
        "Resize": lambda node: nn.Upsample(scale_factor=tuple(float(f) for f in node.constants[2][2:])),
    }
    if node.operator not in makers:
        raise ValueError(f"{node.name}: the operator {node.operator} is not in bench/peers/torch_peer.py")
    return makers[node.operator](node)


class Network(nn.Module):
    def __init__(self, model, memory_format):
        super().__init__()
        self.nodes = graph.read(model)
        self.layers = nn.ModuleList(make_layer(node, memory_format) for node in self.nodes)

    def forward(self, noise, condition):
        return graph.run(self.nodes, self.layers, noise, condition)


class Peer:
    name, version, settings = "PyTorch", torch.__version__.split("+")[0], list(SETTINGS)

    def __init__(self, model, threads, noise, condition):
        torch.set_num_threads(threads)
        os.environ["TORCHINDUCTOR_COMPILE_THREADS"] = "1"  # no processes that stay
        self.model = model
        self.inputs = torch.from_numpy(noise), torch.from_numpy(condition)

    def load(self, setting):
        return self.make(**SETTINGS[setting])

    def make(self, last=False, compiled=False, frozen=False, autocast=False, dtype=torch.float32):
        memory_format = torch.channels_last_3d if last else torch.contiguous_format
        network = Network(self.model, memory_format).eval().to(dtype=dtype)
        for layer in network.layers:
            layer.to(memory_format=memory_format)
        if compiled:
            network = torch.compile(network, dynamic=False, options={"freezing": frozen})

        def call():
            with torch.inference_mode(), torch.autocast("cpu", BF16, enabled=autocast):
                return network(*[x.to(dtype) for x in self.inputs]).float().numpy()

        call()
        return call


def start(**arguments):
    return Peer(**arguments)
