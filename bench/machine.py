"""What a measurement must say of the machine that it was made on."""

import datetime
import json
import platform
import shlex
import sys
from pathlib import Path

FLAGS = ["avx2", "avx512f", "avx512_vnni", "avx512_bf16", "amx_tile", "amx_bf16", "amx_int8"]


def cpuinfo(key):
    """The first value of a key of /proc/cpuinfo, or None."""
    path = Path("/proc/cpuinfo")
    for line in path.read_text(encoding="utf-8").splitlines() if path.exists() else []:
        name, _, value = line.partition(":")
        if name.strip() == key:
            return value.strip()
    return None


def processor():
    return cpuinfo("model name") or platform.processor()


def instructions():
    """Those of FLAGS that the processor has."""
    flags = (cpuinfo("flags") or "").split()
    return [flag for flag in FLAGS if flag in flags]


def description():
    """For JSON: processor, instructions, date and the command that is running."""
    now = datetime.datetime.now(datetime.timezone.utc).isoformat(timespec="seconds")
    family = {key: cpuinfo(key) for key in ("cpu family", "model", "stepping")}
    return {"processor": processor(), **family, "instructions": instructions(), "system": platform.platform(),
            "python": platform.python_version(), "date": now, "command": shlex.join(sys.argv)}


def write_json(options, contest, rows):
    """Everything about a comparison, to the file options.json."""
    showergan = {precision: engine.result for precision, engine in contest.ours.items()}
    result = {**description(), "options": vars(options), "showergan": showergan, "results": rows,
              "remarks": contest.remarks()}
    Path(options.json).write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
