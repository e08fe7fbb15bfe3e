"""Intervals of a share and the quantiles they rest on, against printed tables."""

from __future__ import annotations

import pytest

from cobalamin.stats.distributions import beta_cdf, beta_quantile, t_quantile
from cobalamin.stats.shares import exact_interval, wilson

# Student's t, 97.5 %, as every table prints it
T = {1: 12.706, 2: 4.303, 5: 2.571, 8: 2.306, 15: 2.131, 30: 2.042, 58: 2.002, 120: 1.980, 100000: 1.960}
# Newcombe, Statistics in Medicine 1998;17:857: (found, people), Clopper-Pearson, Wilson
NEWCOMBE = [((81, 263), (0.2527, 0.3676), (0.2553, 0.3662)), ((15, 148), (0.0578, 0.1617), (0.0624, 0.1605)),
            ((0, 20), (0.0, 0.1684), (0.0, 0.1611)), ((1, 29), (0.0009, 0.1776), (0.0061, 0.1718))]  # fmt: skip


@pytest.mark.parametrize(("freedom", "printed"), T.items())
def test_t_of_the_tables(freedom: int, printed: float) -> None:
    """Pins Student's t to the printed decimals, and that it is symmetric."""
    assert round(t_quantile(0.975, freedom), 3) == printed
    assert t_quantile(0.025, freedom) == -t_quantile(0.975, freedom)


@pytest.mark.parametrize(("counts", "exact", "score"), NEWCOMBE)
def test_published_intervals(counts: tuple[int, int], exact: tuple[float, float], score: tuple[float, float]) -> None:
    """Pins the intervals Newcombe compares, to the printed decimals."""
    assert tuple(round(end, 4) for end in exact_interval(*counts, 0.95)) == exact
    share = wilson(*counts, 0.95)
    assert (round(share.low, 4), round(share.high, 4)) == score


def test_beta_is_the_binomial() -> None:
    """Pins the beta function against sums of binomial terms, also far out in the tails."""
    from math import comb

    for people, found, share in [(20, 7, 0.3), (200, 1, 0.001), (1000, 990, 0.98), (50, 50, 0.5)]:
        tail = sum(comb(people, k) * share**k * (1 - share) ** (people - k) for k in range(found, people + 1))
        assert beta_cdf(share, found, people - found + 1) == pytest.approx(tail, rel=1e-10)
    assert beta_cdf(beta_quantile(0.1, 2.5, 40.0), 2.5, 40.0) == pytest.approx(0.1)


def test_nobody() -> None:
    """Pins that of nobody nothing is known."""
    nobody = wilson(0, 0, 0.95)
    assert (nobody.share, nobody.low, nobody.high) == (None, 0.0, 1.0)
