"""The published training recipe of 3DGAN in PyTorch, to compare ShowerGAN's trainer with.

    python train_torch.py --data showers-train.h5 --out run --steps 1000 --seed 1     train; continues run/checkpoint.pt
    python train_torch.py --out run --generate conditions.h5 --showers fake.h5        showers for the energies of a file

One step is that of recipes/3dgan.toml: the discriminator learns from a batch of Monte Carlo showers and from one of
generated showers (made with moving statistics), then the generator learns twice. Networks, initial distributions,
losses and the optimiser are those of the published Keras code; the random numbers are PyTorch's, so the two trainers
agree in distribution only. tests/gan/step_fixture.py compares them number by number.

Needs PyTorch, NumPy and h5py. With --threads 1 a step of 16 showers takes about 6 s.
"""

import argparse
import json
import math
import os
import time

import h5py
import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

SLOPE, EPSILON = 0.3, 1e-3


class Generator(nn.Module):
    """noise (N, 200) times energy in units of 100 GeV -> shower (N, 25, 25, 25) in GeV times `scale`.

    filters: of the second and third convolution: 6 in models/3dgan.toml, 16 in models/3dgan-16.toml.
    """

    def __init__(self, filters=6):
        super().__init__()
        self.dense = nn.Linear(200, 3136)
        self.conv1 = nn.Conv3d(8, 64, (6, 6, 8))
        self.bn1 = nn.BatchNorm3d(64, eps=EPSILON, momentum=0.01)
        self.conv2 = nn.Conv3d(64, filters, (6, 5, 8))
        self.bn2 = nn.BatchNorm3d(filters, eps=EPSILON, momentum=0.01)
        self.conv3 = nn.Conv3d(filters, filters, (3, 3, 8))
        self.conv4 = nn.Conv3d(filters, 1, (2, 2, 2), bias=False)
        nn.init.xavier_uniform_(self.dense.weight)
        nn.init.zeros_(self.dense.bias)
        for conv in (self.conv1, self.conv2, self.conv3):
            nn.init.kaiming_uniform_(conv.weight)  # he_uniform: limit sqrt(6 / fan_in)
            nn.init.zeros_(conv.bias)
        # glorot_normal of Keras: truncated at two standard deviations, then widened to the wanted variance
        deviation = math.sqrt(2 / (8 * (filters + 1))) / 0.87962566103423978
        nn.init.trunc_normal_(self.conv4.weight, std=deviation, a=-2 * deviation, b=2 * deviation)

    def forward(self, latent):
        x = self.dense(latent).view(-1, 7, 7, 8, 8).permute(0, 4, 1, 2, 3)  # Keras reshapes to x, y, z, channel
        x = F.pad(x, (3, 4, 2, 3, 2, 3))
        x = self.bn1(F.leaky_relu(self.conv1(x), SLOPE))
        x = F.interpolate(x, scale_factor=(2.0, 2.0, 2.0))
        x = F.pad(x, (0, 0, 2, 2, 2, 2))
        x = self.bn2(F.leaky_relu(self.conv2(x), SLOPE))
        x = F.interpolate(x, scale_factor=(2.0, 2.0, 3.0))
        x = F.pad(x, (3, 3, 0, 0, 1, 1))
        x = F.leaky_relu(self.conv3(x), SLOPE)
        return F.relu(self.conv4(x))[:, 0]


class Discriminator(nn.Module):
    """image (N, 25, 25, 25) -> probability of being real, energy / 100 GeV, cell sum, each (N, 1).

    dropout: four masks of zeros and ones, or None to draw them here. filters: of all convolutions but the first: 8 in
    models/3dgan.toml, 16 in models/3dgan-16.toml.
    """

    def __init__(self, filters=8):
        super().__init__()
        self.conv = nn.ModuleList(
            [
                nn.Conv3d(1, 32, 5, padding=2),
                nn.Conv3d(32, filters, 5, padding=2),
                nn.Conv3d(filters, filters, 5, padding=2),
                nn.Conv3d(filters, filters, 5, padding=1),
            ]
        )
        self.bn = nn.ModuleList([nn.BatchNorm3d(filters, eps=EPSILON, momentum=0.01) for _ in range(3)])
        self.generation = nn.Linear(1331 * filters, 1)
        self.auxiliary = nn.Linear(1331 * filters, 1)
        for layer in [*self.conv, self.generation, self.auxiliary]:
            nn.init.xavier_uniform_(layer.weight)
            nn.init.zeros_(layer.bias)

    def forward(self, image, dropout=None):
        x = image[:, None]
        for i, conv in enumerate(self.conv):
            x = F.leaky_relu(conv(x), SLOPE)
            if i:
                x = self.bn[i - 1](x)
            if dropout is None:
                x = F.dropout(x, 0.2, self.training)
            else:
                x = x * dropout[i] / 0.8
        x = F.avg_pool3d(x, 2).permute(0, 2, 3, 4, 1).flatten(1)  # Keras flattens x, y, z, channel
        return torch.sigmoid(self.generation(x)), self.auxiliary(x), image.sum((1, 2, 3))[:, None]


class RMSprop:
    """Keras's RMSprop: a = rho a + (1 - rho) g²; w -= rate g / (sqrt(a) + epsilon)."""

    def __init__(self, parameters, rate=1e-3, rho=0.9, epsilon=1e-7):
        self.parameters = list(parameters)
        self.squares = [torch.zeros_like(p) for p in self.parameters]
        self.rate, self.rho, self.epsilon = rate, rho, epsilon

    @torch.no_grad()
    def step(self):
        for p, a in zip(self.parameters, self.squares):
            a.mul_(self.rho).addcmul_(p.grad, p.grad, value=1 - self.rho)
            p.addcdiv_(p.grad, a.sqrt() + self.epsilon, value=-self.rate)

    def zero_grad(self):
        for p in self.parameters:
            p.grad = None


def percentage(target, value):
    """Mean absolute percentage error."""
    return 100 * ((target - value).abs() / target.abs().clamp_min(1e-7)).mean()


def cell_sum(energy):
    """Mean sum of the cells in GeV at an energy in units of 100 GeV (the published fit)."""
    return energy * (0.0018 * energy**4 - 0.023 * energy**3 + 0.11 * energy**2 - 0.28 * energy + 2.21)


def loss(outputs, label, energy, total, weights):
    terms = [
        F.binary_cross_entropy(outputs[0].clamp(1e-7, 1 - 1e-7), label),
        percentage(energy, outputs[1]),
        percentage(total, outputs[2]),
    ]
    return sum(w * t for w, t in zip(weights, terms)), [t.item() for t in terms]


class Data:
    """The showers of the files in a fixed part for training, in a new order every epoch."""

    def __init__(self, paths, scale, validation=0.1):
        images, energies = [], []
        for path in paths:
            with h5py.File(path) as f:
                image = f["ECAL"][()]
                image[image < 1e-6] = 0
                images.append(image * np.float32(scale))
                energies.append(f["energy"][()])
        self.images, self.energies = np.concatenate(images), np.concatenate(energies)
        chosen = np.random.default_rng(0).permutation(len(self.energies))
        self.indices = chosen[int(validation * len(chosen)) :]

    def batch(self, step, size, seed):
        per_epoch = len(self.indices) // size
        order = np.random.default_rng((seed, step // per_epoch)).permutation(self.indices)
        rows = order[step % per_epoch * size :][:size]
        return torch.from_numpy(self.images[rows]), torch.from_numpy(self.energies[rows, None] / 100)


class Step:
    """One step of the recipe: the discriminator on Monte Carlo and on generated showers, the generator twice.

    filters: of generator and discriminator. bf16: the networks run under autocast; losses and weights are float32.
    compiled: the networks are compiled, forward and backward.
    """

    def __init__(self, batch, scale=100, weights=(2, 0.1, 0.1), memory_format=None, device="cpu", filters=(6, 8),
                 bf16=False, compiled=False):
        if memory_format is None:  # the faster one
            memory_format = torch.channels_last_3d if device == "cpu" else torch.contiguous_format
        self.batch, self.scale, self.weights, self.device, self.bf16 = batch, scale, weights, device, bf16
        self.g, self.d = Generator(filters[0]), Discriminator(filters[1])
        self.g.to(device, memory_format=memory_format), self.d.to(device, memory_format=memory_format)
        self.g_rule, self.d_rule = RMSprop(self.g.parameters()), RMSprop(self.d.parameters())
        self.ones = torch.ones(batch, 1, device=device)
        if compiled:
            self.g.compile(dynamic=False), self.d.compile(dynamic=False)

    def draw(self):
        """Random numbers are the processor's whatever the device."""
        energy = torch.rand(self.batch, 1) * 4.9 + 0.1
        latent = torch.randn(self.batch, 200) * energy
        return energy.to(self.device), latent.to(self.device)

    def flipped(self, label):
        return torch.where(torch.rand(self.batch, 1).to(self.device) < 0.05, 1 - label, label)

    def generate(self, latent):
        with torch.autocast(self.device, torch.bfloat16, enabled=self.bf16):
            return self.g(latent).float()

    def judge(self, image):
        with torch.autocast(self.device, torch.bfloat16, enabled=self.bf16):
            outputs = self.d(image)
        return [output.float() for output in outputs]

    def update(self, rule, images, label, energy, total):
        rule.zero_grad()
        value, terms = loss(self.judge(images()), label, energy, total, self.weights)
        value.backward()
        rule.step()
        return terms

    def __call__(self, image, energy):
        """Takes (N, 25, 25, 25) cells times `scale` and (N, 1) energies in units of 100 GeV; gives the losses."""
        image, energy = image.to(self.device), energy.to(self.device)
        fake_energy, latent = self.draw()
        with torch.no_grad():
            self.g.eval()
            fake = self.generate(latent)
        self.g.train(), self.d.train()
        real_sum, fake_sum = image.sum((1, 2, 3))[:, None], self.scale * cell_sum(fake_energy)
        record = {
            "real": self.update(self.d_rule, lambda: image, self.flipped(self.ones), energy, real_sum),
            "fake": self.update(self.d_rule, lambda: fake, self.flipped(0 * self.ones), fake_energy, fake_sum),
            "generator": [],
        }
        self.d.requires_grad_(False)
        for _ in range(2):
            energy, latent = self.draw()
            total = self.scale * cell_sum(energy)
            terms = self.update(self.g_rule, lambda: self.generate(latent), self.ones, energy, total)
            record["generator"].append(terms)
        self.d.requires_grad_(True)
        return record


def train(a):
    torch.manual_seed(a.seed)
    # float32 means float32 on a GPU as well
    torch.backends.cudnn.allow_tf32 = torch.backends.cuda.matmul.allow_tf32 = False
    torch.backends.cudnn.benchmark = True
    step = Step(a.batch, a.scale, a.weights, device=a.device)
    data = Data(a.data, a.scale)
    os.makedirs(a.out, exist_ok=True)
    checkpoint = os.path.join(a.out, "checkpoint.pt")
    first = 0
    if os.path.exists(checkpoint):
        state = torch.load(checkpoint, weights_only=False, map_location=a.device)
        step.g.load_state_dict(state["g"]), step.d.load_state_dict(state["d"])
        step.g_rule.squares, step.d_rule.squares, first = state["g_squares"], state["d_squares"], state["step"]
        torch.set_rng_state(state["random"].cpu())

    def save(path, done):
        state = dict(g=step.g.state_dict(), d=step.d.state_dict(), scale=a.scale, step=done)
        state.update(g_squares=step.g_rule.squares, d_squares=step.d_rule.squares, random=torch.get_rng_state())
        torch.save(state, path + ".part")
        os.replace(path + ".part", path)

    log = open(os.path.join(a.out, "history.jsonl"), "a")
    for done in range(first + 1, a.steps + 1):
        start = time.perf_counter()
        record = step(*data.batch(done - 1, a.batch, a.seed))
        print(json.dumps(dict(step=done, seconds=time.perf_counter() - start, **record)), file=log, flush=True)
        if done % 25 == 0 or done == a.steps:
            save(checkpoint, done)
        if done % a.keep == 0 or done == a.steps:
            save(os.path.join(a.out, f"step-{done:06d}.pt"), done)


def generate(a):
    path = a.checkpoint or os.path.join(a.out, "checkpoint.pt")
    state = torch.load(path, weights_only=False, map_location="cpu")
    g = Generator()
    g.load_state_dict(state["g"])
    g.eval()
    torch.manual_seed(a.seed)
    with h5py.File(a.generate) as f:
        energy = f["energy"][()].astype(np.float32)
    images = np.empty((len(energy), 25, 25, 25), np.float32)
    with torch.no_grad():
        for i in range(0, len(energy), 32):
            e = torch.from_numpy(energy[i : i + 32, None])
            images[i : i + 32] = g(torch.randn(len(e), 200) * e / 100).numpy() / state["scale"]
    with h5py.File(a.showers, "w") as f:
        f.create_dataset("ECAL", data=images, compression="gzip", compression_opts=1, chunks=(64, 25, 25, 25))
        f["energy"] = energy


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--data", nargs="+"), p.add_argument("--out", required=True)
    p.add_argument("--steps", type=int, default=1000), p.add_argument("--batch", type=int, default=16)
    p.add_argument("--keep", type=int, default=100, help="steps between the checkpoints that are kept")
    p.add_argument("--seed", type=int, default=1), p.add_argument("--threads", type=int, default=1)
    p.add_argument("--scale", type=float, default=100, help="multiplier of the cell energies")
    p.add_argument("--weights", type=float, nargs=3, default=[2, 0.1, 0.1], help="of the three losses")
    p.add_argument("--generate", help="file with the energies to generate"), p.add_argument("--showers")
    p.add_argument("--checkpoint"), p.add_argument("--device", default="cpu", help="where to train: cpu or cuda")
    a = p.parse_args()
    torch.set_num_threads(a.threads)
    if a.generate:
        generate(a)
    else:
        train(a)


if __name__ == "__main__":
    main()
