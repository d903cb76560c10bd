#!/usr/bin/env python3
"""Puts what was measured into the card of a trained model.

    showergan generate runs/a/generator.onnx --like geant4-test.h5 -o gan.h5
    showergan validate --reference geant4-test.h5 --candidate gan.h5 -o report
    showergan validate --reference geant4.h5 --summarize monte-carlo.json --ms-per-shower 1567
    bench/model_card.py --card models/3dgan-clic.card.json --metrics report/metrics.json \\
        --monte-carlo monte-carlo.json --recipe runs/a/recipe.toml
    showergan convert runs/a/checkpoints/best.h5 models/3dgan-clic.onnx --card models/3dgan-clic.card.json

The card is a JSON object whose texts (name, description, weaknesses, …) a person has written; this script replaces
`recipe`, `metrics_on_test_file` and `monte_carlo`. Numbers keep four digits.
"""

import argparse
import json


def rounded(value):
    return float(f"{value:.4g}") if isinstance(value, float) else value


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--card", required=True, help="card to change")
    parser.add_argument("--metrics", required=True, help="metrics.json of showergan validate --reference")
    parser.add_argument("--monte-carlo", required=True, help="file of showergan validate --summarize")
    parser.add_argument("--recipe", required=True, help="recipe.toml of the run")
    options = parser.parse_args()

    def load(path):
        with open(path, encoding="utf-8") as file:
            return json.load(file)

    card = load(options.card)
    metrics = load(options.metrics)["metrics"]
    measured = {name: m for name, m in metrics.items() if m["value"] is not None}
    card["metrics_on_test_file"] = {
        "showers": 2 * max(m["showers"] for m in measured.values()),
        "note": "value (floor), one half of the showers of a set against one half of the other, the mean over two halves",
        "values": {name: [rounded(m["value"]), rounded(m["floor"])] for name, m in measured.items()},
    }
    card["monte_carlo"] = load(options.monte_carlo)["monte_carlo"]
    with open(options.recipe, encoding="utf-8") as file:
        card["recipe"] = file.read().splitlines()
    with open(options.card, "w", encoding="utf-8") as file:
        json.dump(card, file, indent=1, ensure_ascii=False)
        file.write("\n")


if __name__ == "__main__":
    main()
