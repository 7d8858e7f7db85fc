"""Validate 1000 tenant files, 1 % of them broken, beside check-jsonschema and a PyYAML + jsonschema script.

    python benchmarks/validate.py [--tenants 1000] [--rounds 3]      (--tenants 5000 has a goal of its own)

Every contender is one process, timed from its start to its end. Ours also resolves references, which peers cannot;
where nothing is broken, it judges by rules and by capacity too, within the same goal.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from measurement import program
from measurement.peer_environment import install, pinned
from measurement.process import Finished, run
from measurement.product import Product, product
from measurement.rounds import Spread, interleave, times_faster
from measurement.table import number, table
from measurement.verdict import Verdict
from region.single_schema import write_single_schema
from region.write import WrittenRegion, write_region

NAME, UNIT, GOAL = "validate", "s", "< 1.5 s for 1000 files (5000: < 8 s), every error with file:line:col"
FULL_SIZE = 1000
GOALS = {1000: 1.5, 5000: 8.0}
"""Tenant files -> seconds; between the sizes and beyond, the seconds a file of the next smaller one."""
LIMIT = 300.0
OURS, OURS_CLEAN, CHECK_JSONSCHEMA, SCRIPT = (
    "mutualis validate",
    "mutualis validate (nothing broken)",
    "check-jsonschema",
    "PyYAML + jsonschema script",
)
PLACE = re.compile(r"^(.+?):(\d+):(\d+): error ", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """`named`: broken files that are named; `placed`: mistakes whose file, line and column are right."""

    finished: Finished
    named: int
    placed: int
    wrong: int


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--tenants", type=int, default=FULL_SIZE, help="at least 10 [default: %(default)s]")
    options.add_argument("--rounds", type=int, default=3, help="runs of each contender [default: %(default)s]")
    given = options.parse_args()
    program.main(NAME, UNIT, GOAL, partial(measure, given.tenants, given.rounds))


def measure(tenants: int, rounds: int, folder: Path) -> Verdict:
    """`folder`: for everything that is written."""
    here = product(folder)
    region = write_region(folder / "region", tenants=tenants, broken_files=max(tenants // 100, 1))
    clean = write_region(folder / "clean", tenants=tenants)
    program.progress("installing the peers")
    answers = interleave(_contenders(here, region, clean, folder), rounds, program.progress)
    print(f"{tenants} tenant files, {len(region.broken)} of them broken in one place each; {rounds} rounds\n")
    print(table(("", "min s", "median s", "max s", "CPU s", "files", "line:col", "wrong"), _rows(answers, region)))
    print("\nfiles: broken files named; line:col: mistakes whose line and column are named and right\n")
    return verdict(tenants, answers, region)


def _contenders(
    here: Product, region: WrittenRegion, clean: WrittenRegion, folder: Path
) -> dict[str, Callable[[], Answer]]:
    schema = folder / "tenant.json"
    write_single_schema(schema)
    script = Path(__file__).parent / "peers" / "pyyaml_jsonschema.py"
    commands: dict[str, Sequence[str | Path]] = {
        OURS: (here.mutualis, "validate", region.folder),
        OURS_CLEAN: (here.mutualis, "validate", clean.folder),
    }
    if binaries := install("check-jsonschema", folder, here):
        commands[CHECK_JSONSCHEMA] = (binaries / "check-jsonschema", "--schemafile", schema, *region.tenants)
    if binaries := install("pyyaml-jsonschema", folder, here):
        commands[SCRIPT] = (binaries / "python", script, schema, *region.tenants)
    return {
        name: partial(_answer, command, here, clean if name == OURS_CLEAN else region)
        for name, command in commands.items()
    }


def _answer(command: Sequence[str | Path], here: Product, region: WrittenRegion) -> Answer:
    codes = (1,) if region.broken else (0,)
    return judged(run(command, limit=LIMIT, environment=here.environment, codes=codes), region)


def judged(finished: Finished, region: WrittenRegion) -> Answer:
    """What a contender said, against what was broken. `wrong`: places that are not those of mistakes."""
    places = {(file, int(line), int(column)) for file, line, column in PLACE.findall(finished.output)}
    named = sum(1 for file, _, _ in region.broken if file in finished.output)
    return Answer(finished=finished, named=named, placed=len(places & region.broken), wrong=len(places - region.broken))


def _rows(answers: dict[str, list[Answer]], region: WrittenRegion) -> list[tuple[str, ...]]:
    rows = []
    for name, found in answers.items():
        spread = Spread.of([one.finished.seconds for one in found])
        cpu = Spread.of([one.finished.cpu_seconds for one in found]).median
        times = (spread.lowest, spread.median, spread.highest, cpu)
        mistakes = 0 if name == OURS_CLEAN else len(region.broken)
        last = found[-1]
        rows.append(
            (
                name,
                *(number(one) for one in times),
                f"{last.named}/{mistakes}",
                f"{last.placed}/{mistakes}",
                str(last.wrong),
            )
        )
    return rows


def goal_seconds(tenants: int) -> float:
    """For this many files, broken or not."""
    size = max(size for size in GOALS if size <= max(tenants, FULL_SIZE))
    return GOALS[size] * max(tenants / size, 1)


def verdict(tenants: int, answers: dict[str, list[Answer]], region: WrittenRegion) -> Verdict:
    """Reached when fast enough, and right in each round."""
    seconds = {name: [one.finished.seconds for one in found] for name, found in answers.items()}
    medians = {name: Spread.of(found).median for name, found in seconds.items()}
    peer = seconds.get(CHECK_JSONSCHEMA)
    ours = medians[OURS]
    right = all(one.placed == len(region.broken) and not one.wrong for one in answers[OURS])
    return Verdict(
        name=NAME,
        ours=ours,
        unit=UNIT,
        peer=f"check-jsonschema {pinned('check-jsonschema', 'check-jsonschema')}",
        peer_value=medians.get(CHECK_JSONSCHEMA),
        ratio=times_faster(seconds[OURS], peer) if peer else None,
        goal=GOAL,
        reached=max(ours, medians[OURS_CLEAN]) < goal_seconds(tenants) and right,
        full_size=tenants >= FULL_SIZE,
        further={
            "tenants": tenants,
            "rounds": len(seconds[OURS]),
            "places_right": min(one.placed for one in answers[OURS]),
            "places": len(region.broken),
            "ours_nothing_broken": medians[OURS_CLEAN],
            "ours_cpu": Spread.of([one.finished.cpu_seconds for one in answers[OURS]]).median,
            "ours_nothing_broken_cpu": Spread.of([one.finished.cpu_seconds for one in answers[OURS_CLEAN]]).median,
            "ours_nothing_broken_peak_mb": max(one.finished.peak_bytes for one in answers[OURS_CLEAN]) / 1e6,
            "script": f"PyYAML {pinned('pyyaml-jsonschema', 'pyyaml')}, "
            f"jsonschema {pinned('pyyaml-jsonschema', 'jsonschema')}",
            "script_value": medians.get(SCRIPT),
        },
    )


if __name__ == "__main__":
    main()
