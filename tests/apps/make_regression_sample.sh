#!/bin/sh
# Makes what physics_regression_test.cpp compares with: 60 showers of the embedded Monte Carlo at 10 GeV, and the metrics
# of 60 showers of showergan at the same energy. Run it when a change of the physics is meant:
#     tests/apps/make_regression_sample.sh build/release/showergan
set -eu

program=$(realpath "$1")
cd "$(dirname "$0")"
folder=$(mktemp -d)
trap 'rm -r "$folder"' EXIT
"$program" simulate --energy 10 -n 60 --seed 1 --output regression_sample.h5 --force --quiet
"$program" generate showergan --like regression_sample.h5 --seed 1 --output "$folder/showergan.h5" --quiet
cp regression_sample.h5 "$folder"
(cd "$folder" && "$program" validate --reference regression_sample.h5 --candidate showergan.h5 --output report --quiet >validate.txt)
cp "$folder/report/metrics.json" regression_metrics.json
