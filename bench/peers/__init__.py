"""The runtimes that ShowerGAN is compared with. Each module but graph and worker needs one of them installed and has

    start(threads, ...)   a peer with `name`, `version`, `settings` (names) and `load(setting)`, which gives a function
                          without arguments: one call of the network, which returns its result.

worker.py runs such a peer in a process of its own, so that two runtimes do not share threads, libraries or faults.
"""
