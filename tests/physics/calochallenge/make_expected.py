#!/usr/bin/env python3
"""Evaluates two small synthetic sets in the CaloChallenge layout with NumPy, as an independent check.

The voxels are made of whole numbers from a hash, so that the C++ test makes the very same ones
(synthetic_voxels.hpp). Layers are cut differently, one is not cut in the angle, some layers and some
showers are empty. Written to expected.json beside this file:

    pip install numpy jetnet
    python3 make_expected.py

The observables, histograms and separation powers are those of the protocol (arXiv:2410.21611), for a
binning that is none of its data sets; the distances are those of the package jetnet. With --files it
also writes reference.h5 and candidate.h5 with their binnings for the command line (needs h5py):

    python3 make_expected.py --files FOLDER
"""

import json
import pathlib
import sys
import warnings

import numpy as np

# id, edges of the rings in mm, sectors
LAYERS = [(0, [0, 4, 10, 30], 1), (1, [0, 2, 5, 9, 20], 8), (2, [0, 3, 12], 10), (12, [0, 10, 50], 3)]
SHOWERS = 600
THRESHOLD = 1e-3  # MeV
MASK = (1 << 64) - 1


def splitmix(x):
    x = (x + 0x9E3779B97F4A7C15) & MASK
    x = ((x ^ (x >> 30)) * 0xBF58476D1CE4E5B9) & MASK
    x = ((x ^ (x >> 27)) * 0x94D049BB133111EB) & MASK
    return x ^ (x >> 31)


def uniform(key):
    """In [0, 1), with 24 bits: exact in float32 and in double."""
    return (splitmix(key) >> 40) / 2.0**24


def synthetic(seed, count, energy_seed, distortion):
    """Voxels (count, voxels) and primary energies (count, 1), both float32, in GeV.

    `distortion` changes the scale of all voxels and the radial fall. One shower in 29 is empty, and
    each layer of one in 8."""
    voxels = sum((len(edges) - 1) * sectors for _, edges, sectors in LAYERS)
    energy = np.zeros((count, 1), np.float32)
    showers = np.zeros((count, voxels), np.float32)
    for i in range(count):
        base = (seed << 32) + (i << 12)
        energy[i] = 1 + 63 * uniform((energy_seed << 32) + (i << 12))
        place = 0
        for number, (_, edges, sectors) in enumerate(LAYERS):
            empty = i % 29 == 7 or uniform(base + 3000 + number) < 0.125
            share = (0.1 + 0.3 * uniform(base + 2000 + number)) * (1 + distortion)
            for _ in range(sectors):
                for ring in range(len(edges) - 1):
                    u = uniform(base + 1 + place)
                    fall = 1 + (1 + distortion) * ring
                    cell = float(energy[i, 0]) * share * (u * u * u * u) / (fall * sectors)
                    # Small ones are noise, some of it below the threshold.
                    showers[i, place] = 0 if empty or u < 0.3 else cell * 0.01
                    place += 1
    return showers, energy


class Features:
    """Observables of each shower; energies in MeV, lengths in mm."""

    def __init__(self, showers, energy):
        mev = showers.astype(np.float64) / 1e-3
        mev[mev < THRESHOLD] = 0
        self.primary = energy[:, 0].astype(np.float64) / 1e-3
        self.voxels = mev
        self.total = mev.sum(1)
        self.layers = {}
        self.in_angle = []
        start = 0
        for number, edges, sectors in LAYERS:
            rings = len(edges) - 1
            e = mev[:, start : start + rings * sectors]
            start += rings * sectors
            self.layers[number] = self.layer(e, np.array(edges, float), sectors)
            if sectors > 1:
                self.in_angle.append(number)

    @staticmethod
    def layer(e, edges, sectors):
        radius = np.tile((edges[1:] + edges[:-1]) / 2, sectors)
        borders = np.linspace(-np.pi, np.pi, sectors + 1)
        angle = np.repeat((borders[1:] + borders[:-1]) / 2, len(edges) - 1)
        total = e.sum(1)

        def moments(x):
            with np.errstate(invalid="ignore"):
                mean = np.where(total > 0, (e * x).sum(1) / total, 0)
                # About the mean, which is another formula than that of the protocol.
                variance = np.where(
                    total > 0, (e * (x[None, :] - mean[:, None]) ** 2).sum(1) / total, 0)
            return mean, np.sqrt(variance)

        eta, width_eta = moments(radius * np.cos(angle))
        phi, width_phi = moments(radius * np.sin(angle))
        r, width_r = moments(radius)
        return {
            "e_layer": total,
            "centre_eta": eta,
            "centre_phi": phi,
            "width_eta": width_eta,
            "width_phi": width_phi,
            "sparsity": (e == 0).mean(1),
            "centre_r": r,
            "width_r": width_r,
        }

    def matrix(self, rows):
        def columns(name, layers):
            return np.stack([self.layers[n][name][rows] for n in layers], 1)

        everywhere = [number for number, _, _ in LAYERS]
        angular = [columns(n, self.in_angle) / 100
                   for n in ("centre_eta", "centre_phi", "width_eta", "width_phi")]
        return np.concatenate(
            [
                np.log10(self.primary[rows])[:, None],
                np.log10(columns("e_layer", everywhere) + 1e-8),
                *angular,
                np.log10(self.total[rows] + 1e-8)[:, None],
                columns("sparsity", everywhere),
                columns("centre_r", everywhere) / 100,
                columns("width_r", everywhere) / 100,
            ],
            axis=1,
        )


def observables(f):
    result = {"e_ratio": f.total / f.primary, "e_total": f.total}
    for name in ("e_layer", "centre_eta", "centre_phi", "width_eta", "width_phi", "sparsity",
                 "centre_r", "width_r"):
        for number in f.layers:
            if number in f.in_angle or name in ("e_layer", "sparsity", "centre_r", "width_r"):
                result[f"{name}_{number}"] = f.layers[number][name]
    return result


def logarithmic(high, count):
    """Edges from the threshold to the largest value, which is inside."""
    edges = np.logspace(np.log10(THRESHOLD), np.log10(high), count)
    edges[0], edges[-1] = THRESHOLD, high
    return edges


def edges_of(name, values):
    if name == "e_total" or name.startswith("e_layer"):
        return logarithmic(values.max(), 40)
    if name.startswith("sparsity"):
        number = int(name.rsplit("_", 1)[1])
        voxels = next((len(edges) - 1) * sectors for n, edges, sectors in LAYERS if n == number)
        group = -(-(voxels + 1) // 20)
        return (np.arange(0, voxels + 1 + group, group) - 0.5) / voxels
    low, high = np.quantile(values, [0.0005, 0.9995])
    return np.linspace(low - 0.1 * (high - low), high + 0.1 * (high - low), 101)


def separation(a, b, edges):
    p = np.histogram(a, edges)[0]
    q = np.histogram(b, edges)[0]
    p, q = p / p.sum(), q / q.sum()
    return 0.5 * ((p - q) ** 2 / (p + q + 1e-16)).sum()


def unbiased_discrepancy(x, y):
    """Squared maximum mean discrepancy with jetnet's kernel, of all rows."""

    def kernel(a, b):
        return (a @ b.T / a.shape[1] + 1) ** 4

    def within(a):
        k = kernel(a, a)
        return (k.sum() - np.trace(k)) / (len(a) * (len(a) - 1))

    return within(x) + within(y) - 2 * kernel(x, y).mean()


def occupied(*samples):
    return np.count_nonzero(sum(samples))


def entry(r, c, halves, edges):
    """Value, and the floor brought to its number of showers."""
    counts_r, counts_c = (np.histogram(x, edges)[0] for x in (r, c))
    scale = (1 + len(r) / len(c)) / 4 * occupied(counts_r, counts_c) / occupied(counts_r)
    return {
        "value": separation(r, c, edges),
        "floor": scale * separation(r[halves[0]], r[halves[1]], edges),
    }


def compare(r, c):
    order_r = np.argsort(r.primary, kind="stable")
    order_c = np.argsort(c.primary, kind="stable")
    halves = order_r[0::2], order_r[1::2]
    result = {}
    all_r, all_c = observables(r), observables(c)
    for name, values in all_r.items():
        result[name] = entry(values, all_c[name], halves, edges_of(name, values))
    result["e_voxel"] = entry(r.voxels, c.voxels, halves, logarithmic(r.voxels.max(), 50))
    return result, distances(r, c, order_r, order_c)


def distances(r, c, order_r, order_c):
    """Fréchet and kernel physics distance × 1,000, means over the halves; and the floors."""
    from jetnet.evaluation import fpd

    rows_r = [r.matrix(order_r[0::2]), r.matrix(order_r[1::2])]
    rows_c = [c.matrix(order_c[0::2]), c.matrix(order_c[1::2])]
    scale = np.abs(np.concatenate(rows_r)).max(0)
    rows_r = [x / scale for x in rows_r]
    rows_c = [x / scale for x in rows_c]
    n = len(rows_r[0])

    def frechet(a, b):
        return fpd(a, b, min_samples=n // 4, max_samples=n, normalise=False)[0]

    pairs = list(zip(rows_r, rows_c))
    return {
        "fpd": {"value": 1000 * np.mean([frechet(a, b) for a, b in pairs]),
                "floor": 1000 * frechet(*rows_r)},
        "kpd": {"value": 1000 * np.mean([unbiased_discrepancy(a, b) for a, b in pairs]),
                "floor": 1000 * unbiased_discrepancy(*rows_r)},
    }


def write_files(folder, sets):
    import h5py

    layers = "".join(
        f'<Layer id="{n}" r_edges="{",".join(map(str, e))}" n_bin_alpha="{s}"/>' for n, e, s in LAYERS)
    for name, (showers, energy) in sets.items():
        with h5py.File(folder / f"{name}.h5", "w") as file:
            file["showers"] = showers.astype(np.float64) * 1000
            file["incident_energies"] = energy.astype(np.float64) * 1000
        (folder / f"{name}.binning.xml").write_text(
            f'<Bins><Bin pid="11" name="electron">{layers}</Bin></Bins>\n')


def main():
    warnings.simplefilter("ignore")
    reference = synthetic(1, SHOWERS, 1, 0.0)
    candidate = synthetic(2, SHOWERS, 1, 0.3)
    if len(sys.argv) == 3 and sys.argv[1] == "--files":
        write_files(pathlib.Path(sys.argv[2]), {"reference": reference, "candidate": candidate})
        return
    r, c = Features(*reference), Features(*candidate)
    separations, physics_distances = compare(r, c)
    shower = 3
    fixture = {
        "separations": separations,
        "distances": physics_distances,
        "empty": [int((f.total == 0).sum()) for f in (r, c)],
        "shower": {name: float(values[shower]) for name, values in observables(r).items()},
        "features": [float(x) for x in r.matrix([shower])[0]],
    }
    path = pathlib.Path(__file__).with_name("expected.json")
    path.write_text(json.dumps(fixture, indent=1) + "\n", encoding="utf-8")


main()
