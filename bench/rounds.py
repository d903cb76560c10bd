"""Alternating measurements: every contestant once, then all again, so that a busy machine is busy for all."""

import statistics
import sys


def alternate(contestants, rounds):
    """Milliseconds of every round, by the contestants' names; a contestant is a function that gives milliseconds."""
    times = {name: [] for name in contestants}
    for number in range(1, rounds + 1):
        for name, measure in contestants.items():
            progress(f"round {number} of {rounds}: {', '.join(name)}")
            times[name].append(measure())
    progress("")
    return times


def progress(text):
    if sys.stderr.isatty():
        print(f"\r{text}\x1b[K", end="", file=sys.stderr, flush=True)


def ratio(times, base):
    """How many times as long as `base`, round by round: median, least, most."""
    ratios = [a / b for a, b in zip(times, base)]
    return {"median": statistics.median(ratios), "least": min(ratios), "most": max(ratios)}


def row(name, times, ours):
    """For JSON and the table. ours: our own times by precision."""
    t = times[name]
    return {"runtime": name[0], "setting": name[1], "ms_median": statistics.median(t), "ms_fastest": min(t),
            "ms_slowest": max(t), "ms": t, "times_ours": {key: ratio(t, base) for key, base in ours.items()}}


def time_cells(entry):
    """The cells of a row of the table for the times."""
    shown = [f"{entry[key]:.4g}" for key in ("ms_median", "ms_fastest", "ms_slowest")]
    ratios = [f"{r['median']:.2f} ({r['least']:.2f}–{r['most']:.2f})" for r in entry["times_ours"].values()]
    return [entry["runtime"], entry["setting"], *shown, *ratios]


def time_titles(ours):
    return ["runtime", "setting", "ms per shower", "fastest", "slowest", *(f"times our {key}" for key in ours)]


def print_table(titles, rows):
    """Aligned, and Markdown."""
    widths = [max(len(line[i]) for line in [titles, *rows]) for i in range(len(titles))]
    lines = [titles, ["-" * width for width in widths], *rows]
    for line in lines:
        print("| " + " | ".join(cell.ljust(width) for cell, width in zip(line, widths)) + " |")
