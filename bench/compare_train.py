#!/usr/bin/env python3
"""Times a training step of model A of ShowerGAN against PyTorch's on this machine, one after the other and again.

    bench/compare_train.py --showergan build/release/showergan [--batch 32] [--threads 2] [--rounds 5]

The step is that of recipes/3dgan.toml and bench/train_torch.py: the same networks, losses, updates and optimiser, which
tests/gan/step_fixture.py compares number by number. Showers are made up; reading is not timed. Needs PyTorch.

Prints a table (milliseconds per shower: median, fastest and slowest round) and, with --json, one JSON object.
"""
import argparse
import json
import statistics
import subprocess
import time

import torch

from compare import processor
from train_torch import Step


def torch_milliseconds(step, batch):
    image = torch.relu(torch.randn(batch, 25, 25, 25)) * 0.1
    energy = torch.rand(batch, 1) * 4.9 + 0.1
    start = time.perf_counter()
    step(image, energy)
    return (time.perf_counter() - start) * 1e3 / batch


def showergan_milliseconds(options):
    command = [options.showergan, "bench", "train", "3dgan", "--batch", options.batch]
    command += ["--threads", options.threads, "--repeat", 1, "--json"]
    result = subprocess.run([str(word) for word in command], check=True, capture_output=True, text=True)
    return json.loads(result.stdout)["ms_per_shower_median"]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--showergan", required=True, help="the executable")
    parser.add_argument("--batch", type=int, default=32)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    name = f"PyTorch {torch.__version__}"
    peers = {name: Step(options.batch, memory_format=torch.contiguous_format)}
    peers[name + ", channels last"] = Step(options.batch)
    for step in peers.values():
        torch_milliseconds(step, options.batch)  # warms up

    times = {"ShowerGAN": [], **{name: [] for name in peers}}
    for _ in range(options.rounds):
        times["ShowerGAN"].append(showergan_milliseconds(options))
        for name, step in peers.items():
            times[name].append(torch_milliseconds(step, options.batch))

    ours = statistics.median(times["ShowerGAN"])
    rows = [{"runtime": name, "ms_median": statistics.median(t), "ms_fastest": min(t), "ms_slowest": max(t),
             "times_showergan": statistics.median(t) / ours} for name, t in times.items()]
    if options.json:
        print(json.dumps({"processor": processor(), "batch": options.batch, "threads": options.threads,
                          "rounds": options.rounds, "results": rows}))
        return
    print(f"{processor()}, {options.threads} threads, batch {options.batch}, {options.rounds} rounds, float32, training")
    print(f"{'runtime':<34}{'ms per shower':>14}{'fastest':>10}{'slowest':>10}{'ratio':>8}")
    for row in rows:
        print(f"{row['runtime']:<34}{row['ms_median']:>14.1f}{row['ms_fastest']:>10.1f}{row['ms_slowest']:>10.1f}"
              f"{row['times_showergan']:>8.2f}")


if __name__ == "__main__":
    main()
