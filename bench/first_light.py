"""Training of models/first-light, the small conditional 3D generator of ShowerGAN's demo.

This is the complete recipe of that model, kept so that it can be repeated. The demo uses the model until one
from ShowerGAN's own trainer replaces it. The script needs PyTorch, NumPy and h5py and about half an hour of one
core; nothing in ShowerGAN depends on it.

    python first_light.py --data showers-train.h5 --out run --bf16       train (resumes from run/checkpoint.pt)
    python first_light.py --data showers-test.h5 --out run --report      compare the model with Monte Carlo
    python first_light.py --out run --expect 8                           reference showers in double precision

The generator makes a shower in three steps:

1. `layer_*`: a dense network draws the energy of each of the 25 layers.
2. `shape_*`: another one draws the mean transverse shape of each layer, a sum of 8 products of an x, a y and a z
   profile. Layer energy times shape is the mean energy of a cell.
3. `cell_*`: a 3D convolutional network turns mean energies and one normal number per cell into cell energies;
   each layer is then scaled back to its energy.

There is no discriminator. The loss is an energy score (Gneiting & Raftery, J. Am. Stat. Assoc. 102 (2007) 359):
for a Monte Carlo shower x and two generated showers a, b of the same primary energy it is
(|a - x| + |b - x| - |a - b|) / 2, summed over the features of `features` and the image distances of
`image_loss`. Its expectation is least when these have the same distribution in both kinds of shower.
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

SIDE = 25  # cells per axis
CELLS = SIDE**3
LATENT = 64  # noise shared by the whole shower; the first LAYER_LATENT numbers also drive the layers
LAYER_LATENT = 32
SHAPES = 8  # transverse shapes that are mixed
CHANNELS = 16
SLOPE = 0.2  # of LeakyReLU
GEV = 1e-3  # GeV per MeV; the network works in MeV
SMALL = 0.1  # MeV, scale below which cell energies are linear rather than logarithmic
FLOOR = 1e-5  # MeV, keeps the logarithm of a mean cell energy finite
LARGEST = 10.0  # of the logarithmic cell energy: 2.2 GeV
LEAST_SUM = 0.02  # MeV, a layer with less than this is not scaled up to its energy
MOST_SUM = 1e6  # MeV, never reached
THRESHOLD = 1e-3  # MeV, readout threshold of a cell
BINS = [(10, 20), (20, 40), (40, 60), (90, 110), (150, 200), (250, 300), (350, 400), (450, 500)]


def leaky(x):
    return F.leaky_relu(x, SLOPE)


class Generator(nn.Module):
    """noise (N, 64 + 25^3), primary energy (N, 1) in GeV -> shower (N, 25, 25, 25) in GeV, [x][y][z]."""

    noise_size = LATENT + CELLS

    def __init__(self):
        super().__init__()
        self.layer_mean = nn.Linear(2, SIDE)
        self.layer_hidden1 = nn.Linear(LAYER_LATENT + 2, 128)
        self.layer_hidden2 = nn.Linear(128, 128)
        self.layer_out = nn.Linear(128, SIDE)
        self.shape_hidden1 = nn.Linear(LATENT + 2, 256)
        self.shape_hidden2 = nn.Linear(256, 256)
        self.shape_x = nn.Linear(256, SIDE * SHAPES)
        self.shape_y = nn.Linear(256, SIDE * SHAPES)
        self.shape_z = nn.Linear(256, SIDE * SHAPES)
        self.cell_coarse1 = nn.Conv3d(2, CHANNELS, 3, stride=2, padding=1)
        self.cell_coarse2 = nn.Conv3d(CHANNELS, CHANNELS, 3, padding=1)
        self.cell_coarse3 = nn.Conv3d(CHANNELS, CHANNELS, 1)
        self.cell_fine = nn.Conv3d(2, CHANNELS, (1, 1, 5), padding=(0, 0, 2), bias=False)
        self.cell_mix = nn.Conv3d(CHANNELS, CHANNELS, 1)
        self.cell_out = nn.Conv3d(CHANNELS, 1, 1)
        self.start_simple()

    @torch.no_grad()
    def start_simple(self):
        """Exponential transverse profiles of different widths, and cells equal to their mean."""
        distance = (torch.arange(SIDE) - SIDE // 2).abs()[:, None]
        profile = -distance * torch.logspace(math.log10(0.25), math.log10(3), SHAPES)
        for layer in (self.shape_x, self.shape_y):
            layer.weight.mul_(0.1)
            layer.bias.copy_(profile.flatten())
        self.shape_z.weight.mul_(0.1)
        self.shape_z.bias.zero_()
        self.layer_out.weight.mul_(0.3)
        self.cell_out.weight.mul_(0.3)
        self.cell_out.bias.zero_()

    def energy_features(self, energy):
        e = torch.log(energy * 0.01)
        return torch.cat([e, e * e], 1)

    def layers(self, noise, energy):
        """Logarithm of the layer energies in MeV, (N, 25)."""
        e = self.energy_features(energy)
        h = torch.cat([noise[:, :LAYER_LATENT], e], 1)
        h = leaky(self.layer_hidden1(h))
        h = leaky(self.layer_hidden2(h))
        return self.layer_mean(e) + self.layer_out(h)

    def shape(self, noise, energy):
        """Share of each cell in its layer, (N, 25, 25, 25)."""
        h = torch.cat([noise[:, :LATENT], self.energy_features(energy)], 1)
        h = leaky(self.shape_hidden1(h))
        h = leaky(self.shape_hidden2(h))
        x = torch.exp(self.shape_x(h)).view(-1, SIDE, SHAPES)
        y = torch.exp(self.shape_y(h)).view(-1, SIDE, SHAPES)
        z = torch.exp(self.shape_z(h)).view(-1, SIDE, SHAPES)
        share = torch.einsum("nxk,nyk,nzk->nxyz", x, y, z)
        return share / share.sum((1, 2), keepdim=True)

    def cells(self, noise, mean):
        """Cell energies in MeV before each layer is scaled to its energy, (N, 25, 25, 25)."""
        maps = torch.stack([torch.log(mean + FLOOR), noise[:, LATENT:].view(mean.shape)], -1)
        maps = maps.permute(0, 4, 1, 2, 3)  # channels stay last in memory
        coarse = leaky(self.cell_coarse1(maps))
        coarse = leaky(self.cell_coarse2(coarse))
        coarse = self.cell_coarse3(coarse)
        coarse = F.interpolate(coarse, scale_factor=2)[:, :, :SIDE, :SIDE, :SIDE]
        h = leaky(self.cell_fine(maps) + coarse)
        h = leaky(self.cell_mix(h))
        t = self.cell_out(h).squeeze(1) + torch.log(1 + mean / SMALL)
        return SMALL * (torch.exp(torch.clip(t, 0, LARGEST)) - 1)

    def forward(self, noise, energy):
        layer_energy = torch.exp(self.layers(noise, energy))[:, None, None, :]
        mean = layer_energy * self.shape(noise, energy)
        cell = self.cells(noise, mean)
        cell_sum = torch.clip(cell.sum((1, 2), keepdim=True), LEAST_SUM, MOST_SUM)
        cell = cell * (layer_energy / cell_sum)
        return GEV * torch.where(cell - THRESHOLD > 0, cell, torch.zeros_like(cell))


def draw(generator, energy, count=1):
    noise = torch.randn(count * len(energy), generator.noise_size, dtype=energy.dtype)
    return generator(noise, energy.repeat(count, 1))


def ring_masks(dtype):
    """(625, 13): cells of the transverse plane by rounded distance from the centre."""
    p = torch.arange(SIDE) - SIDE // 2
    distance = torch.sqrt((p[:, None] ** 2 + p[None, :] ** 2).to(dtype)).round().flatten()
    return (distance[:, None] == torch.arange(13)[None, :]).to(dtype)


def moments(slices):
    """Energy-weighted mean and variance of the slice number, each (N, 1)."""
    position = torch.arange(slices.shape[1], dtype=slices.dtype)
    share = slices / slices.sum(1, keepdim=True).clamp_min(1e-3)
    first = (share * position).sum(1, keepdim=True)
    return first, (share * (position - first) ** 2).sum(1, keepdim=True)


def layer_moments(plane):
    """Energy-weighted centre and width of each layer along one axis, from (N, 25, layers)."""
    share = plane / (plane.sum(1, keepdim=True) + 0.05)
    position = (torch.arange(SIDE, dtype=plane.dtype) - SIDE // 2)[:, None]
    first = (share * position).sum(1)
    return first, torch.sqrt(torch.relu((share * position**2).sum(1) - first**2) + 1e-2)


def features(shower, energy):
    """Observables whose distributions at fixed primary energy are to be matched: {name: (N, features)}.

    Showers are (N, 25, 25, 25) in MeV. Everything is differentiable almost everywhere.
    """
    total = shower.sum((1, 2, 3))[:, None] + 1e-2
    xz, yz = shower.sum(2), shower.sum(1)
    thirds = (shower[..., :8].sum(3), shower[..., 8:16].sum(3), shower[..., 16:].sum(3))
    thirds = torch.stack(thirds, 1)
    third = thirds.sum((2, 3))
    rings = thirds.flatten(2) @ ring_masks(shower.dtype)
    log_cell = torch.log(shower + 1e-4)
    hits = [
        torch.sigmoid((log_cell - math.log(threshold)) * 6).sum((1, 2))
        for threshold in (0.005, 0.07, 0.3, 1.0, 5.0, 20.0)
    ]
    centre_x, width_x = layer_moments(xz)
    centre_y, width_y = layer_moments(yz)
    scalars = [total / energy, *moments(xz.sum(2)), *moments(yz.sum(2)), *moments(xz.sum(1))]
    scalars += [third / total, torch.log(shower.amax((1, 2, 3)) + 1e-2)[:, None]]
    return {
        "profile_x": torch.log(xz.sum(2) / total + 1e-5),
        "profile_y": torch.log(yz.sum(2) / total + 1e-5),
        "rings": torch.log(rings / (third[..., None] + 1e-2) + 1e-5).flatten(1),
        "hits_layer": torch.sqrt(torch.cat(hits[:4], 1) + 0.1),
        "hits": torch.stack([h.sum(1) for h in hits], 1),
        "centres": torch.cat([centre_x, centre_y], 1),
        "widths": torch.cat([width_x, width_y], 1),
        "scalars": torch.cat(scalars, 1),
    }


def layer_features(layer, energy):
    """The same for layer energies (N, 25) in MeV alone."""
    total = layer.sum(1, keepdim=True)
    return {
        "layers": torch.log(layer + 0.02),
        "scalars": torch.cat([total / energy, *moments(layer)], 1),
        "running": (layer / total).cumsum(1)[:, 1:-1],
    }


class Scales:
    """Standard deviation of each feature at fixed primary energy, in bins of energy."""

    def __init__(self, showers, energy, bins=12):
        self.sigma, centres = [], []
        for part in np.array_split(np.argsort(energy), bins):
            e = torch.from_numpy(energy[part])[:, None]
            basis = torch.cat([torch.ones_like(e), torch.log(e)], 1)
            sigma = {}
            for name, value in features(torch.from_numpy(showers[part]), e).items():
                s = (value - basis @ torch.linalg.lstsq(basis, value).solution).std(0)
                sigma[name] = s.clamp_min(0.05 * float(s.max()) + 1e-6)
            centres.append(float(e.mean()))
            self.sigma.append(sigma)
        self.centres = torch.tensor(centres)

    def __call__(self, name, energy):
        nearest = (energy - self.centres[None, :]).abs().argmin(1)
        return torch.stack([s[name] for s in self.sigma])[nearest]


def norm(difference, dims):
    return torch.sqrt((difference**2).sum(dims) + 1e-4).mean()


def score(length, a, b, x):
    """Energy score of the samples a and b for the observation x, relative to their mean distance from it."""
    near = 0.5 * (length(a - x) + length(b - x))
    return (near - 0.5 * length(a - b)) / near.detach()


def vector_score(a, b, x):
    """Energy scores of each component alone and of the whole vector."""
    return score(lambda d: d.abs().mean(), a, b, x) + score(lambda d: norm(d, 1), a, b, x)


def feature_loss(a, b, x, energy, scales):
    loss = {}
    for name in x:
        sigma = scales(name, energy)
        loss[name] = vector_score(a[name] / sigma, b[name] / sigma, x[name] / sigma)
    return loss


def patch(size, stride):
    return lambda d: torch.sqrt(F.avg_pool3d(d[:, None] ** 2, size, stride) + 1e-4).mean()


def image_loss(a, b, x):
    """Energy scores of the images: each cell, patches, layers, columns and the whole."""

    def compare(scale, **lengths):
        scaled = [scale(shower) for shower in (a, b, x)]
        return {name: score(length, *scaled) for name, length in lengths.items()}

    faint = compare(
        lambda c: torch.log(1 + c / 0.005),
        faint_cell=lambda d: d.abs().mean(),
        faint_patch=patch(3, 2),
    )
    logarithmic = compare(
        lambda c: torch.log(1 + c / 0.05),
        cell=lambda d: d.abs().mean(),
        patch3=patch(3, 2),
        patch5=patch(5, 4),
        pairs=patch((1, 1, 3), (1, 1, 2)),
        layer=lambda d: norm(d, (1, 2)),
        column=lambda d: norm(d, 3),
        core=lambda d: norm(d[:, 10:15, 10:15], (1, 2)),
        whole=lambda d: norm(d, (1, 2, 3)),
    )
    root = compare(
        lambda c: torch.sqrt(c / (c.sum((1, 2, 3), keepdim=True) + 1e-2) + 1e-6),
        root_layer=lambda d: norm(d, (1, 2)),
        root_whole=lambda d: norm(d, (1, 2, 3)),
    )
    return faint | logarithmic | root


def load(path):
    """Showers in MeV, cells below the readout threshold set to zero, and primary energies in GeV."""
    with h5py.File(path) as f:
        showers, energy = f["ECAL"][:] / np.float32(GEV), f["energy"][:]
    showers[showers < THRESHOLD] = 0
    return showers, energy


def training_part(energy):
    """All showers but every tenth in order of energy, which is held out."""
    order = np.argsort(energy)
    return np.setdiff1d(order, order[::10])


class Sampler:
    """Batches of training showers, one half uniform in energy and one half uniform in its logarithm."""

    def __init__(self, showers, energy, seed):
        self.showers, self.energy = showers, energy
        self.random = np.random.default_rng(seed)
        inverse = 1 / energy.astype(np.float64)
        self.weight = 0.5 / len(energy) + 0.5 * inverse / inverse.sum()

    def __call__(self, batch):
        index = self.random.choice(len(self.energy), batch, p=self.weight)
        shower = torch.from_numpy(self.showers[index])
        for axis in (1, 2):  # the detector is symmetric under these
            if self.random.random() < 0.5:
                shower = shower.flip(axis)
        if self.random.random() < 0.5:
            shower = shower.transpose(1, 2)
        return shower.contiguous(), torch.from_numpy(self.energy[index])[:, None]


class Average:
    """Exponential moving average of the weights, with a short memory at the start."""

    def __init__(self, model, decay=0.999):
        self.decay, self.steps = decay, 0
        self.state = {k: v.clone() for k, v in model.state_dict().items()}

    def update(self, model):
        self.steps += 1
        decay = min(self.decay, self.steps / (self.steps + 10))
        for k, v in model.state_dict().items():
            self.state[k].lerp_(v, 1 - decay)


def cosine(step, steps):
    return 0.5 * (1 + math.cos(math.pi * min(1, step / steps)))


def train_layers(generator, sampler, steps):
    """Train step 1 of the generator alone. It stays as it is afterwards."""
    energy = torch.from_numpy(sampler.energy)[:, None]
    layer = torch.from_numpy(sampler.showers.sum((1, 2)))
    basis = torch.cat([torch.ones_like(energy), generator.energy_features(energy)], 1)

    def residual(value):
        return value - basis @ torch.linalg.lstsq(basis, value).solution

    known = layer_features(layer, energy)
    sigma = {name: residual(value).std(0) for name, value in known.items()}
    # The score of a vector sees weak directions better when all have the same width.
    _, s, v = torch.linalg.svd(residual(known["layers"]), full_matrices=False)
    whiten = v.T / (s / math.sqrt(len(layer)))
    with torch.no_grad():  # start at the mean logarithms
        fit = torch.linalg.lstsq(basis, known["layers"]).solution
        generator.layer_mean.bias.copy_(fit[0])
        generator.layer_mean.weight.copy_(fit[1:].T)

    parameters = [p for n, p in generator.named_parameters() if n.startswith("layer_")]
    optimiser = torch.optim.Adam(parameters, 2e-3, betas=(0.9, 0.99))
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda s: cosine(s, steps) + 1e-3)
    weight = torch.from_numpy(sampler.weight)
    for step in range(steps):
        index = torch.multinomial(weight, 512, replacement=True)
        e = energy[index]
        noise = torch.randn(2 * len(index), LAYER_LATENT)
        drawn = torch.exp(generator.layers(noise, e.repeat(2, 1)))
        a, b, x = (layer_features(part, e) for part in (*drawn.chunk(2), layer[index]))
        loss = vector_score(*(f["layers"] @ whiten for f in (a, b, x)))
        for name in x:
            loss = loss + vector_score(*(f[name] / sigma[name] for f in (a, b, x)))
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        schedule.step()
        if step % 500 == 0:
            print(f"layers {step:6d}  loss {loss.item():.4f}", flush=True)


def train(options):
    torch.manual_seed(options.seed)
    showers, energy = load(options.data)
    kept = training_part(energy)
    showers, energy = showers[kept], energy[kept]
    scales = Scales(showers, energy)
    sampler = Sampler(showers, energy, options.seed)
    generator = Generator()
    for layer in generator.children():
        if isinstance(layer, nn.Conv3d):
            layer.to(memory_format=torch.channels_last_3d)
    if options.bf16:
        generator.cells = torch.autocast("cpu", torch.bfloat16)(generator.cells)
    parameters = [p for n, p in generator.named_parameters() if not n.startswith("layer_")]
    optimiser = torch.optim.Adam(parameters, options.rate, betas=(0.9, 0.99))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda s: min(1, (s + 1) / 200) * max(0.01, cosine(s, options.steps))
    )
    checkpoint = os.path.join(options.out, "checkpoint.pt")
    first, spent = 0, 0.0
    if os.path.exists(checkpoint):
        state = torch.load(checkpoint)
        first, spent = state["step"], state["spent"]
        generator.load_state_dict(state["generator"])
        optimiser.load_state_dict(state["optimiser"])
        schedule.load_state_dict(state["schedule"])
        average = Average(generator)
        average.state, average.steps = state["average"], first
        sampler.random = np.random.default_rng([options.seed, first])
        torch.manual_seed(options.seed + first)
        print(f"resumed at step {first}", flush=True)
    else:
        train_layers(generator, sampler, options.layer_steps)
        average = Average(generator)
    for name, parameter in generator.named_parameters():
        parameter.requires_grad_(not name.startswith("layer_"))

    saved, seen = time.time(), {}
    for step in range(first, options.steps):
        x, e = sampler(options.batch)
        a, b = (draw(generator, e, 2) / GEV).chunk(2)
        terms = image_loss(a, b, x)
        terms |= feature_loss(features(a, e), features(b, e), features(x, e), e, scales)
        loss = sum(terms.values()) + terms["scalars"] + terms["hits"]
        optimiser.zero_grad()
        loss.backward()
        if torch.isfinite(nn.utils.clip_grad_norm_(parameters, 20.0)):
            optimiser.step()
        else:
            print(f"{step:6d} gradient not finite, step left out", flush=True)
        schedule.step()
        average.update(generator)
        for name, value in terms.items():
            seen[name] = 0.98 * seen.get(name, value.item()) + 0.02 * value.item()
        if step % 50 == 0:
            text = " ".join(f"{k} {v:.3f}" for k, v in seen.items())
            seconds = spent + time.process_time()
            print(f"{step:6d} {seconds:7.0f} s  sum {sum(seen.values()):.4f}  {text}", flush=True)
        if time.time() - saved > 120 or step + 1 == options.steps:
            saved = time.time()
            state = {
                "step": step + 1,
                "spent": spent + time.process_time(),
                "generator": generator.state_dict(),
                "optimiser": optimiser.state_dict(),
                "schedule": schedule.state_dict(),
                "average": average.state,
            }
            torch.save(state, checkpoint + ".part")
            os.replace(checkpoint + ".part", checkpoint)
            write_keras(average.state, os.path.join(options.out, "weights.h5"))


def keras_name(parameter):
    layer, kind = parameter.split(".")
    return f"{layer}/{layer}/{'kernel' if kind == 'weight' else 'bias'}:0"


def write_keras(state, path):
    """Weights as Keras lays them out: dense kernels (in, out), convolutions (kx, ky, kz, in, out)."""
    with h5py.File(path + ".part", "w") as f:
        for name, value in state.items():
            if value.dim() > 1:
                value = value.permute(*range(2, value.dim()), 1, 0)
            f[keras_name(name)] = value.contiguous().numpy()
    os.replace(path + ".part", path)


def read_keras(path):
    """A generator with the weights of a file of write_keras."""
    generator, state = Generator(), {}
    with h5py.File(path) as f:
        for name in generator.state_dict():
            value = torch.from_numpy(f[keras_name(name)][()])
            if value.dim() > 1:
                value = value.permute(-1, -2, *range(value.dim() - 2))
            state[name] = value
    generator.load_state_dict(state)
    return generator


@torch.no_grad()
def generate(generator, energy, seed, batch=100):
    """Showers in MeV of the given primary energies."""
    torch.manual_seed(seed)
    parts = torch.from_numpy(energy)[:, None].split(batch)
    return np.concatenate([draw(generator, part).numpy() for part in parts]) / np.float32(GEV)


def table(showers, energy):
    """Mean and RMS of the main observables in bins of primary energy."""
    rows = []
    for low, high in BINS:
        inside = (energy >= low) & (energy < high)
        s, e = showers[inside], energy[inside]
        layer = s.sum((1, 2))
        total = layer.sum(1)
        values = {
            "sampling_fraction_percent": 0.1 * total / e,
            "layer_of_maximum": layer.argmax(1),
            "centre_of_gravity_layer": (layer * np.arange(SIDE)).sum(1) / total,
            "hits_above_0.3_mev": (s > 0.3).sum((1, 2, 3)),
            "cells_above_1_kev": (s > 1e-3).sum((1, 2, 3)),
            "share_of_central_column": s[:, 12, 12].sum(1) / total,
            "largest_cell_mev": s.max((1, 2, 3)),
        }
        row = {"energy_gev": [low, high], "showers": len(e)}
        for name, value in values.items():
            row[name] = {"mean": round(float(value.mean()), 4), "rms": round(float(value.std()), 4)}
        rows.append(row)
    return rows


def report(options):
    """Compare the Monte Carlo showers of --data with as many generated showers of the same energies."""
    showers, energy = load(options.data)
    generator = read_keras(os.path.join(options.out, "weights.h5"))
    generated = generate(generator, energy, options.seed)
    result = {"monte_carlo": table(showers, energy), "model": table(generated, energy)}
    for monte_carlo, model in zip(result["monte_carlo"], result["model"]):
        print("{}-{} GeV".format(*monte_carlo["energy_gev"]))
        for name, r in monte_carlo.items():
            if isinstance(r, dict):
                c = model[name]
                print(f"  {name:26s} {r['mean']:9.3f} ± {r['rms']:8.3f}   model {c['mean']:9.3f} ± {c['rms']:8.3f}")
    ratios = {}
    masks = ring_masks(torch.float64).numpy()
    edges = np.logspace(-3, 3, 31)
    for name, counts in {
        "profile_x": lambda s: s.sum((0, 2, 3), dtype=np.float64),
        "profile_y": lambda s: s.sum((0, 1, 3), dtype=np.float64),
        "profile_z": lambda s: s.sum((0, 1, 2), dtype=np.float64),
        "rings": lambda s: s.sum((0, 3), dtype=np.float64).flatten() @ masks,
        "cell_spectrum_1_kev_to_1_gev": lambda s: np.histogram(s, edges)[0],
    }.items():
        ratio = counts(generated) / np.maximum(counts(showers), 1e-9)
        ratios[name] = [round(float(r), 3) if r < 1e6 else None for r in ratio]
        print(name, "model over Monte Carlo:", *ratios[name])
    with open(os.path.join(options.out, "report.json"), "w") as f:
        json.dump(result | {"model_over_monte_carlo": ratios}, f, indent=1)


@torch.no_grad()
def expect(options):
    """A few showers in double precision, for tests of programs that run this network."""
    generator = read_keras(os.path.join(options.out, "weights.h5")).double()
    energy = np.resize([10.0, 50.0, 100.0, 150.0, 200.0, 300.0, 400.0, 500.0], options.expect)
    random = np.random.default_rng(options.seed)
    noise = random.standard_normal((options.expect, generator.noise_size), dtype=np.float32)
    shower = generator(torch.from_numpy(noise).double(), torch.from_numpy(energy)[:, None])
    with h5py.File(os.path.join(options.out, "expected.h5"), "w") as f:
        f["noise"], f["energy"] = noise, energy
        f.create_dataset("ECAL", data=shower.numpy(), compression="gzip")


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", help="HDF5 file of Monte Carlo showers (ECAL, energy)")
    parser.add_argument("--out", required=True, help="folder of the run")
    parser.add_argument("--steps", type=int, default=4400, help="of the shape and the cells")
    parser.add_argument("--layer-steps", type=int, default=6000, help="of the layer energies, first")
    parser.add_argument("--batch", type=int, default=32)
    parser.add_argument("--rate", type=float, default=1e-3, help="learning rate of Adam")
    parser.add_argument("--bf16", action="store_true", help="convolutions in bfloat16")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--report", action="store_true", help="compare the trained model with --data")
    parser.add_argument("--expect", type=int, metavar="N", help="write N showers to expected.h5")
    options = parser.parse_args()
    if not options.expect and not options.data:
        parser.error("--data is needed to train and to report")
    torch.set_num_threads(options.threads)
    os.makedirs(options.out, exist_ok=True)
    if options.expect:
        expect(options)
    elif options.report:
        report(options)
    else:
        train(options)


if __name__ == "__main__":
    main()
