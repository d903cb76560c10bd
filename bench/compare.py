#!/usr/bin/env python3
"""Times ShowerGAN against PyTorch and ONNX Runtime on this machine: the generator of models/3dgan, the same
weights, the same noise, one after the other and again, so that a busy machine is busy for all.

    bench/compare.py --showergan build/release/showergan --model 3dgan.onnx [--batch 128] [--threads 2] [--rounds 7]

MODEL is written by `showergan convert models/3dgan.toml 3dgan.onnx` (seeded weights, good for timing) or by
`showergan convert generator.hdf5 3dgan.onnx --architecture 3dgan` (published weights). Needs NumPy and h5py,
and what is to be compared: torch, onnxruntime. A peer that is not installed is said to be missing.

Prints a table (milliseconds per shower: median, fastest and slowest round) and, with --json, one JSON object.
"""
import argparse
import json
import platform
import statistics
import subprocess
import tempfile
import time
from pathlib import Path

import h5py
import numpy as np

SLOPE = 0.3  # of the leaky ReLUs
EPSILON = 1e-3  # of the normalisations
TOLERANCE = 2e-5  # of the largest cell, for the runtimes to agree


def weights_of(model):
    """Initialisers of an ONNX file, by name."""
    import onnx
    from onnx import numpy_helper
    return {t.name: numpy_helper.to_array(t) for t in onnx.load(model).graph.initializer}


class TorchPeer:
    """The generator as one would write it in PyTorch; channels-first, inference mode."""

    def __init__(self, model, threads, channels_last):
        import torch
        torch.set_num_threads(threads)
        self.torch = torch
        self.memory_format = torch.channels_last_3d if channels_last else torch.contiguous_format
        self.name = f"PyTorch {torch.__version__}" + (", channels last" if channels_last else "")
        self.w = {name: torch.from_numpy(np.array(value)) for name, value in weights_of(model).items()}
        for name, value in self.w.items():
            if value.ndim == 5:
                self.w[name] = value.contiguous(memory_format=self.memory_format)

    def normalize(self, x, layer):
        return self.torch.nn.functional.batch_norm(
            x, self.w[f"{layer}/moving_mean"], self.w[f"{layer}/moving_variance"], self.w[f"{layer}/gamma"],
            self.w[f"{layer}/beta"], eps=EPSILON)

    def convolve(self, x, layer):
        return self.torch.nn.functional.conv3d(x, self.w[f"{layer}/kernel"], self.w.get(f"{layer}/bias"))

    def __call__(self, noise, energy):
        torch, f = self.torch, self.torch.nn.functional
        with torch.inference_mode():
            z = torch.from_numpy(noise) * (torch.from_numpy(energy) / 100)[:, None]
            x = f.linear(z, self.w["dense_1/kernel"], self.w["dense_1/bias"]).view(-1, 8, 7, 7, 8)
            x = x.contiguous(memory_format=self.memory_format)
            x = f.leaky_relu(self.convolve(f.pad(x, (3, 4, 2, 3, 2, 3)), "conv3d_1"), SLOPE)
            x = f.interpolate(self.normalize(x, "batch_normalization_1"), scale_factor=(2.0, 2.0, 2.0))
            x = f.leaky_relu(self.convolve(f.pad(x, (0, 0, 2, 2, 2, 2)), "conv3d_2"), SLOPE)
            x = f.interpolate(self.normalize(x, "batch_normalization_2"), scale_factor=(2.0, 2.0, 3.0))
            x = f.leaky_relu(self.convolve(f.pad(x, (3, 3, 0, 0, 1, 1)), "conv3d_3"), SLOPE)
            return f.relu(self.convolve(x, "conv3d_4"))[:, 0].numpy()


class OnnxRuntimePeer:
    """ONNX Runtime on the very file that ShowerGAN runs."""

    def __init__(self, model, threads):
        import onnxruntime
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        self.session = onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])
        self.name = f"ONNX Runtime {onnxruntime.__version__}"

    def __call__(self, noise, energy):
        return self.session.run(["shower"], {"noise": noise, "condition": energy[:, None]})[0]


def peers(model, threads):
    found, missing = [], []
    for make in (lambda: TorchPeer(model, threads, False), lambda: TorchPeer(model, threads, True),
                 lambda: OnnxRuntimePeer(model, threads)):
        try:
            found.append(make())
        except ImportError as error:
            missing.append(str(error))
    return found, sorted(set(missing))


def run_showergan(executable, arguments):
    return subprocess.run([executable, *map(str, arguments)], check=True, capture_output=True, text=True).stdout


def showergan_showers(executable, model, noise, energy):
    with tempfile.TemporaryDirectory() as folder:
        inputs, output = Path(folder) / "inputs.h5", Path(folder) / "showers.h5"
        with h5py.File(inputs, "w") as file:
            file["noise"], file["energy"] = noise, energy
        run_showergan(executable, ["generate", model, "--inputs", inputs, "-o", output, "--quiet"])
        with h5py.File(output) as file:
            return file["ECAL"][()]


def check_agreement(expected, name, showers):
    difference = np.abs(expected - showers).max() / np.abs(expected).max()
    if not difference < TOLERANCE:
        raise SystemExit(f"{name} and ShowerGAN disagree: {difference:.2g} of the largest cell")
    return float(difference)


def milliseconds(function, batch):
    start = time.perf_counter()
    function()
    return (time.perf_counter() - start) * 1e3 / batch


def processor():
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.split(":", 1)[1].strip()
    return platform.processor()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--showergan", required=True, help="the executable")
    parser.add_argument("--model", required=True, help="models/3dgan as an ONNX file")
    parser.add_argument("--batch", type=int, default=128)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()

    random = np.random.default_rng(1)
    noise = random.standard_normal((options.batch, 200)).astype(np.float32)
    energy = random.uniform(100, 400, options.batch).astype(np.float32)
    found, missing = peers(options.model, options.threads)
    expected = showergan_showers(options.showergan, options.model, noise, energy)
    differences = {peer.name: check_agreement(expected, peer.name, peer(noise, energy)) for peer in found}

    times = {"ShowerGAN": [], **{peer.name: [] for peer in found}}
    for _ in range(options.rounds):
        result = run_showergan(options.showergan, ["bench", "generate", options.model, "--batch", options.batch,
                                                   "--threads", options.threads, "--repeat", 3, "--json"])
        times["ShowerGAN"].append(json.loads(result)["ms_per_shower_median"])
        for peer in found:
            times[peer.name].append(
                statistics.median(milliseconds(lambda: peer(noise, energy), options.batch) for _ in range(3)))

    ours = statistics.median(times["ShowerGAN"])
    rows = [{"runtime": name, "ms_median": statistics.median(t), "ms_fastest": min(t), "ms_slowest": max(t),
             "times_showergan": statistics.median(t) / ours, "difference": differences.get(name, 0.0)}
            for name, t in times.items()]
    if options.json:
        print(json.dumps({"processor": processor(), "batch": options.batch, "threads": options.threads,
                          "rounds": options.rounds, "results": rows, "missing": missing}))
        return
    print(f"{processor()}, {options.threads} threads, batch {options.batch}, {options.rounds} rounds, float32")
    print(f"{'runtime':<34}{'ms per shower':>14}{'fastest':>10}{'slowest':>10}{'ratio':>8}{'differs by':>12}")
    for row in rows:
        print(f"{row['runtime']:<34}{row['ms_median']:>14.3f}{row['ms_fastest']:>10.3f}{row['ms_slowest']:>10.3f}"
              f"{row['times_showergan']:>8.2f}{row['difference']:>12.1e}")
    for name in missing:
        print(f"not compared: {name}")


if __name__ == "__main__":
    main()
