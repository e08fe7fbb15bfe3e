"""What plain phrases in three languages say, and that nothing is ever guessed."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import yaml
from hypothesis import assume, given
from hypothesis import strategies as st

from cobalamin.records.phrases import Finding, Phrases
from cobalamin.records.words import Words, plain
from cobalamin.rules.load import load

KNOWLEDGE = load()
PHRASES = Phrases(KNOWLEDGE)

# text -> what it says: `!x` is absent, `x=word` a result, `x@days` a time ago, `x/year` a year; `?` is not understood
SAYS = """
# ---- English: several findings, shared words
macrocytic anaemia with paresthesia -> macrocytic_anemia paresthesia
nausea, vomiting and diarrhea -> nausea vomiting diarrhea
nausea, vomiting, and diarrhoea -> nausea vomiting diarrhea
loss of vibration and position sense -> loss_of_vibration_sense loss_of_position_sense
impaired vibration and position sense -> loss_of_vibration_sense loss_of_position_sense
numbness and tingling of hands and feet -> numbness paresthesia
hand numbness and tingling -> numbness paresthesia
tingling & numbness in both feet -> paresthesia numbness
proximal and distal weakness -> limb_weakness
vitamin b12 and folate deficiency -> vitamin_b12_deficiency folate_deficiency
copper and iron deficiency -> copper_deficiency iron_deficiency
severe bilateral tingling in left and right hands -> paresthesia
progressive numbness of the toes -> numbness
chronic mild fatigue -> fatigue
tingling in my feet, which is worse at night -> ?
tingling in my feet, worse at night -> paresthesia
anaemia after total gastrectomy -> anemia_on_record total_gastrectomy
recurrent mouth ulcers -> mouth_ulcers
Crohn's disease with ileal resection -> crohn_disease ileal_resection
known case of celiac disease -> celiac_disease
k/c/o hypothyroidism -> hypothyroidism
diagnosed with type 2 diabetes -> type_2_diabetes
patient has glossitis -> glossitis
complains of fatigue and pallor -> fatigue pallor
positive Babinski sign -> extensor_plantar
light headed -> near_syncope
lightheaded -> near_syncope
light-headedness and fatigue -> near_syncope fatigue
taking metformin -> metformin
metformin 500 mg bd for 10 years -> metformin@3652
on long-term omeprazole -> omeprazole
weakness 4/5 -> weakness
weakness 4/7 -> ?
numbness 37 -> ?
weight loss 13.6 kg -> weight_loss
strict vegan 20 years, no supplement -> vegan_diet@7305 !vitamin_b12_supplement
strict vegan since 18 without supplements -> vegan_diet !vitamin_b12_supplement
# ---- English: denials
no tingling in hands -> !paresthesia
no tingling or numbness -> !paresthesia !numbness
no fever, tingling in feet -> ?
no nausea, vomiting or diarrhea -> !nausea !vomiting !diarrhea
neither tingling nor numbness -> !paresthesia !numbness
denies tingling, numbness and weakness -> !paresthesia !numbness !weakness
denies tingling, numbness -> !paresthesia !numbness
denies numbness but has tingling -> !numbness paresthesia
no tingling but numbness -> !paresthesia numbness
No numbness. Tingling present. -> !numbness paresthesia
tingling, no numbness -> paresthesia !numbness
tingling without numbness -> paresthesia !numbness
tingling w/o numbness -> paresthesia !numbness
no numbness with tingling -> ?
no history of celiac disease -> !celiac_disease
no h/o gastric bypass -> !gastric_bypass
absence of tingling -> !paresthesia
tingling absent -> !paresthesia
Tingling: no -> !paresthesia
celiac disease ruled out -> !celiac_disease
ruled out celiac disease -> !celiac_disease
celiac disease has been excluded -> !celiac_disease
negative for tingling -> !paresthesia
no evidence of jaundice -> !jaundice
not vegan -> !vegan_diet
not on metformin -> !metformin
non-smoker -> !smoking
does not have diabetes -> !diabetes
I don't have tingling -> !paresthesia
never had glossitis -> !glossitis
no improvement in tingling -> paresthesia
tingling not improving -> paresthesia
not improving tingling -> paresthesia
tingling with no relief -> paresthesia
no no tingling -> ?
tingling not ruled out -> ?
cannot rule out celiac disease -> ?
no anemia -> !anemia_on_record
# ---- English: time
total gastrectomy 20 years ago -> total_gastrectomy@7305
20 years ago total gastrectomy -> total_gastrectomy@7305
tingling for 6 months -> paresthesia@183
tingling x 6 months -> ?
weakness 15 days -> weakness@15
tingling for six weeks -> paresthesia@42
tingling for two years 3 months -> paresthesia@821
tingling 3-4 months -> paresthesia@91
tingling 3 to 4 months -> paresthesia@91
fatigue since yesterday -> fatigue@1
a year ago gastric bypass -> gastric_bypass@365
h/o gastric bypass 5 yrs back -> gastric_bypass@1826
metformin since 2019 -> metformin/2019
total gastrectomy in 2005 -> total_gastrectomy/2005
headache 2 months, tingling 3 months -> headache@61 paresthesia@91
2 months headache, 3 months tingling -> headache@61 paresthesia@91
tingling and numbness for 3 months -> paresthesia@91 numbness@91
weakness, tingling for 6 weeks -> weakness paresthesia@42
total gastrectomy 9 years ago and tingling for 2 months -> total_gastrectomy@3287 paresthesia@61
tingling for 2 weeks since 2019 -> ?
fatigue since age 52 -> fatigue
fatigue for years -> fatigue
tingling since 12/03/2020 -> ?
pregnancy 15 weeks -> pregnancy@105
nitrous oxide 46-100 canisters daily for 2 months -> nitrous_oxide@61
# ---- English: whose, whether, when
family history of pernicious anemia -> family_history_b12_deficiency
family history of vitiligo -> family_history_autoimmune_disease
pernicious anaemia in the family -> family_history_b12_deficiency
father has type 1 diabetes -> family_history_autoimmune_disease
family history of cancer -> family_history_of_cancer
tingling and family history of cancer -> paresthesia family_history_of_cancer
no family history of pernicious anemia -> !family_history_b12_deficiency
mother vegan -> maternal_vegan_diet
pernicious anaemia in the mother -> maternal_pernicious_anemia
mother has tingling -> ?
risk of b12 deficiency -> ?
at risk of celiac disease -> ?
screening for celiac disease -> ?
fear of cancer -> ?
suspected celiac disease -> ?
possible pernicious anaemia -> ?
B12 deficiency? -> ?
?celiac -> ?
rule out cancer -> ?
test for celiac disease -> ?
tingling or numbness -> ?
vegan or vegetarian -> ?
stopped metformin -> ?
no longer vegan -> ?
ex-smoker -> former_smoking
history of metformin -> ?
history of total gastrectomy -> total_gastrectomy
history of treated pernicious anaemia -> pernicious_anemia
tingling resolved -> ?
allergic to metformin -> ?
# ---- English: results in words
low folate -> serum_folate=low
folate is low -> serum_folate=low
low serum folate level -> serum_folate=low
elevated MMA -> methylmalonic_acid=high
raised MMA and homocysteine -> methylmalonic_acid=high homocysteine=high
B12 normal -> serum_b12=normal
B12 and folate low -> serum_b12=low serum_folate=low
low b12, high mma -> serum_b12=low methylmalonic_acid=high
low b12, mma high -> ?
low b12 and tingling -> serum_b12=low paresthesia
intrinsic factor antibody negative -> intrinsic_factor_antibody=negative
positive intrinsic factor antibodies -> intrinsic_factor_antibody=positive
macrocytosis on film -> macrocytosis_on_record
hypersegmented neutrophils on smear -> hypersegmented_neutrophils=positive
no schistocytes -> !schistocytes=negative
serum vitamin-b12 level -> serum_b12
low intrinsic factor antibody -> ?
no b12 -> ?
b12 and tingling -> ?
not low b12 -> ?
b12 150 -> ?
# ---- look-alikes
hypertension -> hypertension
attention -> ?
extension -> ?
stress -> stress
sun -> ?
sun exposure -> ?
aid -> ?
tingeling -> ?
black feet -> ?
white patches -> ?
heart of palm -> ?
weak pulse -> ?
pale stool -> ?
chronic fatigue syndrome -> chronic_pain_or_fatigue_syndrome
leg ulcer -> skin_ulcer
gluten free diet -> gluten_free_diet
# ---- Hindi
झुनझुनी -> paresthesia
झुनझुनी नहीं है -> !paresthesia
सिरदर्द है और झुनझुनी नहीं है -> headache !paresthesia
सिरदर्द और झुनझुनी नहीं -> !headache !paresthesia
सिरदर्द, झुनझुनी नहीं -> ?
बिना झुनझुनी के कमजोरी -> !paresthesia weakness
कमज़ोरी और चक्कर -> weakness dizziness
पैरों में झुनझुनी -> paresthesia
दोनों पैरों में बहुत झुनझुनी होती है -> paresthesia
झुनझुनी में आराम नहीं -> paresthesia
झुनझुनी में कोई सुधार नहीं -> paresthesia
6 महीने से झुनझुनी -> paresthesia@183
झुनझुनी ६ महीने से -> paresthesia@183
20 साल पहले पूरा आमाशय निकालना -> total_gastrectomy@7305
दो साल से थकान -> fatigue@730
पिछले तीन हफ्ते से सिरदर्द है -> headache@21
2019 से मेटफॉर्मिन -> metformin/2019
विटामिन बी12 कम है -> serum_b12=low
विटामिन बी12 सामान्य -> serum_b12=normal
मां को बी12 की कमी -> maternal_b12_deficiency
पिता को कैंसर -> family_history_of_cancer
शायद झुनझुनी -> ?
झुनझुनी या सुन्नपन -> ?
धनाव -> ?
# ---- Hindi in Latin letters
jhunjhuni nahi hai -> !paresthesia
jhunjhuni nahin -> !paresthesia
hath per mein jhun jhuni -> paresthesia
haathon aur pairon mein jhunjhunee -> paresthesia
kamzoree -> weakness
kamjori aur chakkar -> weakness dizziness
6 mahine se jhunjhuni -> paresthesia@183
pichle do saal se thakan -> fatigue@730
bina kamzori ke jhunjhuni -> !weakness paresthesia
no jhunjhuni -> !paresthesia
tingling nahi hai -> !paresthesia
jhunjhuni theek nahi hui -> paresthesia
b12 kam hai -> serum_b12=low
vitamin b12 ki kami 2 saal se -> vitamin_b12_deficiency@730
jhunjhuni ya kamzori -> ?
papa ko cancer -> family_history_of_cancer
# ---- Arabic
تنميل -> paresthesia
الخُدران -> numbness
لا يوجد تنميل -> !paresthesia
بدون خدر -> !numbness
لا أعاني من خدر أو تنميل -> !numbness !paresthesia
أعاني من تنميل ولكن لا يوجد خدر -> paresthesia !numbness
تنميل بدون خدر -> paresthesia !numbness
ليس لديه تنميل -> !paresthesia
تنميل ودوخة -> paresthesia dizziness
التنميل والدوخة -> paresthesia dizziness
تنميل في القدمين منذ ستة أشهر -> paresthesia@183
تنميل منذ 3 سنوات -> paresthesia@1096
تنميل منذ ٣ سنوات -> paresthesia@1096
تنميل قبل سنتين -> paresthesia@731
استئصال المعدة الكامل قبل 20 سنة -> total_gastrectomy@7305
منذ أسبوعين صداع -> headache@14
لا يزال يعاني من تنميل -> paresthesia
فيتامين ب12 منخفض -> serum_b12=low
حمض الفوليك منخفض -> ?
يشتبه سرطان -> ?
تنميل أو خدر -> ?
تاريخ عائلي سرطان -> family_history_of_cancer
خطر نقص فيتامين ب12 -> ?
"""
TABLE = [tuple(line.split(" -> ")) for line in SAYS.strip().splitlines() if not line.startswith("#")]


FURTHER = yaml.safe_load((Path(__file__).parent / "phrases.yaml").read_text(encoding="utf-8"))
FURTHER_SAYS = [pair for group in FURTHER["understood"].values() for pair in group.items()]


def as_text(findings: tuple[Finding, ...]) -> str:
    """The findings the way the table above writes them."""
    found = []
    for one in findings:
        value = f"={one.value}" if one.value else ""
        time = f"@{one.days_ago}" if one.days_ago is not None else f"/{one.year}" if one.year else ""
        found.append(f"{'' if one.present else '!'}{one.concept}{value}{time}")
    return " ".join(found) or "?"


@pytest.mark.parametrize(("text", "says"), TABLE, ids=[row[0] for row in TABLE])
def test_a_phrase_says_this(text: str, says: str) -> None:
    assert as_text(PHRASES.read(text).findings) == says


@pytest.mark.parametrize(("text", "says"), FURTHER_SAYS, ids=[text for text, _ in FURTHER_SAYS])
def test_a_phrase_of_a_record_says_this(text: str, says: str) -> None:
    assert as_text(PHRASES.read(text).findings) == says


@pytest.mark.parametrize("text", FURTHER["not_understood"])
def test_what_is_in_doubt_is_never_guessed(text: str) -> None:
    assert not PHRASES.read(text).findings


def test_the_tables_are_large() -> None:
    assert len(TABLE) >= 150
    assert len(FURTHER_SAYS) >= 500
    assert len(FURTHER["not_understood"]) >= 80


@pytest.mark.parametrize(
    ("text", "closest"),
    [
        ("suspected celiac disease", ("celiac_disease",)),
        ("tingling or numbness", ("paresthesia", "numbness")),
        ("tingeling", ("paresthesia",)),
        ("qwertyuiop", ()),
    ],
)
def test_what_is_not_understood_is_asked_back(text: str, closest: tuple[str, ...]) -> None:
    assert PHRASES.read(text).closest == closest


@pytest.mark.parametrize("text", ["hypertension", "pretension", "attention", "extension", "धनाव"])
def test_a_look_alike_is_never_stress(text: str) -> None:
    assert not {"stress", "hypotension"} & {one.concept for one in PHRASES.read(text).findings}


def test_a_year_starts_in_its_middle_but_never_after_the_day() -> None:
    def day(*parts: int) -> int:
        return date(*parts).toordinal()

    as_of = day(2026, 3, 1)

    assert PHRASES.read("metformin since 2019").findings[0].start(as_of) == day(2019, 7, 1)
    assert PHRASES.read("metformin since 2026").findings[0].start(as_of) == as_of
    assert PHRASES.read("total gastrectomy 20 years ago").findings[0].start(as_of) == day(2006, 3, 1)
    assert PHRASES.read("tingling").findings[0].start(as_of) is None


NAMES = sorted((name, id) for name, id in Words(KNOWLEDGE).names.items() if "|" not in name)
EXACT = Words(KNOWLEDGE).names


def test_every_name_reads_as_its_concept() -> None:
    wrong = [name for name, id in NAMES if [(f.concept, f.present) for f in PHRASES.read(name).findings] != [(id, True)]]

    assert not wrong


CUES = [
    (cue, role == "deny_before")
    for role in ("deny_before", "deny_after")
    for cues in KNOWLEDGE.phrases["cues"][role].values()
    for cue in cues
]


@given(st.sampled_from(NAMES), st.sampled_from(CUES))
def test_a_denied_name_is_never_present(name: tuple[str, str], cue: tuple[str, bool]) -> None:
    text = f"{cue[0]} {name[0]}" if cue[1] else f"{name[0]} {cue[0]}"
    # "no dairy" and its like are names of their own
    assume(plain(text) not in EXACT)
    found = PHRASES.read(text)

    assert not [one for one in found.findings if one.concept == name[1] and one.present]


@given(st.sampled_from(NAMES), st.sampled_from(NAMES))
def test_two_names_are_read_as_both_or_asked_back(one: tuple[str, str], other: tuple[str, str]) -> None:
    found = PHRASES.read(f"{one[0]}; {other[0]}").findings

    assert not found or {f.concept for f in found} >= {one[1], other[1]} or _longer(one[0], other[0])


def _longer(one: str, other: str) -> bool:
    """Whether words of one name belong to a cue or a longer name where the two stand side by side."""
    return bool(PHRASES.read(f"{one} {other}").findings)


PIECES = st.sampled_from(
    ["no", "and", "or", ",", ".", "?", "-", "2", "years", "ago", "since", "2019", "low", "b12", "tingling", "numbness", "with", "negative", "positive",
     "नहीं", "और", "झुनझुनी", "6", "महीने", "से", "لا", "يوجد", "و", "تنميل", "قبل", "سنتين", "mother", "vegan", "ki", "nahi", "bina", "ke", "4/5", "'s", "٣"]
)  # fmt: skip


@given(st.one_of(st.text(max_size=250), st.lists(PIECES, max_size=12).map(" ".join)))
def test_no_text_makes_it_fail(text: str) -> None:
    found = PHRASES.read(text)

    assert not (found.findings and found.closest)
    assert all(one.concept in KNOWLEDGE.concepts for one in found.findings)
    assert all(id in KNOWLEDGE.concepts for id in found.closest)
