#!/usr/bin/env python3
"""Compares generators that ShowerGAN and PyTorch have trained with the same recipe, metric by metric.

    bench/compare_trained.py --showergan build/release/showergan --reference geant4-test.h5 \\
        --ours runs/a1/checkpoints/step-00000200.h5 runs/a2/checkpoints/step-00000200.h5 ... \\
        --torch torch/a1/step-000200.pt torch/a2/step-000200.pt ...

Each checkpoint generates a shower for every energy of the reference (its last weights, no moving average), and
`showergan validate` compares them with the reference. Several checkpoints of a trainer (seeds, or neighbouring steps)
give a mean and a spread. Prints a table: metric, floor, mean and standard deviation of ours and of PyTorch's, and the
difference of the means in units of the spread of a single run (both spreads together); a positive one says that ours is
further from the reference. With --json FILE all values. The checkpoints of PyTorch are those of bench/train_torch.py.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile


def run(*words):
    subprocess.run([str(word) for word in words], check=True, stdout=subprocess.DEVNULL)


def metrics(options, showers, folder):
    report = os.path.join(folder, "report")
    run(options.showergan, "validate", "--reference", options.reference, "--candidate", showers,
        "--output", report, "--force", "--quiet")
    with open(os.path.join(report, "metrics.json"), encoding="utf-8") as file:
        return json.load(file)["metrics"]


def ours(options, checkpoint, folder):
    model, showers = os.path.join(folder, "model.onnx"), os.path.join(folder, "showers.h5")
    run(options.showergan, "convert", checkpoint, model, "--last", "--force", "--quiet")
    run(options.showergan, "generate", model, "--like", options.reference, "--output", showers, "--force", "--quiet")
    return metrics(options, showers, folder)


def torchs(options, checkpoint, folder):
    showers = os.path.join(folder, "showers.h5")
    script = os.path.join(os.path.dirname(__file__), "train_torch.py")
    run(sys.executable, script, "--out", folder, "--checkpoint", checkpoint, "--generate", options.reference,
        "--showers", showers)
    return metrics(options, showers, folder)


def mean_and_spread(values):
    return statistics.mean(values), statistics.stdev(values) if len(values) > 1 else float("nan")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--showergan", required=True, help="the executable")
    parser.add_argument("--reference", required=True, help="Monte Carlo showers that no training has seen")
    parser.add_argument("--ours", nargs="+", required=True, help="checkpoints of showergan train")
    parser.add_argument("--torch", nargs="+", required=True, help="checkpoints of bench/train_torch.py")
    parser.add_argument("--json", help="file for all values")
    options = parser.parse_args()

    results = {}
    with tempfile.TemporaryDirectory() as folder:
        for name, judge, checkpoints in (("ours", ours, options.ours), ("torch", torchs, options.torch)):
            results[name] = [judge(options, checkpoint, folder) for checkpoint in checkpoints]
    if options.json:
        with open(options.json, "w", encoding="utf-8") as file:
            json.dump(results, file, indent=1)

    row = "| {:<22} | {:>8} | {:>18} | {:>18} | {:>6} |".format
    print(row("metric", "floor", f"ShowerGAN ({len(options.ours)})", f"PyTorch ({len(options.torch)})", "differ"))
    print(row("---", "---", "---", "---", "---"))
    for name, first in results["ours"][0].items():
        values = {who: [r[name]["value"] for r in runs] for who, runs in results.items()}
        if None in values["ours"] + values["torch"]:
            continue  # a generator without anything to measure; --json has the reason
        (a, sa), (b, sb) = (mean_and_spread(values[who]) for who in ("ours", "torch"))
        spread = ((sa * sa + sb * sb) / 2) ** 0.5
        differ = (a - b) / spread if spread > 0 else float("nan")
        floor = first["floor"]
        print(row(f"`{name}`", f"{floor:.4f}", f"{a:.3f} ± {sa:.3f}", f"{b:.3f} ± {sb:.3f}", f"{differ:+.1f}"))


if __name__ == "__main__":
    main()
