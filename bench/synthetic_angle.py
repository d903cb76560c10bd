"""Made-up showers in the variable-angle layout of 3DGAN, to try models that need it.

    python synthetic_angle.py --out showers.h5 --count 400 --seed 1

No Monte Carlo: a gamma-distributed longitudinal and an exponential transverse profile along a tilted axis, whose
depth, width and energy fluctuate from shower to shower, with a Poisson-like scatter of the cells. Such a set shows
that a model of 51 x 51 x 25 cells trains; it says nothing about physics.

ECAL (N, 51, 51, 25) is in GeV * 50 as in the published files, energy (N) in GeV, theta (N) in rad: 60 to 120 degrees, the
angle with the y axis, so that 90 degrees is perpendicular to the layers. Needs NumPy and h5py.
"""

import argparse

import h5py
import numpy as np

CELLS, LAYERS, RADIUS = 51, 25, 2.0  # RADIUS: scale of the transverse profile, cells


def shower(random, energy, theta):
    depth = np.arange(LAYERS) + 0.5
    peak = 3.5 + 1.1 * np.log(energy) + random.normal(0, 0.8)  # layers
    slope = 0.5 * np.exp(random.normal(0, 0.1))
    along = depth ** (slope * peak) * np.exp(-slope * depth)
    along *= 0.02 * energy * np.exp(random.normal(0, 0.1 / np.sqrt(energy / 10))) / along.sum()
    middle = CELLS // 2 + random.uniform(-0.5, 0.5, 2)
    x = np.arange(CELLS)[:, None, None] - middle[0]
    y = np.arange(CELLS)[None, :, None] - middle[1] - (depth - peak) / np.tan(theta)
    width = RADIUS * (0.5 + depth / LAYERS) * np.exp(random.normal(0, 0.1))
    mean = np.exp(-np.hypot(x, y) / width)
    mean *= along / mean.sum((0, 1))
    hit = 1.5e-4  # GeV, the energy of one particle in a cell
    return random.poisson(mean / hit) * hit * random.gamma(4, 0.25, mean.shape)


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--out", required=True)
    p.add_argument("--count", type=int, default=400)
    p.add_argument("--seed", type=int, default=1)
    a = p.parse_args()
    random = np.random.default_rng(a.seed)
    energy = random.uniform(10, 500, a.count)
    theta = np.radians(random.uniform(60, 120, a.count))
    with h5py.File(a.out, "w") as f:
        shape = (a.count, CELLS, CELLS, LAYERS)
        image = f.create_dataset(
            "ECAL", shape, "f4", chunks=(16, *shape[1:]), compression="gzip", compression_opts=4, shuffle=True
        )
        for i in range(a.count):
            image[i] = 50 * shower(random, energy[i], theta[i])
        f["energy"], f["theta"] = energy.astype("f4"), theta.astype("f4")
        f.attrs["source"] = "made up by bench/synthetic_angle.py: no Monte Carlo"


if __name__ == "__main__":
    main()
