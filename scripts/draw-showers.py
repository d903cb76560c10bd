#!/usr/bin/env python3
"""Draws showers of similar energy from two shower files side by side, as docs/figures/showers.png.

    scripts/draw-showers.py mc.h5 showergan.h5 -o showers.png [--energy 200] [--names "Monte Carlo" showergan]

Cells above 0.3 MeV, coloured by energy. Needs NumPy, h5py and matplotlib.
"""
import argparse

import h5py
import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt
import numpy as np
from matplotlib.colors import LogNorm

THRESHOLD = 0.3  # MeV


def nearest_shower(path, energy):
    with h5py.File(path) as file:
        index = int(np.abs(file["energy"][()].ravel() - energy).argmin())
        return file["ECAL"][index] * 1e3, float(file["energy"][()].ravel()[index])


def draw(axes, cells, title):
    x, y, z = np.nonzero(cells > THRESHOLD)
    value = cells[x, y, z]
    order = np.argsort(value)  # the hottest in front
    dots = axes.scatter(z[order], x[order], y[order], c=value[order], s=4 + 10 * np.log10(value[order] / THRESHOLD),
                        norm=LogNorm(THRESHOLD, 200), cmap="viridis", marker="s", linewidths=0, alpha=0.85)
    axes.set(xlim=(0, 24), ylim=(0, 24), zlim=(0, 24), xlabel="layer", ylabel="x (cells)", zlabel="y (cells)")
    axes.set_title(title)
    axes.view_init(elev=18, azim=-62)
    return dots


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs=2)
    parser.add_argument("-o", "--output", required=True)
    parser.add_argument("--energy", type=float, default=200, help="of the primary, GeV")
    parser.add_argument("--names", nargs=2, default=["Monte Carlo", "model"])
    options = parser.parse_args()

    figure = plt.figure(figsize=(11, 5))
    for i, (path, name) in enumerate(zip(options.files, options.names)):
        cells, energy = nearest_shower(path, options.energy)
        axes = figure.add_subplot(1, 2, i + 1, projection="3d")
        dots = draw(axes, cells, f"{name}, electron of {energy:.0f} GeV")
    figure.subplots_adjust(left=0.0, right=0.88, wspace=0.05, top=0.95, bottom=0.05)
    colours = figure.add_axes((0.93, 0.2, 0.015, 0.6))
    figure.colorbar(dots, cax=colours, label="energy of a cell (MeV)")
    figure.savefig(options.output, dpi=90)


if __name__ == "__main__":
    main()
