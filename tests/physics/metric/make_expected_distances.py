#!/usr/bin/env python3
"""Computes distances of two synthetic samples with the published implementations of the metrics.

The numbers are made of a hash, so that the C++ tests make the very same ones (hashed_numbers.hpp).
Written to expected_distances.json beside this file:

    pip install numpy prdc scikit-image jetnet
    python3 make_expected_distances.py
"""

import json
import pathlib
import warnings

import numpy as np
from jetnet.evaluation import fpd, kpd
from prdc import compute_prdc
from skimage.metrics import structural_similarity

ROWS = 2000
FEATURES = 6
NEIGHBOUR_ROWS = (400, 300)
GRID = (13, 12, 14)
MASK = (1 << 64) - 1


def splitmix(x):
    x = (x + 0x9E3779B97F4A7C15) & MASK
    x = ((x ^ (x >> 30)) * 0xBF58476D1CE4E5B9) & MASK
    x = ((x ^ (x >> 27)) * 0x94D049BB133111EB) & MASK
    return x ^ (x >> 31)


def uniform(key):
    """In [0, 1), with 24 bits: exact in float32 and in double."""
    return (splitmix(key) >> 40) / 2.0**24


def features(seed, rows, scale, shift):
    """(rows, FEATURES) sums of uniform numbers, one of which all features of a row share."""
    table = np.zeros((rows, FEATURES))
    for i in range(rows):
        base = (seed << 32) + (i << 8)
        common = uniform(base)
        for k in range(FEATURES):
            own = uniform(base + 1 + 2 * k) + uniform(base + 2 + 2 * k)
            table[i, k] = scale * (own + common) + shift * k
    return table


def image(seed, mixed):
    """Cells on GRID; a part `mixed` is that of the image of seed + 100."""
    values = []
    for i in range(GRID[0] * GRID[1] * GRID[2]):
        u = uniform((seed << 32) + i)
        v = uniform(((seed + 100) << 32) + i)
        values.append((1 - mixed) * (u * u * u * u) + mixed * (v * v * v * v))
    return np.array(values, np.float32).reshape(GRID)


def similarity(a, b, data_range):
    return structural_similarity(
        a.astype(np.float64),
        b.astype(np.float64),
        gaussian_weights=True,
        sigma=1.5,
        use_sample_covariance=False,
        data_range=data_range,
    )


def unbiased_discrepancy(x, y):
    """Squared maximum mean discrepancy with jetnet's kernel, of all rows."""
    scale = abs(x).max(0)
    x, y = x / scale, y / scale

    def kernel(a, b):
        return (a @ b.T / a.shape[1] + 1) ** 4

    def within(a):
        k = kernel(a, a)
        return (k.sum() - np.trace(k)) / (len(a) * (len(a) - 1))

    return within(x) + within(y) - 2 * kernel(x, y).mean()


def main():
    warnings.simplefilter("ignore")
    x = features(1, ROWS, 1.0, 0.0)
    y = features(2, ROWS, 1.05, 0.03)
    value, error = fpd(x, y, min_samples=ROWS // 4, max_samples=ROWS)
    kernel, kernel_error = kpd(x, y, batch_size=ROWS)
    n, m = NEIGHBOUR_ROWS
    a, b = image(1, 0.0), image(1, 0.3)
    fixture = {
        "fpd": {"value": value, "error": error},
        "kpd": {"value": kernel, "error": kernel_error, "unbiased": unbiased_discrepancy(x, y)},
        "neighbours": {k: float(v) for k, v in compute_prdc(x[:n], y[:m], nearest_k=5).items()},
        "ssim": {"mixed": similarity(a, b, 1.0), "other": similarity(a, image(2, 0.0), 0.5)},
    }
    path = pathlib.Path(__file__).with_name("expected_distances.json")
    path.write_text(json.dumps(fixture, indent=1) + "\n")


main()
