"""Checks the include rule on the source tree, and the check itself on made-up trees."""

import pathlib
import tempfile
import unittest

import include_rule

ROOT = pathlib.Path(__file__).resolve().parents[2]


def violations_of(files):
    """The rule's findings in a tree of {path: text}."""
    with tempfile.TemporaryDirectory() as folder:
        for path, text in files.items():
            file = pathlib.Path(folder, path)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
        return include_rule.violations(folder)


class SourceTree(unittest.TestCase):
    def test_keeps_the_rule(self):
        self.assertEqual(include_rule.violations(ROOT), [])

    def test_every_folder_is_a_module_and_stands_after_what_it_uses(self):
        names = list(include_rule.MODULES)
        for position, name in enumerate(names):
            for needed in include_rule.MODULES[name]:
                self.assertLess(names.index(needed), position, f"{name} uses {needed}")

    def test_is_large_enough_to_mean_something(self):
        self.assertGreater(len(list((ROOT / "src").rglob("*.cpp"))), 50)

    def test_all_public_headers_have_a_module(self):
        folder = ROOT / "include/showergan"
        headers = {p.name.removesuffix(".in") for p in folder.glob("*.hpp*")}
        self.assertEqual(headers, set(include_rule.PUBLIC_HEADERS))


class MadeUpTree(unittest.TestCase):
    def expect(self, files, *parts):
        found = violations_of(files)
        self.assertEqual(len(found), len(parts), found)
        for text, part in zip(found, parts):
            self.assertIn(part, text)

    def test_good_tree(self):
        self.expect({
            "include/showergan/error.hpp": "#include <string>\n",
            "src/base/text.hpp": '#include <vector>\n#include "showergan/error.hpp"\n',
            "src/shower/a.cpp": '#include <toml++/toml.h>\n#include "base/text.hpp"\n',
            "src/nn/kernel/k.cpp": "#include <oneapi/dnnl/dnnl.hpp>\n#include <unistd.h>\n",
            "tests/support/s.hpp": "",
            "tests/base/text_test.cpp": '#include <gtest/gtest.h>\n#include "support/s.hpp"\n',
            "apps/showergan/main.cpp": '#include <CLI/CLI.hpp>\n#include "base/text.hpp"\n',
        })

    def test_later_module(self):
        self.expect({"src/store/s.hpp": "", "src/shower/a.cpp": '\n#include "store/s.hpp"\n'},
                    "src/shower/a.cpp:2: store/s.hpp: shower may not use store")

    def test_parallel_module(self):
        self.expect({"src/store/s.hpp": "", "src/physics/a.cpp": '#include "store/s.hpp"\n'},
                    "physics may not use store")

    def test_subfolder_belongs_to_its_module(self):
        self.expect({"src/store/s.hpp": "", "src/physics/x/a.cpp": '  #  include "store/s.hpp"\n'},
                    "physics may not use store")

    def test_later_public_header(self):
        self.expect({"include/showergan/generator.hpp": "",
                     "src/base/a.cpp": '#include "showergan/generator.hpp"\n'},
                    "base may not use generate")

    def test_library_outside_its_folder(self):
        self.expect({"src/physics/a.cpp": "#include <hdf5.h>\n",
                     "src/base/b.hpp": "#include <oneapi/dnnl/dnnl.hpp>\n",
                     "apps/showergan/c.cpp": "#include <onnx.pb.h>\n",
                     "src/nn/plan/p.cpp": "#include <immintrin.h>\n",
                     "tests/base/d_test.cpp": "#include <mpi.h>\n"},
                    "b.hpp:1", "p.cpp:1", "a.cpp:1", "c.cpp:1", "d_test.cpp:1")

    def test_heavy_library_in_a_header(self):
        self.expect({"src/base/a.hpp": "#include <nlohmann/json.hpp>\n"}, "*.cpp only")

    def test_unknown_library(self):
        self.expect({"src/base/a.cpp": "#include <boost/any.hpp>\n"}, "does not know")

    def test_unknown_module(self):
        self.expect({"src/misc/a.hpp": "", "src/base/a.cpp": '#include "misc/a.hpp"\n',
                     "include/showergan/error.hpp": "",
                     "src/misc/b.cpp": '#include "showergan/error.hpp"\n'},
                    "src/base/a.cpp:1", "src/misc/b.cpp:1")

    def test_missing_files(self):
        self.expect({"src/base/a.cpp": '#include "base/none.hpp"\n#include "a.hpp"\n',
                     "src/base/a.hpp": "", "tests/base/b.cpp": '#include "none.hpp"\n',
                     "src/base/c.cpp": '#include "showergan/error.hpp"\n'},
                    "no such file", "no such file", "no such public header", "no such file")

    def test_public_header_sees_the_standard_library_only(self):
        self.expect({"src/base/a.hpp": "",
                     "include/showergan/error.hpp":
                         '#include "base/a.hpp"\n#include <fmt/format.h>\n#include <unistd.h>\n'},
                    "public headers only", "only", "standard library only")


if __name__ == "__main__":
    unittest.main()
