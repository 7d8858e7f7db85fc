"""scripts/value_per_euro.py against figures worked out by hand."""

from __future__ import annotations

import datetime as dt
import importlib.util
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from scenario_regions import SCENARIOS, changed, copied

from orchestrator.errors import SpecError

SCRIPT = Path(__file__).parents[3] / "scripts" / "value_per_euro.py"
DAY = dt.date(2026, 6, 1)
ALONE, POOLED = (str(SCENARIOS / name) for name in ("roi-alone", "roi-pooled"))


Main = Callable[[Sequence[str], dt.date], int]


@pytest.fixture
def main(monkeypatch: pytest.MonkeyPatch) -> Main:
    """Of the script, which is no part of a package."""
    spec = importlib.util.spec_from_file_location("value_per_euro", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, spec.name, module)
    spec.loader.exec_module(module)
    found: Main = module.main
    return found


def test_pooling_gives_more_for_a_euro(main: Main, capsys: pytest.CaptureFixture[str]) -> None:
    """Hosts of 5200 EUR over 10 years draw 205 W on average: 1795.8 kWh each; 12 vcpus and 48 GiB are guaranteed.

    Alone: 6 x 520 + 6 x 1795.8 x 1.8 x 0.22 = 3120 + 4266.82; together: 3 x 520 + 3 x 1795.8 x 1.4 x 0.18.
    Either way the shares would cost 12 x 120 + 48 x 60 = 4320 elsewhere.
    """
    assert main([ALONE, POOLED], DAY) == 0
    rows = {line[:32].strip(): line[32:].split() for line in capsys.readouterr().out.splitlines()}
    assert rows[""] == ["roi-alone", "roi-pooled"]
    assert rows["1 bought for, in all"] == ["31,200.00", "15,600.00"]
    assert rows["investment a year"] == ["3,120.00", "1,560.00"]
    assert rows["operation a year"] == ["4,266.82", "1,357.62"]
    assert rows["2 financial benefit a year"] == ["4,320.00", "4,320.00"]
    assert rows["5 value per euro"] == ["0.58", "1.48"]


def test_a_socio_economic_benefit_is_what_somebody_says(main: Main, capsys: pytest.CaptureFixture[str]) -> None:
    """No spec knows it; it counts in full."""
    assert main([ALONE, POOLED, "--socio-economic", "0", "1500"], DAY) == 0
    rows = {line[:32].strip(): line[32:].split() for line in capsys.readouterr().out.splitlines()}
    assert rows["4 collective value a year"] == ["4,320.00", "5,820.00"]
    assert rows["5 value per euro"] == ["0.58", "1.99"]


def test_without_a_tariff_there_is_no_value(main: Main, tmp_path: Path) -> None:
    """It is refused rather than called 0."""
    region = copied("roi-alone", tmp_path)
    changed(region, {"catalogue.yaml": {"tariffs": []}})
    with pytest.raises(SpecError, match="no tariff"):
        main([str(region)], DAY)
