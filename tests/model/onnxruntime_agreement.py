#!/usr/bin/env python3
"""Runs a model file in ONNX Runtime and compares its results with expected ones.

    onnxruntime_agreement.py --model MODEL.onnx --expected EXPECTED.h5 [--images IMAGES.h5]

EXPECTED.h5 holds `noise`, `energy` and `ECAL` for a generator, or `generation`, `auxiliary` and `ecal` for a
discriminator, whose images are then `ECAL` of IMAGES.h5. Cells must agree within 2e-5 of the hottest one, the
discriminator's answers within 1e-5. Prints the differences; exit status 1 if one is too large. Needs Python 3 with
numpy, h5py and onnxruntime; checks the file with ONNX's checker where the package onnx is there.
"""
import argparse
import sys

import h5py
import numpy as np
import onnxruntime


def check(path):
    try:
        import onnx
    except ImportError:
        return
    onnx.checker.check_model(onnx.load(path), full_check=True)


def generator_feed(expected):
    return {"noise": expected["noise"][()].astype(np.float32),
            "condition": expected["energy"][()].astype(np.float32)[:, None]}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", required=True)
    parser.add_argument("--expected", required=True)
    parser.add_argument("--images")
    options = parser.parse_args()
    check(options.model)
    session = onnxruntime.InferenceSession(options.model, providers=["CPUExecutionProvider"])
    names = [output.name for output in session.get_outputs()]
    failed = False
    with h5py.File(options.expected) as expected:
        if options.images:
            with h5py.File(options.images) as images:
                results = session.run(names, {"image": images["ECAL"][()].astype(np.float32)})
        else:
            results = session.run(names, generator_feed(expected))
        for name, result in zip(names, results):
            wanted = expected["ECAL" if name == "shower" else name][()].reshape(result.shape)
            scale = np.abs(wanted).max() if name == "shower" else np.abs(wanted)
            difference = float(np.max(np.abs(result - wanted) / scale))
            limit = 2e-5 if name == "shower" else 1e-5
            failed |= not difference < limit
            print(f"{name}: relative difference {difference:.2e}, limit {limit:.0e}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
