"""Quantiles of the normal, t and beta distributions."""

from __future__ import annotations

import math
from collections.abc import Callable
from statistics import NormalDist

TINY = 1e-300
CLOSE = 1e-15
STEPS = 1000


def normal_quantile(probability: float) -> float:
    """Where the standard normal distribution reaches *probability*.

    >>> round(normal_quantile(0.975), 4)
    1.96
    """
    return NormalDist().inv_cdf(probability)


def beta_cdf(x: float, a: float, b: float) -> float:
    """The regularized incomplete beta function, by its continued fraction."""
    if x <= 0 or x >= 1:
        return 0.0 if x <= 0 else 1.0
    front = math.exp(math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log1p(-x))
    # the fraction converges quickly on one side of the mean; the other side is its complement
    if x < (a + 1) / (a + b + 2):
        return front * _fraction(x, a, b) / a
    return 1 - front * _fraction(1 - x, b, a) / b


def _fraction(x: float, a: float, b: float) -> float:
    """Lentz's method."""
    c, d = 1.0, 1 / _away_from_zero(1 - (a + b) * x / (a + 1))
    total = d
    for m in range(1, STEPS):
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        for term in (even, odd):
            d = 1 / _away_from_zero(1 + term * d)
            c = _away_from_zero(1 + term / c)
            total *= c * d
        if abs(c * d - 1) < CLOSE:
            break
    return total


def _away_from_zero(value: float) -> float:
    return value if abs(value) > TINY else TINY


def beta_quantile(probability: float, a: float, b: float) -> float:
    """Where the beta distribution reaches *probability*."""
    return _inverse(lambda x: beta_cdf(x, a, b), probability, 0.0, 1.0)


def t_quantile(probability: float, freedom: float) -> float:
    """Where Student's t with *freedom* degrees of freedom reaches *probability*.

    >>> round(t_quantile(0.975, 15), 3)
    2.131
    """
    if probability < 1 - probability:
        return -t_quantile(1 - probability, freedom)
    # t and beta are one distribution: x = freedom / (freedom + t * t)
    x = beta_quantile(2 * (1 - probability), freedom / 2, 1 / 2)
    return math.sqrt(freedom * (1 - x) / x) if x > 0 else math.inf


def _inverse(function: Callable[[float], float], value: float, low: float, high: float) -> float:
    """Halve the interval until nothing lies between its ends."""
    while True:
        middle = (low + high) / 2
        if middle in (low, high):
            return middle
        if function(middle) < value:
            low = middle
        else:
            high = middle
