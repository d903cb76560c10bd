"""Checks that every operator of nn::Operation is in each table, in the file of its own name."""

import pathlib
import re
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]

# A file that each operator has, and what stands in it for the operator of type {type}.
TABLES = {
    "src/nn/graph/{name}.hpp": [r"struct {type}\b"],
    "src/nn/graph/{name}.cpp": [],
    "src/nn/reference/{name}.cpp": [r"void forward\(const {type}&", r"void backward\(const {type}&"],
    "src/nn/kernel/{name}.cpp": [r"kernel_for\(const {type}&"],
    "src/model/onnx/{name}.cpp": [r"void write\(const (nn::)?{type}&"],
    "tests/nn/graph/{name}_test.cpp": [],
}


def operators(root):
    """Types of the variant nn::Operation."""
    text = (pathlib.Path(root) / "src/nn/graph/operation.hpp").read_text(encoding="utf-8")
    found = re.search(r"using Operation =\s*std::variant<([^>]*)>", text)
    return [name.strip() for name in found[1].split(",")] if found else []


def file_name(type_name):
    """Conv3dTranspose -> conv3d_transpose."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", type_name).lower()


def gaps(root):
    """What is missing, as 'FILE: why'."""
    result = []
    for type_name in operators(root):
        for template, patterns in TABLES.items():
            path = template.format(name=file_name(type_name))
            file = pathlib.Path(root, path)
            if not file.is_file():
                result.append(f"{path}: missing; {type_name} needs it")
                continue
            text = file.read_text(encoding="utf-8")
            for pattern in patterns:
                if not re.search(pattern.format(type=type_name), text):
                    result.append(f"{path}: nothing like '{pattern.format(type=type_name)}'")
    return result


class SourceTree(unittest.TestCase):
    def test_has_operators(self):
        self.assertGreater(len(operators(ROOT)), 20)

    def test_no_table_lacks_an_operator(self):
        self.assertEqual(gaps(ROOT), [])


class MadeUpTree(unittest.TestCase):
    def test_names(self):
        self.assertEqual(file_name("Conv3dTranspose"), "conv3d_transpose")
        self.assertEqual(file_name("Dense"), "dense")

    def test_missing_file_and_missing_function_are_found(self):
        files = {
            "src/nn/graph/operation.hpp": "using Operation =\n    std::variant<MaxPooling>;\n",
            "src/nn/graph/max_pooling.hpp": "struct MaxPooling {};",
            "src/nn/graph/max_pooling.cpp": "",
            "src/nn/reference/max_pooling.cpp": "void forward(const MaxPooling& op)",
            "src/nn/kernel/max_pooling.cpp": "Kernel kernel_for(const MaxPooling&, int)",
            "tests/nn/graph/max_pooling_test.cpp": "",
        }
        with tempfile.TemporaryDirectory() as folder:
            for path, text in files.items():
                file = pathlib.Path(folder, path)
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_text(text, encoding="utf-8")
            found = gaps(folder)
        self.assertEqual(len(found), 2, found)
        self.assertIn("backward", found[0])
        self.assertIn("src/model/onnx/max_pooling.cpp: missing", found[1])


if __name__ == "__main__":
    unittest.main()
