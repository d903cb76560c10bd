#!/usr/bin/env python3
"""Fits the correction of src/montecarlo/scaled_bremsstrahlung.cpp to tabulated bremsstrahlung cross-sections.

    bench/fit_bremsstrahlung.py --tables FOLDER [--soft FILE] [--write src/montecarlo/bremsstrahlung_coefficients.hpp]

FOLDER holds the scaled cross-sections χ = (β²/Z²) k dσ/dk, millibarn, by element, as EGSnrc's users pass them around:
PREFIX_grid (numbers of elements, electron energies and photon energies; kinetic energies in MeV; κ = k/T) and PREFIX_Z
(χ by energy, then κ), with PREFIX nist_brems (Seltzer and Berger, At. Data Nucl. Data Tables 35 (1986) 345, the tables
that Geant4's G4SeltzerBergerModel and NIST's ESTAR read) or nrc_brems (Tessier and Kawrakow, Nucl. Instrum. Meth. B 266
(2008) 625: the same to 0.1 % from κ = 0.1 on; at the soft end the electron-electron part differs). The tables stay
where they are: what comes into ShowerGAN are the coefficients of a smooth function of Z, T and κ.

The coefficients in the repository were fitted to nrc_brems, with --soft: lines `Z χ(κ = 0, T₁) χ(κ = 0, T₂) …` of the
NIST tables for Z = 6 and 74. χ at κ = 0 is multiplied by the ratio of the two tables, interpolated in ln Z.

The fitted function is that of scaled_bremsstrahlung.hpp: an analytic cross-section times exp(Σ c P_i(T) Q_j(κ) R_l(Z)),
with Chebyshev polynomials P of ln T (1 keV … 1 GeV) and R of Z^⅓ (1 … 92), and Q seven Chebyshev polynomials of κ, then
v, v² and v⁴ with v = m / (m + T - k) for the tip of the spectrum, and exp(-40 κ) for its soft end. Terms with
i/12 + order_j + l/4 > 1.2 are left out. Prints the deviation of the fit from the table by element and decade.
Needs NumPy; format what is written with clang-format-14 -i.
"""

import argparse
from pathlib import Path

import numpy as np

MASS, ALPHA, ALPHA_R2 = 0.51099895, 1 / 137.035999084, 0.5794674  # MeV, 1, millibarn
ELEMENTS = [1, 2, 3, 4, 6, 8, 11, 14, 18, 22, 26, 29, 35, 42, 47, 53, 60, 67, 74, 79, 82, 88, 92]
ENERGY_ORDER, PHOTON_ORDER, ELEMENT_ORDER = 12, 6, 4
TIP_POWERS = (1, 2, 4)
PHOTON_ORDERS = [j / PHOTON_ORDER for j in range(PHOTON_ORDER + 1)] + [0.35] * len(TIP_POWERS) + [0.5]
LARGEST_ORDER = 1.2
RIDGE = 0.03
HEADER = """#pragma once

#include <array>

namespace showergan::montecarlo {{

/// Coefficients of the correction of ScaledBremsstrahlung, the term (i, j, l) in the order of i, j, l,
/// l fastest. Written by bench/fit_bremsstrahlung.py, which says what they were fitted to.
inline constexpr std::array<double, {}> bremsstrahlung_coefficients = {{{}}};

}}  // namespace showergan::montecarlo
"""
PHOTON_GRID = [0, *np.arange(0.05, 0.9001, 0.05), 0.925, 0.95, 0.97, 0.99, 0.995, 0.999, 0.9995, 0.9999, 1]


def analytic(z, energy, kappa):
    """The part before the exponential, millibarn."""
    k = np.maximum(kappa, 1e-6) * energy
    rest = np.maximum(energy - k, 1e-7 * energy)
    e1, e2 = energy + MASS, rest + MASS
    p1, p2 = (np.sqrt(t * (t + 2 * MASS)) for t in (energy, rest))
    b1, b2 = p1 / e1, p2 / e2
    recoil = (MASS * k / (e1 * e2 + p1 * p2 - MASS**2))**2
    screening = (np.cbrt(z) / 184.15)**2
    c = np.exp((b1 * b2)**2)
    logarithm = 0.5 * np.log((1 + screening + (c - 1) * recoil) / (c * recoil + screening))
    a = 2 * np.pi * ALPHA * z
    elwert = b1 * np.expm1(-a / b1) / (b2 * np.expm1(-a / b2))
    r = e2 / e1
    return 4 * ALPHA_R2 * (1 + r * r - r / 1.5) * logarithm * elwert * (1 + 1.2 / z * (b1 * b2)**2)


def terms(z, energy, kappa):
    """The values of the terms that are kept, by row, in the order of the coefficients: i, then j, then l."""
    chebyshev = np.polynomial.chebyshev.chebvander
    p = chebyshev(np.log(energy / 1e-3) / np.log(1e6) * 2 - 1, ENERGY_ORDER)
    v = MASS / (MASS + np.maximum(1 - kappa, 1e-7) * energy)
    q = np.column_stack([chebyshev(2 * kappa - 1, PHOTON_ORDER), *(v**n for n in TIP_POWERS), np.exp(-40 * kappa)])
    r = chebyshev((np.cbrt(z) - 1) / (np.cbrt(92) - 1) * 2 - 1, ELEMENT_ORDER)
    return np.column_stack([p[:, i] * q[:, j] * r[:, l] for i in range(ENERGY_ORDER + 1)
                            for j, order in enumerate(PHOTON_ORDERS) for l in range(ELEMENT_ORDER + 1)
                            if i / ENERGY_ORDER + order + l / ELEMENT_ORDER < LARGEST_ORDER + 1e-9])


class Tables:
    def __init__(self, folder, soft):
        grid = next(folder.glob("*_brems_grid"))
        numbers = [float(word) for word in grid.read_text().split()]
        self.prefix, energies = str(grid)[:-len("grid")], int(numbers[1])
        self.energy, self.kappa = np.array(numbers[3:3 + energies]), np.array(numbers[3 + energies:])
        self.soft = {}
        for line in soft.read_text().splitlines() if soft else ():
            z, *values = line.split()
            size = min(len(values), energies)
            ratio = np.ones(energies)
            ratio[:size] = np.array(values[:size], float) / self.read(int(z))[:size, 0]
            self.soft[int(z)] = ratio

    def read(self, z):
        values = np.array(Path(f"{self.prefix}{z}").read_text().split(), float)
        return values.reshape(len(self.energy), len(self.kappa))

    def at_grid(self, z):
        """χ by energy up to 1 GeV and PHOTON_GRID; between the table's points linear in ln κ."""
        table = self.read(z)
        inner = [[np.interp(np.log(k), np.log(self.kappa[1:]), row[1:]) for k in PHOTON_GRID[1:]] for row in table]
        values = np.column_stack([table[:, 0], inner])
        if self.soft:
            known = sorted(self.soft)
            ratios = np.array([self.soft[k] for k in known])
            values[:, 0] *= [np.interp(np.log(z), np.log(known), column) for column in ratios.T]
        return values[self.energy <= 1000]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tables", type=Path, required=True)
    parser.add_argument("--soft", type=Path)
    parser.add_argument("--write", type=Path)
    options = parser.parse_args()
    tables = Tables(options.tables, options.soft)
    energies = tables.energy[tables.energy <= 1000]
    energy, kappa = (a.ravel() for a in np.meshgrid(energies, PHOTON_GRID, indexing="ij"))
    z = np.repeat(ELEMENTS, len(energy)).astype(float)
    energy, kappa = np.tile(energy, len(ELEMENTS)), np.tile(kappa, len(ELEMENTS))
    target = np.log(np.concatenate([tables.at_grid(element).ravel() for element in ELEMENTS]))
    target -= np.log(analytic(z, energy, kappa))
    # Showers ask little of the lowest energies, of the last percent before the tip, and of hydrogen to beryllium.
    weight = np.where(energy < 0.05, 0.3, 1) * np.where(kappa > 0.992, 0.3, 1) * np.where(z < 5, 0.3, 1)
    values = terms(z, energy, kappa)
    # At low energies v is 1 almost everywhere, so that its powers are hardly told apart: a slight preference for small
    # coefficients keeps them from cancelling each other.
    matrix = np.vstack([values * weight[:, None], RIDGE * np.eye(values.shape[1])])
    wanted = np.append(target * weight, np.zeros(values.shape[1]))
    coefficients = np.linalg.lstsq(matrix, wanted, rcond=None)[0].round(5)
    error = values @ coefficients - target
    print(f"{len(coefficients)} coefficients; deviation in % (root mean square, largest; κ < 0.98)")
    for element in (6, 8, 14, 29, 47, 74, 82, 92):
        row = []
        for low in (1e-3, 1e-2, 1e-1, 1, 10, 100):
            chosen = error[(z == element) & (energy >= low) & (energy <= 10 * low) & (kappa < 0.98)] * 100
            row.append(f"{np.sqrt((chosen**2).mean()):5.2f} {abs(chosen).max():4.1f}")
        print(f"Z = {element:2}: " + " | ".join(row))
    if options.write:
        options.write.write_text(HEADER.format(len(coefficients), ", ".join(f"{c:.5f}" for c in coefficients)))


if __name__ == "__main__":
    main()
