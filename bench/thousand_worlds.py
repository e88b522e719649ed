"""1,000 worlds, one after another, in one process: does memory grow?

python bench/thousand_worlds.py [worlds] [plain|systemc] [json]
"""

from __future__ import annotations

import json
import resource
import sys
import time

import meterbed as mb


def one_world(seed: int, kernel: str) -> None:
    """A home, a reading and a certificate update, and the records of it all."""
    with mb.World(seed, "2020-03-02 06:00", kernel=kernel) as world:  # type: ignore[arg-type]
        home = world.add_home()
        ticket = world.user("east-midlands").request("4.10", to=home.esme)
        world.run_until(ticket.done, limit="1 h")
        if not ticket.is_done:
            raise RuntimeError(f"no answer: {ticket.path}")
        world.run_for("1 h")


def resident_kib() -> int:
    """Resident memory of this process now, in KiB."""
    with open("/proc/self/statm", encoding="ascii") as file:  # noqa: PTH123
        return int(file.read().split()[1]) * resource.getpagesize() // 1024


def main() -> None:
    worlds = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    kernel = sys.argv[2] if len(sys.argv) > 2 else "systemc"
    warm_up = worlds // 10
    for seed in range(warm_up):
        one_world(seed, kernel)
    before = resident_kib()
    start = time.process_time()
    for seed in range(warm_up, worlds):
        one_world(seed, kernel)
    seconds = time.process_time() - start
    after = resident_kib()
    grown = (after - before) / (worlds - warm_up)
    if sys.argv[3:] == ["json"]:
        row = {"kernel": kernel, "worlds": worlds, "kib_before": before, "kib_after": after}
        print(
            json.dumps(
                {**row, "kib_per_world": round(grown, 3), "worlds_per_s": round((worlds - warm_up) / seconds, 1)}
            )
        )
        return
    print(f"{worlds} worlds on the {kernel} kernel: {before} KiB after {warm_up}, {after} KiB at the end")
    print(f"growth {grown:.3f} KiB a world")


if __name__ == "__main__":
    main()
