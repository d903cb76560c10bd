#!/usr/bin/env python3
"""Compares ONNX Runtime with our reference on every test network.

    onnxruntime_cases.py WRITER

WRITER is the executable onnx_cases, which writes the networks with inputs and expected outputs. The results must agree
within 1e-5 (relative L2 norm). Prints what does not; exit status 1 if there is anything. Needs Python 3 with numpy, h5py
and onnxruntime.
"""
import pathlib
import subprocess
import sys
import tempfile

import h5py
import numpy as np
import onnxruntime


def difference(model, arrays):
    session = onnxruntime.InferenceSession(str(model), providers=["CPUExecutionProvider"])
    names = [output.name for output in session.get_outputs()]
    feed = {value.name: arrays["inputs"][value.name][()] for value in session.get_inputs()}
    largest = 0.0
    for name, result in zip(names, session.run(names, feed)):
        wanted = arrays["outputs"][name][()]
        if result.shape != wanted.shape:
            raise ValueError(f"{name} is {result.shape}, not {wanted.shape}")
        scale = np.linalg.norm(wanted) or 1.0
        largest = max(largest, float(np.linalg.norm(result - wanted) / scale))
    return largest


def main():
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([sys.argv[1], folder], check=True)
        models = sorted(pathlib.Path(folder).glob("*.onnx"))
        for model in models:
            try:
                with h5py.File(model.with_suffix(".h5")) as arrays:
                    problem = difference(model, arrays)
                    problem = f"relative difference {problem:.1e}" if not problem < 1e-5 else None
            except Exception as error:  # whatever the other runtime objects to
                problem = str(error)
            if problem:
                failed += 1
                print(f"{model.stem}: {problem}")
    print(f"{len(models)} networks, {failed} differ")
    return 1 if failed or not models else 0


if __name__ == "__main__":
    sys.exit(main())
