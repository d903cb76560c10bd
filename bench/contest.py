"""Who takes part in a comparison: our engine in its precisions, and the settings of the peers, ready to be timed."""

import argparse
import json
import statistics
import subprocess
import sys

from peers.worker import PeerError, Worker
from rounds import progress

PRECISIONS = {"f32": "float32", "bf16": "bf16", "int8": "int8"}
SLOW = 8  # times the fastest setting of the same peer and precision: not worth the rounds


def run_showergan(executable, *words):
    """Standard output; ends the comparison with the error message if it fails."""
    command = [executable, *map(str, words)]
    finished = subprocess.run(command, capture_output=True, text=True)
    if finished.returncode:
        raise SystemExit(f"{' '.join(command)}: {finished.stderr.strip()}")
    return finished.stdout


def is_chosen(setting, options):
    """By --settings and --without."""
    return any(text in setting for text in options.settings) and not any(text in setting for text in options.without)


class Ours:
    """The engine, in one precision. command: of `showergan bench`, without --json."""

    def __init__(self, executable, command):
        self.executable, self.command, self.result = executable, command, {}

    def milliseconds(self):
        """Per shower."""
        self.result = json.loads(run_showergan(self.executable, "bench", *self.command, "--json"))
        return self.result["ms_per_shower_median"]


class Contest:
    """functions: milliseconds per shower, by (runtime, setting).

    options: batch, repeat, best and settings of the command line. check(name, result) is given the result of the first
    call of every setting.
    """

    def __init__(self, options, check):
        self.options, self.check = options, check
        self.functions, self.ours, self.missing = {}, {}, []

    def miss(self, name, reason):
        self.missing.append(f"{name}: {reason}")
        print(f"not compared: {self.missing[-1]}", file=sys.stderr)

    def add_ours(self, precision, engine):
        engine.milliseconds()  # so that an error comes at once
        self.ours[precision] = engine
        self.functions["ShowerGAN", PRECISIONS[precision]] = engine.milliseconds

    def add_peer(self, name, module, **arguments):
        """The fast ones of its settings; says of every other one why not."""
        try:
            worker = Worker(module, threads=self.options.threads, **arguments)
        except PeerError as error:
            return self.miss(name, error)
        found = {}
        for setting in worker.settings:
            if is_chosen(setting, self.options):
                self.prepare(worker, setting, found)
        for precision in PRECISIONS.values():
            self.take_fastest({key: value for key, value in found.items() if key[1].startswith(precision)})

    def prepare(self, worker, setting, found):
        """Into found: the function that times it, and the time of a first look."""
        name = (f"{worker.name} {worker.version}", setting)
        progress(f"preparing {', '.join(name)}")
        try:
            result = worker.load(setting)
            first = min(worker.time(setting, 2)) / len(result)
        except PeerError as error:
            return self.miss(", ".join(name), error)
        self.check(name, result)
        repeat, count = self.options.repeat, len(result)
        found[name] = (lambda: statistics.median(worker.time(setting, repeat)) / count), first

    def take_fastest(self, found):
        order = sorted(found, key=lambda name: found[name][1])
        for place, name in enumerate(order):
            function, first = found[name]
            times = first / found[order[0]][1]
            if place < self.options.best and times < SLOW:
                self.functions[name] = function
            else:
                self.miss(", ".join(name), f"{first:.4g} ms per shower at first sight, {times:.2g} times as long as "
                                           f"with {order[0][1]!r}")

    def our_times(self, times):
        return {precision: times["ShowerGAN", PRECISIONS[precision]] for precision in self.ours}

    def remarks(self):
        """What ran in another precision than the wanted one, and what did not run."""
        replaced = [f"ShowerGAN ran {engine.result['precision']} where {precision} was asked for"
                    for precision, engine in self.ours.items() if engine.result["precision"] != precision]
        return replaced + [f"not compared: {line}" for line in self.missing]


def add_options(parser, batch, repeat):
    parser.add_argument("--settings", nargs="+", default=[""], metavar="TEXT",
                        help="only the peers' settings with one of these in their names")
    parser.add_argument("--without", nargs="+", default=[], metavar="TEXT",
                        help="not those with one of these in their names, such as compiled")
    parser.add_argument("--best", type=int, default=99, metavar="N",
                        help="of each peer and precision only the N fastest at first sight [all]")
    parser.add_argument("--batch", type=int, default=batch, help="showers per call [%(default)s]")
    parser.add_argument("--threads", type=int, default=2, help="[%(default)s]")
    parser.add_argument("--rounds", type=int, default=7, help="[%(default)s]")
    parser.add_argument("--repeat", type=int, default=repeat, help="calls per round, whose median counts")
    parser.add_argument("--json", metavar="FILE", help="write everything to this file too")


def names(allowed):
    """Of an option: some of `allowed`, between commas."""
    def parse(text):
        chosen = text.split(",")
        if not set(chosen) <= set(allowed):
            raise argparse.ArgumentTypeError(f"choose from {','.join(allowed)}")
        return chosen
    return parse
