"""Training steps of 3DGAN in PyTorch: those of bench/train_torch.py, on showers that are made up."""

import os

import torch

from train_torch import Step

RECIPES = {  # filters of generator and discriminator, weights of the losses
    "3dgan": {"filters": (6, 8), "weights": (2, 0.1, 0.1)},
    "3dgan-16": {"filters": (16, 16), "weights": (8, 0.2, 0.1)},
}
PLAIN, LAST = torch.contiguous_format, torch.channels_last_3d
SETTINGS = {
    "float32": {"memory_format": PLAIN},
    "float32, channels last": {"memory_format": LAST},
    "float32, compiled": {"memory_format": PLAIN, "compiled": True},
    "float32, channels last, compiled": {"memory_format": LAST, "compiled": True},
    "bf16 autocast": {"memory_format": PLAIN, "bf16": True},
    "bf16 autocast, channels last": {"memory_format": LAST, "bf16": True},
    "bf16 autocast, compiled": {"memory_format": PLAIN, "bf16": True, "compiled": True},
    "bf16 autocast, channels last, compiled": {"memory_format": LAST, "bf16": True, "compiled": True},
}


class Peer:
    name, version, settings = "PyTorch", torch.__version__.split("+")[0], list(SETTINGS)

    def __init__(self, recipe, batch, threads):
        torch.set_num_threads(threads)
        os.environ["TORCHINDUCTOR_COMPILE_THREADS"] = "1"  # no processes that stay
        self.recipe, self.batch = recipe, batch
        self.image = torch.relu(torch.randn(batch, 25, 25, 25)) * 0.1
        self.energy = torch.rand(batch, 1) * 4.9 + 0.1

    def load(self, setting):
        step = Step(self.batch, **RECIPES[self.recipe], **SETTINGS[setting])

        def call():
            terms = step(self.image, self.energy)
            return [terms] * self.batch

        call()
        return call


def start(**arguments):
    return Peer(**arguments)
