"""The include rule: which module may include which, and where an outside library may be seen."""

import pathlib
import re

# A module of src/ -> the modules right before it. It may include these, what stands before them, and
# itself. In this order the modules are built.
MODULES = {
    "base": [],
    "shower": ["base"],
    "store": ["shower"],
    "nn/graph": ["base"],
    "nn/reference": ["nn/graph"],
    "nn/lowering": ["nn/reference"],
    "nn/kernel": ["nn/lowering"],
    "nn/plan": ["nn/kernel"],
    "flow": ["shower", "nn/graph"],
    "model": ["shower", "nn/plan", "flow"],
    "generate": ["shower", "nn/plan", "model"],
    "training": ["nn/plan"],
    "physics": ["shower", "training"],
    "layers": ["flow", "physics"],
    "cluster": ["base"],
    "gan": ["store", "model", "generate", "training", "cluster", "physics", "layers"],
    "montecarlo": ["base", "shower"],
    "search": ["gan"],
}

# A public header include/showergan/NAME -> the module that implements it.
PUBLIC_HEADERS = {
    "error.hpp": "base",
    "version.hpp": "base",
    "condition.hpp": "shower",
    "generator.hpp": "generate",
    "precision.hpp": "nn/kernel",
}

# Headers of an outside library -> the only places that may include them. A place "X" is src/X and
# tests/X; "*.cpp" is every source file, but no header.
OUTSIDE = {
    r"oneapi/dnnl/.*|dnnl.*": ["nn/kernel"],
    r"hwy/.*": ["base", "nn/kernel"],
    r"omp\.h": ["nn/kernel"],
    r"immintrin\.h": ["nn/kernel"],
    r"hdf5.*|H5.*\.h": ["store"],
    r"libdeflate\.h": ["store"],
    r"onnx/.*|onnx\.pb\.h|google/protobuf/.*": ["model"],
    r"Random123/.*": ["base"],
    r"mpi\.h": ["cluster"],
    r"sqlite3\.h": ["search"],
    r"CLI/.*": ["apps"],
    r"toml\+\+/.*": ["*.cpp"],
    r"nlohmann/.*": ["*.cpp"],
    r"gtest/.*|gmock/.*": ["tests"],
    r"fmt/.*": ["base", "shower", "store", "nn", "model", "generate", "training", "physics",
                "flow", "layers", "cluster", "gan", "montecarlo", "search", "apps", "tests", "bench"],
}

STANDARD = re.compile(r"[a-z0-9_]+")  # <vector>: no folder, no extension
SYSTEM = re.compile(r"(sys/[a-z]+|unistd|fcntl|spawn|sched|signal|pthread|time|dlfcn|termios)\.h")
INCLUDE = re.compile(r'\s*#\s*include\s*([<"])([^>"]+)[>"]')
FOLDERS = ["include", "src", "apps", "tests", "bench"]


def before(module):
    """All modules that `module` may include, itself among them."""
    seen, waiting = set(), [module]
    while waiting:
        current = waiting.pop()
        if current not in seen:
            seen.add(current)
            waiting.extend(MODULES[current])
    return seen


def module_of(path):
    """Module of a path inside src/ (or tests/, which mirrors it); None if there is none."""
    for module in sorted(MODULES, key=len, reverse=True):
        if path.startswith(module + "/"):
            return module
    return None


def included(text):
    """(line number, '<' or '"', name) of every #include."""
    for number, line in enumerate(text.splitlines(), 1):
        found = INCLUDE.match(line)
        if found:
            yield number, found[1], found[2]


def outside_problem(path, name):
    """Why the file `path` may not include <name>; None if it may."""
    if STANDARD.fullmatch(name):
        return None
    folder, _, inside = path.partition("/")
    if SYSTEM.fullmatch(name):
        return "a public header needs the standard library only" if folder == "include" else None
    for pattern, places in OUTSIDE.items():
        if not re.fullmatch(pattern, name):
            continue
        source = path.endswith(".cpp") and folder != "include"
        if "*.cpp" in places and source or folder in places:
            return None
        if folder in ("src", "tests") and any(inside.startswith(p + "/") for p in places):
            return None
        return "this library may be seen in " + ", ".join(places) + " only"
    return "an outside library that OUTSIDE in include_rule.py does not know"


def own_problem(root, path, name):
    """Why the file `path` may not include "name"; None if it may."""
    folder, _, inside = path.partition("/")
    if name.startswith("showergan/"):
        header = name.removeprefix("showergan/")
        target = PUBLIC_HEADERS.get(header)
        if target is None:
            return "a public header that PUBLIC_HEADERS in include_rule.py does not know"
        if not any((root / "include/showergan" / (header + end)).is_file() for end in ("", ".in")):
            return "there is no such public header"
    elif folder == "include":
        return "a public header includes public headers only"
    elif (root / "src" / name).is_file():
        target = module_of(name)
        if target is None:
            return "a folder of src/ that MODULES in include_rule.py does not know"
    elif folder == "src":
        return "there is no such file in src/"
    else:  # apps, tests, bench: a file beside this one, or of its own folder's tree
        beside = ((root / path).parent / name, root / folder / name)
        return None if any(p.is_file() for p in beside) else "there is no such file"
    if folder != "src":
        return None
    module = module_of(inside)
    if module is None:
        return "this file is in a folder that MODULES in include_rule.py does not know"
    if target not in before(module):
        return f"{module} may not use {target}, which does not stand before it"
    return None


def violations(root):
    """Every include under `root` that breaks the rule, as 'FILE:LINE: NAME: why'."""
    root = pathlib.Path(root)
    result = []
    for folder in FOLDERS:
        for file in sorted((root / folder).rglob("*.[ch]pp")):
            path = file.relative_to(root).as_posix()
            if path.startswith("tests/downstream/"):
                continue  # a project of its own, which sees what is installed
            for line, mark, name in included(file.read_text(encoding="utf-8")):
                problem = outside_problem(path, name) if mark == "<" else own_problem(root, path, name)
                if problem:
                    result.append(f"{path}:{line}: {name}: {problem}")
    return result
