"""Invented people with the truth about them: age, sex, site, exposures, whether, why and since when they lack B12, and their signs.

Everybody lacks B12 with the chance that the region gives for the age; each exposure may be the reason, and what no exposure
explains is left over. So the share of the deficient is the region's, whatever the exposures are.
"""

from __future__ import annotations

from cobalamin.simulation.chance import Chance, chosen
from cobalamin.simulation.region import Exposure, Region

YEAR = 365.2425
NOBODY = -1
"""The cause of those who lack nothing; 0 is a deficiency nothing explains, and the exposures count from 1."""


def people(region: Region, seed: str, first: int, last: int) -> str:
    """The SELECT of the people numbered *first* to *last* (not reached): one row each, times in days before the day of assessment."""
    chance = Chance(seed)
    bands = list(region.ages.values())
    placed = f"SELECT n, {chosen(chance.u('age band'), [band.share for band in bands])} AS band FROM range({first}, {last}) AS t(n)"

    def by_band(values: list[float]) -> str:
        return f"CASE band {' '.join(f'WHEN {i} THEN {value!r}' for i, value in enumerate(values))} END"

    low, high = by_band([band.from_ for band in bands]), by_band([band.to for band in bands])
    aged = (f"SELECT *, floor({chance.between(f'({low})', f'({high})', 'age')} * {YEAR})::BIGINT AS age_days, "
            f"{chance.below(by_band([band.female for band in bands]), 'sex')} AS female, floor({chance.u('site')} * {len(region.sites)})::BIGINT AS site, "
            f"{by_band([band.deficient for band in bands])} / 100 AS lacking FROM ({placed})")  # fmt: skip
    exposed = f"SELECT *, {', '.join(_exposures(region, chance))}, 1 - (1 - lacking) / {_spared(region)} AS left_over FROM ({aged})"
    causes = " ".join(f"WHEN {has(e.id)} AND {chance.below(e.deficient, f'{e.id} makes deficient')} THEN {i}"
                      for i, e in enumerate(region.exposures.values(), 1) if e.deficient)  # fmt: skip
    caused = f"SELECT *, CASE {causes} WHEN {chance.u('left over')} < left_over THEN 0 ELSE {NOBODY} END AS cause FROM ({exposed})"
    lasting = " ".join(f"WHEN {i} THEN {since(e.id)}" for i, e in enumerate(region.exposures.values(), 1))
    longest = region.number("longest_onset_days")
    span = f"least({longest}, CASE cause {lasting} ELSE {longest} END, age_days)"
    begun = (f"SELECT *, CASE WHEN cause >= 0 THEN floor({chance.u('onset')} * {span})::BIGINT END AS onset, "
             f"{chance.between(region.number('least_depth'), 1, 'depth')} AS deepest FROM ({caused})")  # fmt: skip
    signed = f"SELECT *, {', '.join(_signs(region, chance))} FROM ({begun})"
    reach = f"least({region.number('record_days')}, age_days)"
    number = f"least({region.number('most_occasions')}, floor({chance.waits('occasions')} * {region.number('occasions_a_year')} * {reach} / {YEAR}))::BIGINT"
    first_sign = f"greatest({', '.join(shown(id) for id in region.signs)})"
    return f"SELECT * EXCLUDE (left_over, lacking), {first_sign} AS first_sign, {number} AS occasions, {reach}::BIGINT AS reach FROM ({signed})"


def depth(region: Region, ago: str) -> str:
    """How deep an untreated deficiency is so many days before the day of assessment: 0 is none, 1 the deepest there is."""
    return f"CASE WHEN onset > {ago} THEN deepest * (1 - exp(-(onset - {ago}) / {region.number('depletion_days')!r})) ELSE 0 END"


def has(exposure: str) -> str:
    """The column that says whether a person has an exposure."""
    return f'"has {exposure}"'


def since(exposure: str) -> str:
    """The column that says for how many days."""
    return f'"since {exposure}"'


def shown(sign: str) -> str:
    """The column of the days since a sign that somebody wrote down began; NULL where nobody did."""
    return f'"sign {sign}"'


def _eligible(e: Exposure) -> str:
    """Whom an exposure can concern at all."""
    sex = {"": "", "female": " AND female", "male": " AND NOT female"}[e.sex]
    return f"(age_days >= {e.age * YEAR!r} AND age_days < {e.to * YEAR!r}{sex})"


def _exposures(region: Region, chance: Chance) -> list[str]:
    """Columns: whether each exposure is there, and for how many days; those that are one of a kind share a draw."""
    columns, taken = [], dict[str, float]()
    for e in region.exposures.values():
        draw, low = (e.one_of, taken.get(e.one_of, 0.0)) if e.one_of else (e.id, 0.0)
        if e.one_of:
            taken[e.one_of] = low + e.share
        held = f"{chance.u(draw)} * 100 >= {low!r} AND {chance.u(draw)} * 100 < {low + e.share!r}"
        columns.append(f"({_eligible(e)} AND {held}) AS {has(e.id)}")
        years = chance.between(*e.years, f"years of {e.id}")
        columns.append(f"least(floor({years} * {YEAR}), age_days)::BIGINT AS {since(e.id)}")
    return columns


def _spared(region: Region) -> str:
    """The chance that no exposure makes a person of this age and sex deficient; mirrored from `region.left_over`."""
    factors, kinds = [], dict[str, list[str]]()
    for e in region.exposures.values():
        term = f"CASE WHEN {_eligible(e)} THEN {e.share / 100 * e.deficient / 100!r} ELSE 0 END"
        kinds.setdefault(e.one_of or e.id, []).append(term)
    for terms in kinds.values():
        factors.append(f"(1e0 - ({' + '.join(terms)}))")
    return f"({' * '.join(factors)})"


def _signs(region: Region, chance: Chance) -> list[str]:
    """Columns: how long ago each sign that is written down began; of a deficiency it begins after its onset."""
    columns = []
    for s in region.signs.values():
        of_deficiency = f"cause >= 0 AND {chance.u(f'{s.id} of a deficiency')} * 100 < {s.deficient} * deepest"
        other = chance.below(s.others, f"{s.id} of another kind")
        written = chance.below(s.recorded, f"{s.id} is written down")
        begun = chance.u(f"{s.id} begins")
        reach = f"least({region.number('record_days')}, age_days)"
        columns.append(f"CASE WHEN NOT {written} THEN NULL WHEN {of_deficiency} THEN floor({begun} * onset) WHEN {other} THEN floor({begun} * {reach}) END::BIGINT "
                       f"AS {shown(s.id)}")  # fmt: skip
    return columns
