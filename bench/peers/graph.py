"""The network of an ONNX file as a list of plain operators, for the peers that have to be built layer by layer."""

from dataclasses import dataclass, field

import onnx
from onnx import numpy_helper


@dataclass
class Node:
    """inputs: names of earlier results; constants: arrays by their position among the ONNX operator's inputs."""

    operator: str
    name: str
    inputs: list
    constants: dict
    output: str
    attributes: dict
    last_uses: list = field(default_factory=list)  # results that nothing needs after this node


def read(path):
    """Nodes in their order; the last one makes the result."""
    graph = onnx.load(path).graph
    constants = {tensor.name: numpy_helper.to_array(tensor) for tensor in graph.initializer}
    nodes = []
    for node in graph.node:
        inputs = [name for name in node.input if name and name not in constants]
        arrays = {i: constants[name] for i, name in enumerate(node.input) if name in constants}
        attributes = {a.name: onnx.helper.get_attribute_value(a) for a in node.attribute}
        nodes.append(Node(node.op_type, node.name, inputs, arrays, node.output[0], attributes))
    return with_last_uses(with_padding_in_convolutions(nodes))


def with_padding_in_convolutions(nodes):
    """Without zero padding on its own: the convolution after it takes it over."""
    result, padded = [], {}
    for node in nodes:
        if node.operator == "Pad":
            pads = node.constants[1]
            padded[node.output] = (node.inputs[0], [*pads[2:5], *pads[7:10]])
            continue
        if node.inputs and node.inputs[0] in padded:
            if node.operator != "Conv":
                raise ValueError(f"{node.name}: zero padding before {node.operator} is not supported here")
            node.inputs[0], extra = padded[node.inputs[0]]
            node.attributes["pads"] = [int(a + b) for a, b in zip(node.attributes["pads"], extra)]
        result.append(node)
    return result


def with_last_uses(nodes):
    seen = {nodes[-1].output}
    for node in reversed(nodes):
        node.last_uses = [name for name in dict.fromkeys(node.inputs) if name not in seen]
        seen.update(node.inputs)
    return nodes


def run(nodes, layers, noise, condition):
    """The result of the network whose node i is the function layers[i]; results are dropped after their last use."""
    values = {"noise": noise, "condition": condition}
    for node, layer in zip(nodes, layers):
        values[node.output] = layer(*[values[name] for name in node.inputs])
        for name in node.last_uses:
            del values[name]
    return values[nodes[-1].output]
