"""Our classical estimates are R's: its package `survey` answers live, on its own data."""

import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest

from safemonth.figures.estimates.equal_chances import (
    StratumSample,
    ratio_of_simple_sample,
    total_of_simple_sample,
    total_of_stratified_sample,
)
from safemonth.figures.estimates.lqas import chance_of_at_most
from safemonth.figures.estimates.quantiles import binomial_upper, poisson_upper, student_quantile
from safemonth.figures.estimates.unequal_chances import (
    hartley_rao_joint,
    total_by_brewer,
    total_by_horvitz_thompson,
    total_by_yates_grundy,
    total_with_replacement,
)
from tests.conftest import missing_tool

Said = dict[str, list[float]]


@pytest.fixture(scope="module")
def r() -> Said:
    """What R says: name and numbers."""
    if not shutil.which("Rscript"):
        missing_tool("Rscript is not here (tools/machine.sh r)")
    script = Path(__file__).with_name("golden.R")
    done = subprocess.run(["Rscript", "--vanilla", str(script)], capture_output=True, text=True, timeout=120)
    if done.returncode:
        missing_tool(f"R's package survey is not here (tools/machine.sh r): {done.stderr[-200:]}")
    lines = [line.split() for line in done.stdout.splitlines()]
    return {name: [float(value) for value in values] for name, *values in lines}


def test_a_simple_sample_gives_rs_total_and_error(r: Said) -> None:
    ours = total_of_simple_sample(r["enroll"], population=int(r["srs"][2]))
    assert [ours.value, ours.standard_error] == pytest.approx(r["srs"][:2], rel=1e-10)
    assert (f"{ours.value:,.1f}", f"{ours.standard_error:,.2f}") == ("3,621,074.3", "169,519.65")


def test_a_ratio_gives_rs_ratio_and_error(r: Said) -> None:
    ours = ratio_of_simple_sample(r["api.stu"], r["enroll"], population=int(r["srs"][2]))
    assert [ours.value, ours.standard_error] == pytest.approx(r["ratio"], rel=1e-10)
    assert (f"{ours.value:.10f}", f"{ours.standard_error:.11f}") == ("0.8253536546", "0.01006882632")


def test_a_stratified_sample_gives_rs_total_and_error(r: Said) -> None:
    strata = [StratumSample(int(r[name][0]), r[name][1:]) for name in ("stratumE", "stratumH", "stratumM")]
    ours = total_of_stratified_sample(strata)
    assert [ours.value, ours.standard_error] == pytest.approx(r["stratified"], rel=1e-10)
    assert (f"{ours.value:,.1f}", f"{ours.standard_error:,.2f}") == ("3,687,177.5", "114,641.72")


def test_unequal_chances_give_rs_total_and_every_one_of_its_errors(r: Said) -> None:
    values, chances = r["bush"], r["p"]
    joint = np.array(r["joint"]).reshape(len(chances), len(chances))
    population = hartley_rao_joint(chances, squares=r["squares"][0])
    ours = {
        "brewer": total_by_brewer(values, chances),
        "with_replacement": total_with_replacement(values, chances),
        "yates_grundy": total_by_yates_grundy(values, chances, joint),
        "horvitz_thompson": total_by_horvitz_thompson(values, chances, joint),
        "hartley_rao_ht": total_by_horvitz_thompson(values, chances, population),
        "hartley_rao_yg": total_by_yates_grundy(values, chances, population),
        "hartley_rao_own": total_by_horvitz_thompson(values, chances, hartley_rao_joint(chances)),
    }
    for name, estimate in ours.items():
        assert estimate.standard_error == pytest.approx(r[name][0], rel=1e-9), name
        assert f"{estimate.value:,.2f}" == "64,518,472.38"
    printed = {name: f"{estimate.standard_error:,.2f}" for name, estimate in ours.items()}
    assert printed == {
        "brewer": "2,447,628.89",
        "with_replacement": "2,671,455.06",
        "yates_grundy": "2,406,525.81",
        "horvitz_thompson": "2,604,404.48",
        "hartley_rao_ht": "2,624,661.64",
        "hartley_rao_yg": "2,436,738.16",
        "hartley_rao_own": "2,472,752.96",
    }


def test_quantiles_are_rs(r: Said) -> None:
    ours = [student_quantile(share, degrees) for share, degrees in ((0.9, 1), (0.975, 8), (0.995, 99))]
    assert ours == pytest.approx(r["t"], rel=1e-10)
    assert [poisson_upper(found, 0.05) for found in (0, 1.5, 5)] == pytest.approx(r["gamma"], rel=1e-10)
    betas = [binomial_upper(found, 60, 0.05) for found in (0, 3, 29)]
    assert betas == pytest.approx([*r["beta"]], rel=1e-9)


def test_hypergeometric_chances_are_rs(r: Said) -> None:
    ours = [
        float(chance_of_at_most(2, items=60, wanting=15, visits=18)),
        float(chance_of_at_most(0, items=60, wanting=3, visits=10)),
    ]
    assert ours == pytest.approx(r["hyper"], rel=1e-10)
