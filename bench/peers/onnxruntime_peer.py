"""ONNX Runtime on the very file that ShowerGAN runs, with all its optimisations of the graph."""

import onnxruntime

SETTINGS = ["float32"]


class Peer:
    name, version, settings = "ONNX Runtime", onnxruntime.__version__, SETTINGS

    def __init__(self, model, threads, noise, condition):
        self.model, self.threads = model, threads
        self.inputs = {"noise": noise, "condition": condition}

    def load(self, setting):
        options = onnxruntime.SessionOptions()
        options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_ALL
        options.intra_op_num_threads, options.inter_op_num_threads = self.threads, 1
        session = onnxruntime.InferenceSession(self.model, options, providers=["CPUExecutionProvider"])
        return lambda: session.run(["shower"], self.inputs)[0]


def start(**arguments):
    return Peer(**arguments)
