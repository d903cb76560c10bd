#!/usr/bin/env python3
"""How long it takes to compile the plans of models: every part and precision, for generation and for training.

Milliseconds of the slowest plan of a process that does nothing else, so that nothing is left from another one, as a
Markdown table. Exit status 1 if one takes longer than --limit.
"""

import argparse
import json
import subprocess
import sys
from pathlib import Path

MODELS = Path(__file__).resolve().parents[1] / "models"
PRECISIONS = ["f32", "bf16", "int8"]
INPUT_ERROR = 2


def compile_seconds(options, model, part, training, precision):
    """None if there is no such plan."""
    if training and precision == "int8" or part == "discriminator" and not model.endswith(".toml"):
        return None  # int8 is for generation, and a model file has one part
    command = [options.showergan, "bench", "layers", model, "--part", part, "--precision", precision, "--repeat", "1",
               "--json"]
    if training:
        command += ["--train", "--batch", str(options.batch)]
    finished = subprocess.run(command, capture_output=True, text=True)
    if finished.returncode == INPUT_ERROR:
        print(f"{model}, {part}, {precision}: {finished.stderr.strip()}", file=sys.stderr)
        return None
    if finished.returncode:
        raise SystemExit(f"{' '.join(command)}: {finished.stderr.strip()}")
    return json.loads(finished.stdout)["compile_s"]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("models", nargs="*", metavar="MODEL", help="definitions or ONNX files [all in models/]")
    parser.add_argument("--showergan", default="showergan", help="the executable [%(default)s]")
    parser.add_argument("--batch", type=int, default=16, help="showers of a training plan [%(default)s]")
    parser.add_argument("--limit", type=float, default=1, metavar="SECONDS", help="[%(default)s]")
    options = parser.parse_args()
    models = options.models or sorted(str(path) for end in ("toml", "onnx") for path in MODELS.glob(f"*.{end}"))
    slowest = 0
    print("| model | part | for | " + " | ".join(PRECISIONS) + " |\n|---|---|---" + "|---" * len(PRECISIONS) + "|")
    for model in models:
        for part in ("generator", "discriminator"):
            for training in (False, True):
                times = [compile_seconds(options, model, part, training, precision) for precision in PRECISIONS]
                if not any(times):
                    continue
                slowest = max(slowest, *(time for time in times if time))
                cells = ["–" if time is None else f"{1e3 * time:.1f}" for time in times]
                purpose = "training" if training else "generation" if part == "generator" else "scores"
                print(f"| {Path(model).name} | {part} | {purpose} | " + " | ".join(cells) + " |", flush=True)
    print(f"\nThe slowest plan takes {1e3 * slowest:.1f} ms.")
    return slowest > options.limit


if __name__ == "__main__":
    sys.exit(main())
