#!/usr/bin/env python3
"""Times ShowerGAN against PyTorch, ONNX Runtime and TensorFlow on this machine: a generator of 3DGAN, the same weights,
the same noise, one after the other and again, so that a busy machine is busy for all.

    bench/compare.py --showergan build/release/showergan --model 3dgan.onnx [--batch 128] [--threads 2] [--rounds 7]
    bench/compare.py --showergan build/release/showergan --model 3dgan.onnx --batch 1 --threads 1    one at a time
    bench/compare.py … --precisions f32,bf16,int8 --int8-model 3dgan-int8.onnx --json result.json    all of ours
    bench/compare.py … --peers torch,onnxruntime --settings float32 --best 2    fewer of the others

MODEL is written by `showergan convert models/3dgan.toml 3dgan.onnx` (seeded weights, good for timing) or by
`showergan convert generator.hdf5 3dgan.onnx --architecture 3dgan` (published weights); so are 3dgan-16 and 3dgan-angle.
Needs NumPy, h5py and ONNX, and what is to be compared: torch, onnxruntime, tensorflow. What is not compared is said,
with the reason: a peer that is not installed, a setting that fails or is slow. torch.compile needs a C++ compiler.

First every runtime makes the same showers. Differences from our float32 are printed: the largest of a cell, over the
largest cell; relative L2; and the deviation of the mean energy sum. In float32 a peer must agree within 1e-4 of the
largest cell. Then come the rounds, in each of which every setting is called --repeat times, and the median counts.

Prints a table: milliseconds per shower (median, fastest and slowest round), and how many times as long as ours that
is (median, least and most of the rounds, each with our time of the same round).
"""

import argparse
import json
import tempfile
from pathlib import Path

import h5py
import numpy as np

import machine
import rounds
from contest import PRECISIONS, Contest, Ours, add_options, names, run_showergan

PEERS = {"torch": "PyTorch", "onnxruntime": "ONNX Runtime", "tensorflow": "TensorFlow"}
TOLERANCE = 1e-4  # of the largest cell, for float32
ENERGIES, ANGLES = (100, 400), (1.1, 2.0)  # GeV, rad


def make_inputs(model, batch):
    """Noise and conditions, as the model file wants them."""
    import onnx
    width = {i.name: i.type.tensor_type.shape.dim[1].dim_value for i in onnx.load(model).graph.input}
    random = np.random.default_rng(1)
    noise = random.standard_normal((batch, width["noise"])).astype(np.float32)
    columns = [random.uniform(*limits, batch) for limits in (ENERGIES, ANGLES)[:width["condition"]]]
    return noise, np.stack(columns, 1).astype(np.float32)


def our_model(options, precision):
    """The file, and what else the command needs."""
    extra = [] if precision == "f32" else ["--precision", precision]
    return [options.int8_model if precision == "int8" else options.model, *extra]


def our_showers(options, precision, noise, condition):
    with tempfile.TemporaryDirectory() as folder:
        inputs, output = Path(folder) / "inputs.h5", Path(folder) / "showers.h5"
        with h5py.File(inputs, "w") as file:
            file["noise"] = noise
            file.update(dict(zip(("energy", "theta"), condition.T)))
        run_showergan(options.showergan, "generate", *our_model(options, precision), "--inputs", inputs, "-o", output,
                      "--quiet")
        with h5py.File(output) as file:
            return file["ECAL"][()]


def our_engine(options, precision):
    return Ours(options.showergan, ["generate", *our_model(options, precision), "--batch", options.batch,
                                    "--threads", options.threads, "--repeat", options.repeat])


def difference(showers, expected):
    showers, expected = showers.astype(np.float64), expected.astype(np.float64)
    error = showers - expected
    return {"largest": float(np.abs(error).max() / np.abs(expected).max()),
            "relative_l2": float(np.linalg.norm(error) / np.linalg.norm(expected)),
            "mean_energy": float(showers.sum() / expected.sum() - 1)}


class Agreement:
    """How far the showers of each runtime are from ours in float32."""

    def __init__(self, expected):
        self.expected, self.found = expected, {}

    def __call__(self, name, showers):
        found = self.found[name] = difference(showers, self.expected[:len(showers)])
        if name[1].startswith("float32") and not found["largest"] < TOLERANCE:
            raise SystemExit(f"{', '.join(name)}, and ShowerGAN disagree: {found['largest']:.2g} of the largest cell")


def assemble(options):
    """The contest, and the agreement of all who take part."""
    noise, condition = make_inputs(options.model, options.batch)
    agreement = Agreement(our_showers(options, "f32", noise, condition))
    contest = Contest(options, agreement)
    for precision in options.precisions:
        contest.add_ours(precision, our_engine(options, precision))
        agreement(("ShowerGAN", PRECISIONS[precision]), our_showers(options, precision, noise, condition))
    for key in options.peers:
        contest.add_peer(PEERS[key], f"{key}_peer", model=options.model, noise=noise, condition=condition)
    return contest, agreement


def show(options, contest, rows):
    version = next(iter(contest.ours.values())).result["version"]
    print(f"{Path(options.model).name} on {machine.processor()} ({', '.join(machine.instructions())}), ShowerGAN "
          f"{version}, threads: {options.threads}, batch: {options.batch}, rounds: {options.rounds}, of "
          f"{options.repeat} calls")
    titles = [*rounds.time_titles(contest.ours), "largest difference", "relative L2", "energy sum"]
    cells = [[*rounds.time_cells(row), f"{row['difference']['largest']:.1e}",
              f"{row['difference']['relative_l2']:.1e}", f"{row['difference']['mean_energy']:+.1e}"] for row in rows]
    rounds.print_table(titles, cells)
    for line in contest.remarks():
        print(line)


def parse_options():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--showergan", required=True, help="the executable")
    parser.add_argument("--model", required=True, help="a generator of 3DGAN as an ONNX file")
    parser.add_argument("--int8-model", help="the same, written by `showergan quantize`")
    parser.add_argument("--precisions", type=names(PRECISIONS), default=["f32"], help="of ours: f32,bf16,int8 [f32]")
    parser.add_argument("--peers", type=names(PEERS), default=list(PEERS), help="of torch,onnxruntime,tensorflow [all]")
    add_options(parser, batch=128, repeat=None)
    options = parser.parse_args()
    options.repeat = options.repeat or max(3, 48 // options.batch)
    if "int8" in options.precisions and not options.int8_model:
        parser.error("int8 needs --int8-model")
    return options


def main():
    options = parse_options()
    contest, agreement = assemble(options)
    times = rounds.alternate(contest.functions, options.rounds)
    ours = contest.our_times(times)
    rows = [{**rounds.row(name, times, ours), "difference": agreement.found[name]} for name in times]
    show(options, contest, rows)
    if options.json:
        machine.write_json(options, contest, rows)


if __name__ == "__main__":
    main()
