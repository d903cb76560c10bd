#!/usr/bin/env python3
"""Computes the metrics of two synthetic shower sets with NumPy, as an independent check.

The showers are made of whole numbers from a hash, so that the C++ test makes the very same ones
(synthetic_showers.hpp). Written to expected_metrics.json beside this file:

    python3 make_expected_metrics.py

With two arguments, HDF5 files with `ECAL` and `energy` (needs h5py), it prints the metrics of the
second against the first instead, with the layer weights of clic-ecal.
"""

import json
import pathlib
import sys

import numpy as np

GRID = (7, 6, 9)
SHOWERS = 900
MASK = (1 << 64) - 1


def splitmix(x):
    x = (x + 0x9E3779B97F4A7C15) & MASK
    x = ((x ^ (x >> 30)) * 0xBF58476D1CE4E5B9) & MASK
    x = ((x ^ (x >> 27)) * 0x94D049BB133111EB) & MASK
    return x ^ (x >> 31)


def uniform(key):
    """In [0, 1), with 24 bits: exact in float32 and in double."""
    return (splitmix(key) >> 40) / 2.0**24


def synthetic(seed, count, shift):
    """Cells (count, 7, 6, 9) in GeV and energies; `shift` distorts the depth and the scale."""
    nx, ny, nz = GRID
    energy = np.zeros(count, np.float32)
    cells = np.zeros((count, nx, ny, nz), np.float32)
    for i in range(count):
        base = (seed << 32) + (i << 12)
        energy[i] = 10 + 90 * uniform(base)
        start = 3 + shift + 2 * uniform(base + 1)
        for x in range(nx):
            for y in range(ny):
                for z in range(nz):
                    number = 2 + (x * ny + y) * nz + z
                    u = uniform(base + number)
                    # Multiplied out, so that C++ rounds the same way.
                    depth = z - start
                    d = 1 + (x - 3) * (x - 3) + (y - 3) * (y - 3) + 0.5 * (depth * depth)
                    scale = 0.002 * float(energy[i]) * (1 + 0.1 * shift)
                    cells[i, x, y, z] = scale * (u * u * u * u) / (d * d * d)
    return cells, energy


class Observables:
    def __init__(self, cells, energy, threshold, weights, cell_size):
        self.e = np.where(cells < np.float32(threshold), 0, cells).astype(np.float64)
        self.ep = energy.astype(np.float64)
        n, nx, ny, nz = self.e.shape
        self.sx = self.e.sum((2, 3))
        self.sy = self.e.sum((1, 3))
        self.sz = self.e.sum((1, 2))
        self.total = self.sz.sum(1)
        o = {"e_sum": self.total, "sampling_fraction": self.total / self.ep}
        o["response"] = (self.sz * weights).sum(1) / self.ep
        for axis, s in (("x", self.sx), ("y", self.sy), ("z", self.sz)):
            i = np.arange(s.shape[1])
            m1 = (s * i).sum(1) / self.total
            o["m1_" + axis] = m1
            o["m2_" + axis] = (s * (i - m1[:, None]) ** 2).sum(1) / self.total
        for keV in (70, 200, 300):
            o[f"hits_{keV}keV"] = (self.e > keV * 1e-6).sum((1, 2, 3)).astype(float)
        third = nz // 3
        o["third_1"] = self.sz[:, :third].sum(1) / self.total
        o["third_2"] = self.sz[:, third : 2 * third].sum(1) / self.total
        o["third_3"] = self.sz[:, 2 * third :].sum(1) / self.total
        dx = np.arange(nx) - nx // 2
        dy = np.arange(ny) - ny // 2
        far = (abs(dx)[:, None] > 6) | (abs(dy)[None, :] > 6)
        columns = self.e.sum(3)
        o["tail"] = columns[:, far].sum(1) / self.total
        o["max_cell"] = self.e.reshape(n, -1).max(1)
        o["log10_max_cell"] = np.log10(o["max_cell"])
        ring = np.rint(np.sqrt(dx[:, None] ** 2 + dy[None, :] ** 2)).astype(int)
        self.radial = np.stack([columns[:, ring == k].sum(1) for k in range(13)], 1)
        edges = np.logspace(-6, 0, 31)
        mip = np.linspace(0.05e-3, 0.5e-3, 46)
        self.wide = np.stack([np.histogram(s[s > 0], edges)[0] for s in self.e])
        self.mip = np.stack([np.histogram(s[s > 0], mip)[0] for s in self.e])
        self.o = o
        x = (np.arange(nx) - (nx - 1) / 2) * cell_size[0]
        with np.errstate(invalid="ignore", divide="ignore"):
            along = self.e.sum(2)
            centre = np.nan_to_num((along * x[None, :, None]).sum(1) / self.sz)
            square = np.nan_to_num((along * (x**2)[None, :, None]).sum(1) / self.sz)
        self.centre_x = centre
        self.width_x = np.sqrt(np.maximum(0, square - centre**2))
        del self.e

    def take(self, rows):
        other = object.__new__(Observables)
        for name in ("ep", "sx", "sy", "sz", "total", "radial", "wide", "mip"):
            setattr(other, name, getattr(self, name)[rows])
        other.o = {k: v[rows] for k, v in self.o.items()}
        return other


MOMENTS = ["m1_x", "m1_y", "m1_z", "m2_x", "m2_y", "m2_z"]
HITS = ["hits_70keV", "hits_200keV", "hits_300keV"]
THIRDS = ["third_1", "third_2", "third_3"]


def metrics(r, c, edges, allowed):
    def bin_of(s):
        return np.where(s.ep == edges[-1], len(edges) - 2, np.digitize(s.ep, edges) - 1)

    rb, cb = bin_of(r), bin_of(c)
    bins = [b for b in allowed]
    out = {}

    def residuals(name, b):
        x, y = r.ep[rb == b], r.o[name][rb == b]
        fit = np.polyfit(x, y, 1)
        return y - np.polyval(fit, x), c.o[name][cb == b] - np.polyval(fit, c.ep[cb == b])

    def mre(names):
        return np.mean(
            [
                abs(r.o[n][rb == b].mean() - c.o[n][cb == b].mean()) / r.o[n][rb == b].mean()
                for n in names
                for b in bins
            ]
        )

    out["sampling_fraction_mre"] = mre(["sampling_fraction"])
    out["response_mre"] = mre(["response"])
    deviations = []
    for b in bins:
        x, y = residuals("response", b)
        sr = np.subtract(*np.percentile(x, [84, 16])) / 2 / r.o["response"][rb == b].mean()
        sc = np.subtract(*np.percentile(y, [84, 16])) / 2 / c.o["response"][cb == b].mean()
        deviations.append(abs(sc - sr) / sr)
    out["resolution_mre"] = np.mean(deviations)
    for name, a, b in (("z", r.sz, c.sz), ("x", r.sx, c.sx), ("radial", r.radial, c.radial)):
        a, b = a.mean(0), b.mean(0)
        use = a >= 0.01 * r.total.mean()
        d = abs(a - b)[use] / a[use]
        out[f"profile_{name}_mean"], out[f"profile_{name}_max"] = d.mean(), d.max()
    t = r.o["tail"].mean()
    out["profile_tail"] = abs(t - c.o["tail"].mean()) / t if t > 0 else None

    def shift_width(names):
        shift, width = [], []
        for b in bins:
            for n in names:
                x, y = residuals(n, b)
                shift.append(abs(x.mean() - y.mean()) / x.std())
                width.append(abs(y.std() - x.std()) / x.std())
        return np.mean(shift), np.mean(width)

    out["moments_shift"], out["moments_width"] = shift_width(MOMENTS)
    out["hits_mre"] = mre(HITS)
    out["hits_width"] = shift_width(HITS)[1]
    for name in ("wide", "mip"):
        a, b = getattr(r, name), getattr(c, name)
        use = a.sum(0) >= 100
        a, b = a.mean(0)[use], b.mean(0)[use]
        out["spectrum_mre" if name == "wide" else "spectrum_mip"] = np.mean(abs(a - b) / a)

    def pooled(name):
        pairs = [residuals(name, b) for b in bins]
        return np.concatenate([p[0] for p in pairs]), np.concatenate([p[1] for p in pairs])

    separations = []
    for n in ["response"] + MOMENTS + HITS + THIRDS + ["log10_max_cell"]:
        x, y = pooled(n)
        lo, hi = np.percentile(x, [0.05, 99.95])
        lo, hi = lo - 0.1 * (hi - lo), hi + 0.1 * (hi - lo)
        h = [np.histogram(np.clip(v, lo, hi), 50, (lo, hi))[0] / len(v) for v in (x, y)]
        use = h[0] + h[1] > 0
        s = 0.5 * np.sum((h[0] - h[1])[use] ** 2 / (h[0] + h[1])[use])
        out[f"separation[{n}]"] = s
        separations.append(s)
    out["separation_mean"] = np.mean(separations)
    names = MOMENTS + ["response", "hits_300keV"] + THIRDS + ["log10_max_cell"]
    pairs = [pooled(n) for n in names]
    cr, cc = (np.corrcoef([p[i] for p in pairs]) for i in (0, 1))
    out["correlation_distance"] = np.mean(abs(cr - cc)[~np.eye(len(names), dtype=bool)])
    return out


def by_energy(s, size):
    rows = np.argsort(s.ep, kind="stable")
    n = len(rows)
    if size < n:
        rows = rows[((2 * np.arange(size) + 1) * n) // (2 * size)]
    return rows[: len(rows) // 2 * 2]


def compare(r, c):
    edges = np.linspace(r.ep.min(), r.ep.max(), 11)
    size = min(len(r.ep), len(c.ep))
    rr, cr = by_energy(r, size), by_energy(c, size)
    parts = [r.take(rr[0::2]), r.take(rr[1::2]), c.take(cr[0::2]), c.take(cr[1::2])]
    counts = np.min([np.histogram(p.ep, edges)[0] for p in parts], 0)
    allowed = np.nonzero(counts >= 20)[0]
    first, second = metrics(parts[0], parts[2], edges, allowed), metrics(parts[1], parts[3], edges, allowed)
    floor = metrics(parts[0], parts[1], edges, allowed)
    return {
        n: {
            "value": None if first[n] is None else (first[n] + second[n]) / 2,
            "floor": floor[n],
        }
        for n in floor
    }


def main():
    if len(sys.argv) == 3:
        import h5py

        weights = np.array([1.0] * 17 + [2.0] * 8)
        sets = []
        for name in sys.argv[1:]:
            with h5py.File(name) as f:
                sets.append(Observables(f["ECAL"][:], f["energy"][:], 1e-6, weights, (5.1, 5.1)))
        print(json.dumps(compare(*sets), indent=1))
        return
    weights = np.array([1.0] * 6 + [2.0] * 3)
    r = Observables(*synthetic(1, SHOWERS, 0), 1e-5, weights, (5.0, 4.0))
    c = Observables(*synthetic(2, SHOWERS - 100, 0.25), 1e-5, weights, (5.0, 4.0))
    fixture = {
        "metrics": compare(r, c),
        "first_shower": {k: v[0] for k, v in r.o.items()},
        "first_layer_centre_x": r.centre_x[0].tolist(),
        "first_layer_width_x": r.width_x[0].tolist(),
        "first_radial": r.radial[0].tolist(),
    }
    path = pathlib.Path(__file__).with_name("expected_metrics.json")
    path.write_text(json.dumps(fixture, indent=1) + "\n")


main()
