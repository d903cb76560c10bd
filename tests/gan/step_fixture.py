"""Makes step_fixture.h5: one training step of recipes/3dgan.toml as PyTorch does it in double precision.

    python tests/gan/step_fixture.py            writes tests/gan/step_fixture.h5
    python tests/gan/step_fixture.py --print    also prints losses, the size of every update, and float32's error

published_step_test.cpp takes the same step with ShowerGAN's trainer and compares. Both sides make
the initial weights, noise, energies, flipped labels, dropout masks and Monte Carlo showers from a
seed alone: ShowerGAN's random numbers are Philox 4x32-10 with a documented counter
(src/base/random.hpp), written once more here in NumPy. Networks, losses and RMSprop are those of
bench/train_torch.py.

The step is taken twice, from the same weights:
    published  The recipe as it is, with RMSprop. At the start of a training RMSprop's first update is
               ±rate for every weight, however small its gradient, and so shows the signs of rounding
               errors. Therefore its mean squares start from a constant, so large that the first
               update's rounding does not matter for the second.
    smooth     Without kinks: softplus in place of the leaky ReLUs and x² in place of the ReLU; and the
               discriminator with plain SGD. Where a pre-activation lies within rounding of a kink, its
               derivative may be that of the other side; a few of the 10 million of a step do, and each
               changes a gradient by up to a hundredth of its L2 norm. --print tells how far PyTorch in
               float32 is from itself in double precision for this reason. Without kinks all digits of
               float32 can be compared.
Biases, normalisations and moving statistics start from other numbers than in a fresh network, so that
none of them can be left out unnoticed.

For each of the two, the file has
    NAME/updates/NETWORK/LAYER/ROLE     after - before, divided by `unit`; large ones as float16, which adds
                                        an error of 2e-4 in relative L2
    NAME/statistics/NETWORK/LAYER/ROLE  moving means and variances after the step, float32
    NAME/losses/{real,fake,generator}   the three terms, of the generator the mean of its two updates
    NAME/gradient_norms                 of discriminator and generator, the larger of two updates each
    NAME/unit
and settings/*: what the step was made with.

Needs PyTorch, NumPy and h5py.
"""

import argparse
import contextlib
import math
import os
import sys
from unittest import mock

import h5py
import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "..", "bench"))
from train_torch import EPSILON, Discriminator, Generator, RMSprop, cell_sum, loss  # noqa: E402

SEED = 11
IMAGE_SEED = 12
FLIPS = 0.3
SCALE = 100
INDEX = [7, 1_000_003, 4]  # numbers of the showers in the training; their count is the batch
WEIGHTS = [2, 0.1, 0.1]  # of the losses
# Of RMSprop at the start, for discriminator and generator; None: SGD.
MEAN_SQUARES = {"published": (400.0, 10_000.0), "smooth": (None, 1.0)}
SMOOTH_RATE = 1e-4  # of SGD
LAST_SCALE = 0.125  # of the generator's last kernel, so that images have about the sums that are wanted

# src/base/random.hpp
NOISE, CONDITION, DROPOUT, INITIAL, LABEL = 1, 2, 3, 4, 8
# src/gan/step_random.hpp
REAL, FAKE, GENERATOR = 0, 1, 2


def philox(seed, purpose, stream, index, draws):
    """Words of Philox 4x32-10 (Salmon et al., SC'11), (4 * draws) of shower number `index`."""
    mask = np.uint64(0xFFFFFFFF)
    shift = np.uint64(32)
    key = [seed & 0xFFFFFFFF, seed >> 32 & 0xFFFFFFFF]
    c = [np.full(draws, word, np.uint64) for word in (0, purpose | stream << 8, index & 0xFFFFFFFF, index >> 32)]
    c[0] = np.arange(draws, dtype=np.uint64)
    for _ in range(10):
        a, b = c[0] * np.uint64(0xD2511F53), c[2] * np.uint64(0xCD9E8D57)
        c = [(b >> shift) ^ c[1] ^ np.uint64(key[0]), b & mask, (a >> shift) ^ c[3] ^ np.uint64(key[1]), a & mask]
        key = [(key[0] + 0x9E3779B9) & 0xFFFFFFFF, (key[1] + 0xBB67AE85) & 0xFFFFFFFF]
    return np.stack(c, 1).reshape(-1)


def uniform(seed, purpose, stream, index, count):
    """Numbers in [0, 1) of 24 bits, float32."""
    words = philox(seed, purpose, stream, index, -(-count // 4))[:count]
    return ((words >> np.uint64(8)).astype(np.float64) * 2.0**-24).astype(np.float32)


def normal(seed, purpose, stream, index, count):
    """Standard normal numbers, float32 (Box-Muller on pairs of words)."""
    words = philox(seed, purpose, stream, index, -(-count // 4)).astype(np.float64)
    u = (words + 0.5) * 2.0**-32
    radius, angle = np.sqrt(-2 * np.log(u[0::2])), 2 * math.pi * u[1::2]
    pairs = np.stack([radius * np.cos(angle), radius * np.sin(angle)], 1)
    return pairs.reshape(-1)[:count].astype(np.float32)


class Normalization(nn.BatchNorm3d):
    """As in Keras the moving variance takes up the biased variance of the batch; PyTorch's the unbiased one."""

    def forward(self, x):
        if not self.training:
            return super().forward(x)
        with torch.no_grad():
            for moving, value in (
                (self.running_mean, x.mean((0, 2, 3, 4))),
                (self.running_var, x.var((0, 2, 3, 4), correction=0)),
            ):
                moving.mul_(0.99).add_(value, alpha=0.01)
        return F.batch_norm(x, None, None, self.weight, self.bias, True, 0.0, self.eps)


class Parameter:
    """A tensor of PyTorch's network under the name and in the layout of ShowerGAN's.

    axes: how the axes of ShowerGAN's tensor, seen in `shape`, are ordered in PyTorch's. Keras, and so
    bench/train_torch.py, counts the elements of an image with the channels last, ShowerGAN with the
    channels first.
    """

    def __init__(self, name, tensor, start, shape=None, axes=None):
        self.name, self.tensor, self.start = name, tensor, start
        self.shape = shape or tuple(tensor.shape)
        self.axes = axes or tuple(range(len(self.shape)))

    def set(self, values):
        ours = torch.from_numpy(values.astype(np.float64)).reshape(self.shape)
        self.tensor.data.copy_(ours.permute(self.axes).reshape(self.tensor.shape))

    def get(self):
        permuted = self.tensor.detach().reshape([self.shape[a] for a in self.axes])
        return permuted.permute(tuple(np.argsort(self.axes))).reshape(-1).numpy().copy()


def glorot_uniform(fan_in, fan_out):
    limit = math.sqrt(6 / (fan_in + fan_out))
    return lambda seed, stream, count: (2 * uniform(seed, INITIAL, stream, 0, count).astype(np.float64) - 1) * limit


def he_uniform(fan_in, _):
    limit = math.sqrt(6 / fan_in)
    return lambda seed, stream, count: (2 * uniform(seed, INITIAL, stream, 0, count).astype(np.float64) - 1) * limit


def glorot_normal(fan_in, fan_out):
    sigma = math.sqrt(2 / (fan_in + fan_out)) / 0.87962566103423978

    def draw(seed, stream, count):
        draws = np.stack([normal(seed, INITIAL, stream, i, 32) for i in range(count)])
        first = (np.abs(draws) < 2).argmax(1)
        return sigma * draws[np.arange(count), first].astype(np.float64)

    return draw


def ramp(start, slope):
    """What the test sets in place of constant initial values: start + slope * channel."""
    return lambda seed, stream, count: start + slope * np.arange(count)


def scaled(factor, start):
    """Initial values of `start` times a power of 2."""
    return lambda *fans: lambda *place: factor * start(*fans)(*place)


BIAS, GAMMA, BETA = ramp(0.1, -0.01), ramp(1.1, -0.02), ramp(0.05, 0.01)
MEAN, VARIANCE = ramp(0.02, 0.01), ramp(0.5, 0.03)


def convolution(name, conv, start):
    taps = math.prod(conv.kernel_size)
    yield Parameter(name + "/kernel", conv.weight, start(conv.in_channels * taps, conv.out_channels * taps))
    if conv.bias is not None:
        yield Parameter(name + "/bias", conv.bias, BIAS)


def normalization(name, layer):
    yield Parameter(name + "/gamma", layer.weight, GAMMA)
    yield Parameter(name + "/beta", layer.bias, BETA)
    yield Parameter(name + "/moving_mean", layer.running_mean, MEAN)
    yield Parameter(name + "/moving_variance", layer.running_var, VARIANCE)


def generator_parameters(g):
    """In the order of models/3dgan.toml, which numbers the streams of the initial weights."""
    yield Parameter("dense_1/kernel", g.dense.weight, glorot_uniform(200, 3136), (8, 7, 7, 8, 200), (1, 2, 3, 0, 4))
    yield Parameter("dense_1/bias", g.dense.bias, ramp(0.03, -1e-5), (8, 7, 7, 8), (1, 2, 3, 0))
    yield from convolution("conv3d_1", g.conv1, he_uniform)
    yield from normalization("batch_normalization_1", g.bn1)
    yield from convolution("conv3d_2", g.conv2, he_uniform)
    yield from normalization("batch_normalization_2", g.bn2)
    yield from convolution("conv3d_3", g.conv3, he_uniform)
    yield from convolution("conv3d_4", g.conv4, scaled(LAST_SCALE, glorot_normal))


def discriminator_parameters(d):
    yield from convolution("conv3d_5", d.conv[0], glorot_uniform)
    for i in range(3):
        yield from convolution(f"conv3d_{6 + i}", d.conv[1 + i], glorot_uniform)
        yield from normalization(f"batch_normalization_{3 + i}", d.bn[i])
    for name, layer in (("generation", d.generation), ("auxiliary", d.auxiliary)):
        start = glorot_uniform(10648, 1)
        yield Parameter(name + "/kernel", layer.weight, start, (1, 8, 11, 11, 11), (0, 2, 3, 4, 1))
        yield Parameter(name + "/bias", layer.bias, BIAS)


def is_statistic(parameter):
    return "/moving_" in parameter.name


def networks(dtype):
    """Both networks with the initial weights, and their parameters."""
    g, d = Generator(), Discriminator()
    g.bn1, g.bn2 = Normalization(64, EPSILON), Normalization(6, EPSILON)
    d.bn = nn.ModuleList([Normalization(8, EPSILON) for _ in range(3)])
    g.to(dtype), d.to(dtype)
    parameters = {
        "generator": list(generator_parameters(g)),
        "discriminator": list(discriminator_parameters(d)),
    }
    for network, seed in (("generator", SEED), ("discriminator", (SEED + 0x9E3779B97F4A7C15) % 2**64)):
        for stream, parameter in enumerate(parameters[network]):
            parameter.set(parameter.start(seed, stream, parameter.tensor.numel()).astype(np.float32))
    return g, d, parameters


@contextlib.contextmanager
def activations(name):
    """Those of the networks, or smooth ones in their place."""
    with contextlib.ExitStack() as stack:
        if name == "smooth":
            stack.enter_context(mock.patch.object(F, "leaky_relu", lambda x, _: F.softplus(x)))
            stack.enter_context(mock.patch.object(F, "relu", torch.square))
        yield


def numbers(which):
    return [(which << 56) + i for i in INDEX]


def noise(which):
    return torch.from_numpy(np.stack([normal(SEED, NOISE, 0, n, 200) for n in numbers(which)])).double()


def energies(which):
    """(n, 1) in units of 100 GeV; 10 to 500 GeV in float32."""
    drawn = [np.float32(10) + np.float32(490) * uniform(SEED, CONDITION, 0, n, 1) for n in numbers(which)]
    return torch.from_numpy(np.stack(drawn)).double() / 100


def labels(which, label):
    flipped = [uniform(SEED, LABEL, 0, n, 1)[0] < FLIPS for n in numbers(which)]
    assert any(flipped) and not all(flipped), "choose a seed for which some labels are flipped, not all"
    return torch.tensor([[1.0 - label if f else label] for f in flipped]).double()


def masks(which):
    """Of the four dropout layers, as zeros and ones (n, channels, x, y, z); drawn with the channels innermost."""
    result = []
    for stream, (channels, side) in enumerate(((32, 25), (8, 25), (8, 25), (8, 23))):
        kept = [uniform(SEED, DROPOUT, stream, n, channels * side**3) >= np.float32(0.2) for n in numbers(which)]
        mask = np.stack(kept).reshape(len(kept), side, side, side, channels)
        result.append(torch.from_numpy(mask).permute(0, 4, 1, 2, 3).double())
    return result


def monte_carlo():
    """Sparse images whose sums are about those of showers, and their energies in units of 100 GeV."""
    images, energy = [], []
    for i in range(len(INDEX)):
        energy.append(np.float32(60 + 90 * i))
        hit = uniform(IMAGE_SEED, NOISE, 0, i, 25**3) < np.float32(0.1)
        u = uniform(IMAGE_SEED, NOISE, 1, i, 25**3)
        images.append(np.where(hit, u * u * u * (energy[-1] * np.float32(0.005)), np.float32(0)))
    images = np.stack(images).reshape(-1, 25, 25, 25)
    return torch.from_numpy(images).double(), torch.tensor(energy)[:, None].double() / 100


class Sgd:
    def __init__(self, parameters, rate):
        self.parameters, self.rate = list(parameters), rate

    @torch.no_grad()
    def step(self):
        for p in self.parameters:
            p.sub_(p.grad, alpha=self.rate)


def make_rule(network, mean_square):
    if mean_square is None:
        return Sgd(network.parameters(), SMOOTH_RATE)
    rule = RMSprop(network.parameters())
    for square in rule.squares:
        square.fill_(mean_square)
    return rule


def check_signs(outputs, energy, total):
    """A percentage error has a kink where prediction and target agree; rounding must not decide the side."""
    for output, target in zip(outputs[1:], (energy, total)):
        assert (output / target - 1).abs().min() > 1e-3, "choose another seed"


def update(rule, value):
    """One update along the gradient of `value`; the L2 norm of the gradient."""
    for p in rule.parameters:
        p.grad = None
    value.backward()
    rule.step()
    return math.sqrt(sum(p.grad.square().sum().item() for p in rule.parameters))


def step(name, dtype):
    """Takes the step. Gives parameters, their values before, the losses and the gradient norms."""
    g, d, parameters = networks(dtype)
    before = {n: [p.get() for p in ps] for n, ps in parameters.items()}
    d_rule, g_rule = (make_rule(n, start) for n, start in zip((d, g), MEAN_SQUARES[name]))
    losses, norms = {}, {"discriminator": [], "generator": []}
    with torch.no_grad():
        fake = g.eval()(noise(FAKE).to(dtype) * energies(FAKE).to(dtype))
    g.train(), d.train()
    images, energy = monte_carlo()
    passes = [
        ("real", REAL, images, 1, energy, images.sum((1, 2, 3))[:, None]),
        ("fake", FAKE, fake, 0, energies(FAKE), SCALE * cell_sum(energies(FAKE))),
    ]
    for which, number, image, label, energy, total in passes:
        target, total = energy.to(dtype), total.to(dtype)
        outputs = d(image.to(dtype), [m.to(dtype) for m in masks(number)])
        check_signs(outputs[: 2 if which == "real" else 3], target, total)
        value, losses[which] = loss(outputs, labels(number, label).to(dtype), target, total, WEIGHTS)
        norms["discriminator"].append(update(d_rule, value))
    d.requires_grad_(False)
    terms = []
    for number in (GENERATOR, GENERATOR + 1):
        target, total = energies(number).to(dtype), (SCALE * cell_sum(energies(number))).to(dtype)
        outputs = d(g(noise(number).to(dtype) * target), [m.to(dtype) for m in masks(number)])
        check_signs(outputs, target, total)
        value, term = loss(outputs, torch.ones_like(target), target, total, WEIGHTS)
        norms["generator"].append(update(g_rule, value))
        terms.append(term)
    losses["generator"] = np.mean(terms, 0)
    return parameters, before, losses, [max(norms["discriminator"]), max(norms["generator"])]


def changes(parameters, before):
    """What the step has added to each tensor, by path."""
    return {
        f"{network}/{p.name}": (p, p.get().astype(np.float64) - old)
        for network, ps in parameters.items()
        for p, old in zip(ps, before[network])
    }


def relative(a, b):
    return np.linalg.norm(a - b) / np.linalg.norm(b)


def describe(name, losses, norms, before, after):
    """Prints the losses, and of each tensor the size of its change and how far float32 is from it."""
    parameters, old, float_losses, float_norms = step(name, torch.float32)
    print(name, losses, norms, "in float32:", float_losses, float_norms, sep="\n")
    sizes = [np.linalg.norm(values) for values in before["generator"] + before["discriminator"]]
    rounded = changes(parameters, old)
    for (path, (_, change)), size in zip(after.items(), sizes):
        error = relative(rounded[path][1], change)
        print(f"{path}: {np.linalg.norm(change):.2e} of {size:.2e}, float32 differs by {error:.1e}")


def write(file, name, verbose):
    parameters, before, losses, norms = step(name, torch.float64)
    after = changes(parameters, before)
    if verbose:
        describe(name, losses, norms, before, after)
    largest = max(np.abs(change).max() for parameter, change in after.values() if not is_statistic(parameter))
    unit = 2.0 ** (math.ceil(math.log2(largest)) - 15)
    for path, (parameter, change) in after.items():
        if is_statistic(parameter):
            file[f"{name}/statistics/{path}"] = parameter.get().astype(np.float32)
        elif change.size < 4000:
            file[f"{name}/updates/{path}"] = (change / unit).astype(np.float32)
        else:
            stored = (change / unit).astype(np.float16)
            assert relative(stored.astype(np.float64) * unit, change) < 2.2e-4, path
            compressed = dict(compression="gzip", compression_opts=9, shuffle=True)
            file.create_dataset(f"{name}/updates/{path}", data=stored, **compressed)
    for which, terms in losses.items():
        file[f"{name}/losses/{which}"] = np.asarray(terms)
    file[f"{name}/gradient_norms"] = np.asarray(norms)
    file[f"{name}/unit"] = unit


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--print", action="store_true", dest="verbose", help="losses and the size of every update")
    p.add_argument("--out", default=os.path.join(HERE, "step_fixture.h5"))
    a = p.parse_args()
    torch.set_num_threads(2)
    with h5py.File(a.out + ".part", "w") as file:
        for name in ("published", "smooth"):
            with activations(name):
                write(file, name, a.verbose)
            file[f"settings/{name}/mean_squares"] = np.asarray([m or 0 for m in MEAN_SQUARES[name]])
        file["settings/last_scale"] = LAST_SCALE
        file["settings/smooth/rate"] = SMOOTH_RATE
        file["settings/index"] = np.asarray(INDEX)
        file["settings/seeds"] = np.asarray([SEED, IMAGE_SEED])
        file["settings/flips"] = FLIPS
    os.replace(a.out + ".part", a.out)


if __name__ == "__main__":
    main()
