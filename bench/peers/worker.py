"""A peer in a process of its own, which is asked for one thing after the other and waits in between."""

import contextlib
import importlib
import multiprocessing
import resource
import time

PAUSE = 0.2  # s before a measurement, in which the threads of the one before go to sleep


class PeerError(Exception):
    """One line: why a peer or one of its settings is not compared."""


def one_line(error):
    lines = str(error).strip().splitlines() or [""]
    return f"{type(error).__name__}: {lines[0]}".removesuffix(": ")[:200]


def milliseconds(function):
    start = time.perf_counter()
    function()
    return (time.perf_counter() - start) * 1e3


def serve(connection, module, arguments):
    """Of the process: answers ("load", setting) with a result, ("time", setting, repeat) with milliseconds and
    ("peak",) with the bytes of memory that the process has had at most."""
    try:
        peer = importlib.import_module(f"peers.{module}").start(**arguments)
        connection.send((True, (peer.name, peer.version, peer.settings)))
    except Exception as error:
        connection.send((False, one_line(error)))
        return
    functions = {}
    for task, *words in questions(connection):
        try:
            connection.send((True, TASKS[task](peer, functions, *words)))
        except Exception as error:
            connection.send((False, one_line(error)))


def questions(connection):
    """Until the other side has no more."""
    with contextlib.suppress(EOFError):
        while True:
            yield connection.recv()


def load(peer, functions, setting):
    functions[setting] = peer.load(setting)
    return functions[setting]()


def time_calls(peer, functions, setting, repeat):
    time.sleep(PAUSE)
    return [milliseconds(functions[setting]) for _ in range(repeat)]


def peak(peer, functions):
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


TASKS = {"load": load, "time": time_calls, "peak": peak}


class Worker:
    """Starts the peer of peers/MODULE.py; PeerError if it is not to be had."""

    def __init__(self, module, **arguments):
        context = multiprocessing.get_context("spawn")
        self.connection, theirs = context.Pipe()
        self.process = context.Process(target=serve, args=(theirs, module, arguments), daemon=True)
        self.process.start()
        theirs.close()
        self.name, self.version, self.settings = self.answer()

    def answer(self):
        try:
            good, answer = self.connection.recv()
        except EOFError:
            self.process.join()
            raise PeerError(f"its process ended with status {self.process.exitcode}") from None
        if not good:
            raise PeerError(answer)
        return answer

    def ask(self, *message):
        try:
            self.connection.send(message)
        except OSError:
            raise PeerError("its process has ended") from None
        return self.answer()

    def load(self, setting):
        """Makes it ready, warm; gives the result of one call."""
        return self.ask("load", setting)

    def time(self, setting, repeat):
        """Milliseconds of `repeat` calls, one after the other."""
        return self.ask("time", setting, repeat)

    def peak(self):
        """Bytes."""
        return self.ask("peak")

    def stop(self):
        self.connection.close()
        self.process.join()
