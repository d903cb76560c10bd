"""Checks what is in the repository: no large or generated files, no unfinished work, no paths of
somebody's machine."""

import pathlib
import re
import subprocess
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
LARGEST = 5_000_000  # bytes

# In two pieces each, so that this file may be checked like all the others.
UNWANTED = {
    "unfinished work": re.compile(r"\b(TO" r"DO|FIX" r"ME|XX" r"X|SCAF" r"FOLD)\b"),
    "a path of one machine": re.compile(r"(?<![\w./$}])/(ho" r"me|wo" r"rk|ro" r"ot|Us" r"ers)/\w"),
    "a merge conflict": re.compile(r"^(<<<<" r"<<<|>>>>" r">>>) ", re.MULTILINE),
}
GENERATED = re.compile(r"(\.(o|a|so|pyc|pb\.cc|pb\.h)|/CMakeCache\.txt|/build\.ninja)$")


def files_of(root):
    """Files that git has or would add; every file where git is not to be had."""
    command = ["git", "-c", "safe.directory=*", "-C", str(root), "ls-files", "-z", "--cached",
               "--others", "--exclude-standard"]
    try:
        listed = subprocess.run(command, capture_output=True, check=True).stdout.decode()
        names = [n for n in listed.split("\0") if n]
    except (OSError, subprocess.CalledProcessError):
        names = [p.relative_to(root).as_posix() for p in root.rglob("*")]
        names = [n for n in names if not n.startswith(("build/", ".git/"))]
    return [root / n for n in names if (root / n).is_file()]


def findings(root):
    """What should not be there, as 'FILE:LINE: what'."""
    root = pathlib.Path(root)
    result = []
    for file in files_of(root):
        path = file.relative_to(root).as_posix()
        content = file.read_bytes()
        if len(content) > LARGEST:
            result.append(f"{path}:0: {len(content)} bytes, more than {LARGEST}")
        if GENERATED.search("/" + path):
            result.append(f"{path}:0: a generated file")
        if b"\0" in content:
            continue
        text = content.decode("utf-8", errors="replace")
        for what, pattern in UNWANTED.items():
            for found in pattern.finditer(text):
                line = text.count("\n", 0, found.start()) + 1
                result.append(f"{path}:{line}: {what}: {found[0].strip()}")
    return sorted(result)


class Repository(unittest.TestCase):
    def test_holds_nothing_unwanted(self):
        self.assertEqual(findings(ROOT), [])

    def test_is_seen(self):
        self.assertIn(ROOT / "CMakeLists.txt", files_of(ROOT))


class MadeUpFolder(unittest.TestCase):
    def test_everything_unwanted_is_found(self):
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name)
            (folder / "a.cpp").write_text("int a;\n// TO" "DO: more\n", encoding="utf-8")
            (folder / "b.md").write_text("See /ho" "me/somebody/b\n", encoding="utf-8")
            (folder / "c.o").write_bytes(b"\0")
            (folder / "d.bin").write_bytes(b"\0" * (LARGEST + 1))
            (folder / "e.md").write_text("tests/work/e and /usr/include are fine\n", encoding="utf-8")
            found = findings(folder)
        starts = [f.split(": ")[0] for f in found]
        self.assertEqual(starts, ["a.cpp:2", "b.md:1", "c.o:0", "d.bin:0"])


if __name__ == "__main__":
    unittest.main()
