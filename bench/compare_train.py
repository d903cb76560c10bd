#!/usr/bin/env python3
"""Times a training step of ShowerGAN against PyTorch's on this machine, one after the other and again; or compares the
memory that they need.

    bench/compare_train.py --showergan build/release/showergan [--recipe 3dgan] [--batch 64] [--threads 2] [--rounds 7]
    bench/compare_train.py --showergan build/release/showergan --recipe 3dgan-16 --precisions f32,bf16 --json FILE
    bench/compare_train.py --showergan build/release/showergan --memory --batch 128 --without compiled

The step is that of recipes/3dgan.toml (or 3dgan-16.toml) and bench/train_torch.py: the same networks, losses, updates
and optimiser, which tests/gan/step_fixture.py compares number by number. Showers are made up; reading is not timed.
Needs PyTorch; torch.compile needs a C++ compiler. What is not compared is said, with the reason.

Prints a table: milliseconds per shower (median, fastest and slowest round), and how many times as long as ours that is
(median, least and most of the rounds, each with our time of the same round). With --memory: the largest resident
memory of a process that takes two steps, how much of it was there before them (runtime and showers), and how many
times as much as ours it is.
"""

import argparse
import os
import subprocess

import machine
import rounds
from contest import PRECISIONS, Contest, Ours, add_options, is_chosen, names
from peers.worker import PeerError, Worker

RECIPES = ("3dgan", "3dgan-16")


def our_command(options, precision, repeat):
    extra = [] if precision == "f32" else ["--set", f"train.precision={precision}"]
    return ["train", options.recipe, "--batch", options.batch, "--threads", options.threads, "--repeat", repeat, *extra]


def our_peak(options, precision):
    """Bytes. The measuring process is small: a new process counts what the one that started it had."""
    command = [options.showergan, "bench", *our_command(options, precision, 1), "--json"]
    process = subprocess.Popen(list(map(str, command)), stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"{' '.join(map(str, command))}: exit status {os.waitstatus_to_exitcode(status)}")
    return usage.ru_maxrss * 1024


def torch_worker(options):
    return Worker("torch_training", recipe=options.recipe, batch=options.batch, threads=options.threads)


def torch_peak(options, setting):
    """Bytes before the steps and at most, in a process that does only this."""
    worker = torch_worker(options)
    before = worker.peak()
    worker.load(setting)
    after = worker.peak()
    worker.stop()
    return before, after


def torch_peaks(options, contest):
    """Rows of the table."""
    try:
        worker = torch_worker(options)
        worker.stop()
    except PeerError as error:
        contest.miss("PyTorch", error)
        return
    for setting in worker.settings:
        if is_chosen(setting, options):
            name = f"{worker.name} {worker.version}"
            rounds.progress(f"{name}, {setting}")
            try:
                before, after = torch_peak(options, setting)
                yield {"runtime": name, "setting": setting, "before": before, "peak": after}
            except PeerError as error:
                contest.miss(f"{name}, {setting}", error)


def compare_memory(options, contest):
    rows = [{"runtime": "ShowerGAN", "setting": PRECISIONS[precision], "peak": our_peak(options, precision)}
            for precision in options.precisions]
    ours = {precision: row["peak"] for precision, row in zip(options.precisions, rows)}
    rows += torch_peaks(options, contest)
    rounds.progress("")
    for row in rows:
        row["times_ours"] = {precision: row["peak"] / peak for precision, peak in ours.items()}
    cells = [[row["runtime"], row["setting"], f"{row['peak'] / 2**20:.0f}",
              f"{row['before'] / 2**20:.0f}" if "before" in row else "",
              *(f"{times:.2f}" for times in row["times_ours"].values())] for row in rows]
    rounds.print_table(["runtime", "setting", "peak, MiB", "before, MiB", *(f"times our {p}" for p in ours)], cells)
    return rows


def compare_times(options, contest):
    contest.add_peer("PyTorch", "torch_training", recipe=options.recipe, batch=options.batch)
    times = rounds.alternate(contest.functions, options.rounds)
    ours = contest.our_times(times)
    rows = [rounds.row(name, times, ours) for name in times]
    rounds.print_table(rounds.time_titles(ours), [rounds.time_cells(row) for row in rows])
    return rows


def parse_options():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--showergan", required=True, help="the executable")
    parser.add_argument("--recipe", choices=RECIPES, default=RECIPES[0], help="[%(default)s]")
    parser.add_argument("--precisions", type=names(["f32", "bf16"]), default=["f32"], help="of ours: f32,bf16 [f32]")
    parser.add_argument("--memory", action="store_true", help="compare the peak memory, not the time")
    add_options(parser, batch=64, repeat=1)
    return parser.parse_args()


def main():
    options = parse_options()
    contest = Contest(options, lambda name, result: None)
    for precision in options.precisions:
        contest.add_ours(precision, Ours(options.showergan, our_command(options, precision, options.repeat)))
    print(f"Training of {options.recipe} on {machine.processor()} ({', '.join(machine.instructions())}), threads: "
          f"{options.threads}, batch: {options.batch}", flush=True)
    rows = compare_memory(options, contest) if options.memory else compare_times(options, contest)
    for line in contest.remarks():
        print(line)
    if options.json:
        machine.write_json(options, contest, rows)


if __name__ == "__main__":
    main()
