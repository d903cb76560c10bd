"""The classifiers of `showergan validate` beside PyTorch: one recipe, the same files, known differences.

    python classifier_check.py --data showers.h5 --showergan build/release/showergan --classifiers high low --json out.json

Monte Carlo showers are sorted by energy and neighbours dealt to two halves. One half is the reference; the other, as it
is or with a known change, is the candidate:

    same      nothing is changed: nobody can tell, the AUC is 0.5 within its error
    scaled    every cell times 1.03
    shifted   layer 10 moved by one cell in x
    smeared   every cell times exp(0.1 n) with normal n
    shuffled  every cell exchanged among the 8 showers of nearest energy, each cell in another order: spectra and means
              of cells stay, correlations go

Both programs read the files that this script writes. Networks, initial distributions, optimiser, batches, parts of the
data and early stopping are those of src/physics/classifier; random numbers are PyTorch's, so that the two agree within
the spread of the trainings only. Times are those of the trainings of all seeds.

Needs PyTorch, NumPy and h5py.
"""

import argparse
import json
import pathlib
import subprocess
import tempfile
import time

import h5py
import numpy as np
import torch
from torch import nn

THRESHOLD = 1e-6  # GeV, as of the detector clic-ecal
BATCH, RATE, EPSILON = 256, 1e-3, 1e-7
LIMITS = {"high": (50, 10), "low": (50, 10), "cnn": (20, 5)}  # epochs, patience
GROUP = 8  # showers that exchange cells


def halves(path, showers):
    """Two halves of a file's showers: ((cells, energies), (cells, energies))."""
    with h5py.File(path) as file:
        cells, energies = file["ECAL"][:showers], np.ravel(file["energy"][:showers])
    order = np.argsort(energies, kind="stable")
    order = order[: len(order) // 2 * 2].reshape(-1, 2)
    order = np.random.default_rng(1).permuted(order, axis=1)
    return tuple((cells[half], energies[half]) for half in order.T)


def shuffled(cells):
    """Each cell exchanged among groups of showers, which are in order of energy."""
    flat = cells.reshape(len(cells), -1).copy()
    random = np.random.default_rng(2)
    for first in range(0, len(flat), GROUP):
        flat[first:first + GROUP] = random.permuted(flat[first:first + GROUP], axis=0)
    return flat.reshape(cells.shape)


def shifted(cells):
    result = cells.copy()
    result[..., 10] = np.roll(cells[..., 10], 1, axis=1)
    return result


def smeared(cells):
    return cells * np.exp(0.1 * np.random.default_rng(3).standard_normal(cells.shape)).astype("f4")


CASES = {"same": lambda cells: cells, "scaled": lambda cells: cells * np.float32(1.03), "shifted": shifted,
         "smeared": smeared, "shuffled": shuffled}


def write(path, cells, energies):
    with h5py.File(path, "w") as file:
        file.create_dataset("ECAL", data=cells, chunks=(16,) + cells.shape[1:], compression="gzip", compression_opts=1,
                            shuffle=True)
        file["energy"] = energies.astype("f4")


def features(cells, energies):
    """What the classifier `high` sees, not standardised."""
    nx, ny, nz = cells.shape[1:]
    columns = []
    layers = cells.sum(axis=(1, 2), dtype="f8")
    safe = np.where(layers > 0, layers, 1)
    columns.append(layers / energies[:, None])
    centres, widths = [], []
    for axis, count in ((2, nx), (1, ny)):
        profile = cells.sum(axis=axis, dtype="f8")  # (showers, slice, layer)
        at = (np.arange(count) - count // 2)[None, :, None]
        centre = (profile * at).sum(axis=1) / safe
        centres.append(centre)
        widths.append(np.sqrt(np.maximum((profile * at**2).sum(axis=1) / safe - centre**2, 0)))
    columns += centres + widths
    columns += [layers.sum(axis=1, keepdims=True) / energies[:, None], np.log10(energies)[:, None]]
    return np.concatenate(columns, axis=1)


def dense(inputs, units):
    layer = nn.Linear(inputs, units)
    nn.init.xavier_uniform_(layer.weight)
    nn.init.zeros_(layer.bias)
    return layer


def mlp(width, units):
    return nn.Sequential(dense(width, units), nn.LeakyReLU(0.01), dense(units, units), nn.LeakyReLU(0.01),
                         dense(units, 1))


def convolution(inputs, outputs, kernel, stride):
    layer = nn.Conv3d(inputs, outputs, kernel, stride, kernel // 2)
    nn.init.kaiming_uniform_(layer.weight)
    nn.init.zeros_(layer.bias)
    return layer


class Block(nn.Module):
    def __init__(self, inputs, outputs, stride):
        super().__init__()
        self.first, self.second = convolution(inputs, outputs, 3, stride), convolution(outputs, outputs, 3, 1)
        self.skip = nn.Identity() if stride == 1 and inputs == outputs else convolution(inputs, outputs, 1, stride)
        self.act = nn.LeakyReLU(0.01)

    def forward(self, x):
        return self.act(self.second(self.act(self.first(x))) + self.skip(x))


class ImageNetwork(nn.Module):
    """The last number of a sample is log10 of the energy, the others are its cells."""

    def __init__(self, grid):
        super().__init__()
        self.grid = grid
        self.body = nn.Sequential(convolution(1, 16, 3, 2), nn.LeakyReLU(0.01), Block(16, 16, 1), Block(16, 16, 1),
                                  Block(16, 32, 2), Block(32, 32, 1))
        self.last = dense(33, 1)

    def forward(self, x):
        y = self.body(x[:, :-1].reshape(-1, 1, *self.grid)).mean(dim=(2, 3, 4))
        return self.last(torch.cat([y, x[:, -1:]], dim=1))


def inputs_of(name, reference, candidate):
    """(2 n, numbers) float32 for both sets, and the network for them."""
    cells = [np.where(c < THRESHOLD, np.float32(0), c) for c, _ in (reference, candidate)]
    energies = [e.astype("f8") for _, e in (reference, candidate)]
    if name == "high":
        tables = [features(c, e) for c, e in zip(cells, energies)]
        centre, scale = tables[0].mean(axis=0), tables[0].std(axis=0)
        scale[scale <= 1e-6 * abs(centre)] = 1
        data = (np.concatenate(tables) - centre) / scale
        return data.astype("f4"), lambda: mlp(data.shape[1], 256)
    count = len(cells[0])
    width = cells[0][0].size
    data = np.empty((2 * count, width + 1), dtype="f4")
    for i, (c, e) in enumerate(zip(cells, energies)):
        rows = slice(i * count, (i + 1) * count)
        flat = c.reshape(count, -1)
        data[rows, :-1] = flat * (100 / e[:, None]) if name == "low" else np.log10(1 + flat / THRESHOLD)
        data[rows, -1] = np.log10(e)
    grid = cells[0].shape[1:]
    return data, (lambda: mlp(width + 1, 512)) if name == "low" else (lambda: ImageNetwork(grid))


def area(scores, labels):
    """Area under the curve, ties counting half."""
    _, inverse, counts = np.unique(scores, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(counts) - (counts - 1) / 2)[inverse]
    positives = labels.sum()
    return float((ranks[labels].sum() - positives * (positives + 1) / 2) / (positives * (len(labels) - positives)))


def train(data, make_network, count, epochs, patience, seed):
    """Test AUC of one training, with the state of the epoch of lowest validation loss."""
    torch.manual_seed(seed)
    random = np.random.default_rng(seed)
    order = random.permutation(count)
    parts = [np.concatenate([part, part + count])
             for part in np.split(order, [3 * count // 5, 4 * count // 5])]
    labels = np.arange(2 * count) < count
    x, y = torch.from_numpy(data), torch.from_numpy(labels.astype("f4"))[:, None]
    network = make_network()
    optimiser = torch.optim.Adam(network.parameters(), lr=RATE, eps=EPSILON)
    loss = nn.BCEWithLogitsLoss()

    def run(rows):
        network.eval()
        with torch.no_grad():
            return torch.cat([network(x[rows[i:i + BATCH]]) for i in range(0, len(rows), BATCH)])

    best, best_epoch, state = np.inf, 0, None
    for epoch in range(epochs):
        network.train()
        rows = random.permutation(parts[0])
        for first in range(0, len(rows) // BATCH * BATCH, BATCH):
            batch = rows[first:first + BATCH]
            optimiser.zero_grad()
            loss(network(x[batch]), y[batch]).backward()
            optimiser.step()
        value = loss(run(parts[1]), y[parts[1]]).item()
        if value < best:
            best, best_epoch = value, epoch
            state = {k: v.clone() for k, v in network.state_dict().items()}
        if epoch - best_epoch >= patience:
            break
    network.load_state_dict(state)
    return area(run(parts[2])[:, 0].double().numpy(), labels[parts[2]]), epoch + 1


def torch_result(name, reference, candidate, seeds):
    data, make_network = inputs_of(name, reference, candidate)
    start = time.perf_counter()
    runs = [train(data, make_network, len(data) // 2, *LIMITS[name], seed) for seed in range(1, seeds + 1)]
    areas = [value for value, _ in runs]
    return {"value": float(np.median(areas)), "per_seed": areas, "epochs": [n for _, n in runs],
            "training_seconds": time.perf_counter() - start}


def own_results(arguments, reference, candidate, folder):
    report = folder / "report"
    subprocess.run([arguments.showergan, "validate", "--reference", reference, "--candidate", candidate,
                    "--detector", "clic-ecal", "--classifiers", ",".join(arguments.classifiers), "--threads", str(arguments.threads),
                    "-o", report, "--force", "--quiet"], check=True, stdout=subprocess.DEVNULL)
    metrics = json.loads((report / "metrics.json").read_text(encoding="utf-8"))
    return {name: metrics["metrics"][f"auc_{name}"] | metrics["classifiers"][f"auc_{name}"]
            for name in arguments.classifiers}


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--data", required=True, help="Monte Carlo showers (HDF5, ECAL and energy)")
    parser.add_argument("--showers", type=int, help="use only so many [all]")
    parser.add_argument("--showergan", default="build/release/showergan")
    parser.add_argument("--classifiers", nargs="+", choices=list(LIMITS), default=["high"])
    parser.add_argument("--cases", nargs="+", choices=list(CASES), default=list(CASES))
    parser.add_argument("--seeds", type=int, default=3, help="trainings in PyTorch; showergan has 3")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--no-peer", action="store_true", help="showergan only")
    parser.add_argument("--json", type=pathlib.Path, help="write all numbers to this file")
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    reference, other = halves(arguments.data, arguments.showers)
    results = {}
    print(f"{len(reference[1])} showers of each set, {arguments.threads} threads")
    print(f"{'case':<10} {'classifier':<10} {'showergan':>18} {'s':>8} {'PyTorch':>9} {'s':>8}", flush=True)
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        write(folder / "reference.h5", *reference)
        for case in arguments.cases:
            candidate = (CASES[case](other[0]), other[1])
            write(folder / "candidate.h5", *candidate)
            own = own_results(arguments, folder / "reference.h5", folder / "candidate.h5", folder)
            for classifier in arguments.classifiers:
                mine = own[classifier]
                peer = None if arguments.no_peer else torch_result(classifier, reference, candidate, arguments.seeds)
                results.setdefault(case, {})[classifier] = {"showergan": mine, "torch": peer}
                peer_text = f"{peer['value']:>9.4f} {peer['training_seconds']:>8.1f}" if peer else ""
                print(f"{case:<10} {classifier:<10} {mine['value']:>9.4f} +- {mine['uncertainty']:.4f}"
                      f" {mine['seconds']:>8.1f} {peer_text}", flush=True)
                if arguments.json:
                    arguments.json.write_text(json.dumps(results, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
