"""A generator in TensorFlow: one traced function with the weights of the ONNX file as constants, channels last, with
oneDNN, compiled by XLA or not."""

import contextlib
import importlib
import os
import sys

import numpy as np

from . import graph


@contextlib.contextmanager
def silence():
    """Nothing on standard error, from C++ either: TensorFlow greets."""
    sys.stderr.flush()
    kept, nowhere = os.dup(2), os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    try:
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept), os.close(nowhere)


os.environ.update(TF_ENABLE_ONEDNN_OPTS="1", TF_CPP_MIN_LOG_LEVEL="3", CUDA_VISIBLE_DEVICES="")
with silence():
    tf = importlib.import_module("tensorflow")

XLA_BATCH = 4  # showers per call, as the names of the settings say: it takes long, and more would be as long each
SETTINGS = {
    "float32": {},
    "float32, XLA, 4 showers at a time": {"xla": True},
    "bf16": {"dtype": tf.bfloat16},
    "bf16, XLA, 4 showers at a time": {"dtype": tf.bfloat16, "xla": True},
}


def pad(x, margins):
    """Zeros, by an operator that TensorFlow 2.21 leaves alone: it merges tf.pad and a convolution wrongly."""
    return tf.raw_ops.PadV2(input=x, paddings=margins, constant_values=tf.constant(0, x.dtype))


class Layers:
    """One method per operator; each gives a function of TensorFlow's tensors. Images are (n, x, y, z, channel)."""

    def __init__(self, dtype):
        self.dtype = dtype

    def constant(self, array):
        return tf.constant(array, self.dtype)

    def Conv(self, node):
        weight, bias, pads = node.constants[1], node.constants.get(2), node.attributes["pads"]
        kernel = np.ascontiguousarray(weight.transpose(2, 3, 4, 1, 0))
        same = pads == [(k - 1) // 2 for k in kernel.shape[:3]] + [k // 2 for k in kernel.shape[:3]]
        margins = [(0, 0), *zip(pads[:3], pads[3:]), (0, 0)]

        def convolve(x):
            if any(pads) and not same:
                x = pad(x, margins)
            x = tf.nn.conv3d(x, self.constant(kernel), [1] * 5, "SAME" if same else "VALID")
            return x if bias is None else tf.nn.bias_add(x, self.constant(bias))

        return convolve

    def Gemm(self, node):
        weight, bias = np.ascontiguousarray(node.constants[1].T), node.constants[2]
        return lambda x: tf.nn.bias_add(tf.matmul(x, self.constant(weight)), self.constant(bias))

    def BatchNormalization(self, node):
        gamma, beta, mean, variance = (node.constants[i] for i in range(1, 5))
        scale = gamma / np.sqrt(variance + np.float32(node.attributes["epsilon"]))
        return lambda x: x * self.constant(scale) + self.constant(beta - mean * scale)

    def Resize(self, node):
        factors = [int(f) for f in node.constants[2][2:]]

        def repeat(x):
            for axis, factor in enumerate(factors, 1):
                x = tf.repeat(x, factor, axis)
            return x

        return repeat

    def Reshape(self, node):
        shape = [-1, *(int(n) for n in node.constants[1][1:])]
        if len(shape) == 5:
            return lambda x: tf.transpose(tf.reshape(x, shape), [0, 2, 3, 4, 1])
        return lambda x: tf.reshape(x, shape)  # without the only channel

    def Relu(self, node):
        return tf.nn.relu

    def LeakyRelu(self, node):
        return lambda x: tf.nn.leaky_relu(x, node.attributes["alpha"])

    def Concat(self, node):
        return lambda *x: tf.concat(x, 1)

    def Mul(self, node):
        return self.elementwise(node, tf.multiply)

    def Div(self, node):
        return self.elementwise(node, tf.divide)

    def Pow(self, node):
        return self.elementwise(node, tf.pow)

    def elementwise(self, node, function):
        if not node.constants:
            return function
        return lambda x: function(x, self.constant(node.constants[1]))


class Peer:
    name, version, settings = "TensorFlow", tf.__version__, list(SETTINGS)

    def __init__(self, model, threads, noise, condition):
        tf.config.threading.set_intra_op_parallelism_threads(threads)
        tf.config.threading.set_inter_op_parallelism_threads(1)
        self.model = model
        self.inputs = tf.constant(noise), tf.constant(condition)

    def load(self, setting):
        return self.make(**SETTINGS[setting])

    def make(self, dtype=tf.float32, xla=False):
        nodes, make = graph.read(self.model), Layers(dtype)
        layers = [getattr(make, node.operator)(node) for node in nodes]

        @tf.function(jit_compile=xla)
        def network(noise, condition):
            inputs = tf.cast(noise, dtype), tf.cast(condition, dtype)
            return tf.cast(graph.run(nodes, layers, *inputs), tf.float32)

        given = [x[:XLA_BATCH] if xla else x for x in self.inputs]
        network(*given)
        return lambda: network(*given).numpy()


def start(**arguments):
    return Peer(**arguments)
