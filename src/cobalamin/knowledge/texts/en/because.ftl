# Why the status is what it is. `$given` is "number" when the result and its limit are numbers,
# and "word" when the laboratory gave only a word, or when nothing was compared.
# `$limit` is the line that was drawn; `$upper` the upper end of a grey zone.

because-total-b12-low =
    { $given ->
        [number] Total B12 is { $serum_b12 }; below { $limit } confirms deficiency.
       *[word] The laboratory reports total B12 as low, which confirms deficiency.
    } Normal red cell size or a normal blood count does not speak against it.
    .lay =
        { $given ->
            [number] The vitamin B12 level is { $serum_b12 }. Below { $limit } counts as too low.
           *[word] The laboratory reports the vitamin B12 level as low.
        } The next step is to talk about treatment and to find out why.
because-active-b12-low =
    { $given ->
        [number] Active B12 is { $holotranscobalamin }; below { $limit } confirms deficiency.
       *[word] The laboratory reports active B12 as low, which confirms deficiency.
    }
    .lay =
        { $given ->
            [number] The level of active vitamin B12 is { $holotranscobalamin }. Below { $limit } counts as too low.
           *[word] The laboratory reports the level of active vitamin B12 as low.
        } The next step is to talk about treatment and to find out why.
because-metabolites-grey =
    { $given ->
        [number] B12 is in the grey zone and methylmalonic acid is { $methylmalonic_acid }, above { $limit }, with normal kidneys:
       *[word] B12 is in the grey zone and methylmalonic acid is raised with normal kidneys:
    } the cells lack B12.
    .lay = The B12 level is borderline, and a second test shows that the body's cells are not getting enough B12. It is time to talk about treatment.
because-nitrous-oxide-metabolites =
    Nitrous oxide was used, and methylmalonic acid or homocysteine is raised. Nitrous oxide switches B12 off, so a normal level would not speak against
    deficiency.
    .lay =
        Laughing gas stops vitamin B12 from working, and the tests show that the body's cells are short of it.
        Please avoid it and see a doctor now rather than later.
because-antibody-metabolites =
    { $given ->
        [number] Intrinsic factor antibodies are positive and methylmalonic acid is { $methylmalonic_acid }, above { $limit }, with normal kidneys.
       *[word] Intrinsic factor antibodies are positive and methylmalonic acid is raised with normal kidneys.
    } The antibody can make total B12 read falsely normal.
    .lay =
        A blood test found antibodies that keep B12 from being taken up, and another shows that the body's cells are short of it.
        A normal B12 level can mislead here. It is time to talk about treatment.
because-metabolites-picture =
    { $given ->
        [number] Methylmalonic acid is { $methylmalonic_acid }, above { $limit }, with normal kidneys and with signs that fit.
       *[word] Methylmalonic acid is raised with normal kidneys and with signs that fit.
    } This outweighs a normal B12 level.
    .lay = The signs fit with too little B12, and a blood test shows that the body's cells are short of it. It is time to talk about treatment.
because-metabolites-alone =
    { $given ->
        [number] Methylmalonic acid is { $methylmalonic_acid }, above { $limit }, with normal kidneys.
       *[word] Methylmalonic acid is raised with normal kidneys.
    } Without further signs or a borderline B12 level this makes deficiency probable, not certain.
    .lay = One blood test suggests that the body's cells may be short of B12. A clinician can decide with you what to do next.
because-metabolites-far =
    { $given ->
        [number] Methylmalonic acid is { $methylmalonic_acid }, above { $limit }: more than the reduced kidney function alone would explain.
       *[word] Methylmalonic acid is raised more than the reduced kidney function alone would explain.
    }
    .lay =
        One blood test is higher than the kidneys alone would explain, so too little B12 is a likely reason.
        Please go through it with your clinician.
because-metabolites-kidneys-unknown =
    { $given ->
        [number] Methylmalonic acid is { $methylmalonic_acid }, above { $limit }, and other evidence fits.
       *[word] Methylmalonic acid is raised, and other evidence fits.
    } The kidneys, which can raise it too, have not been looked at yet: measure creatinine.
    .lay =
        A blood test suggests that the body's cells are short of B12. The kidneys can also raise this test,
        so a simple kidney test comes next.
because-homocysteine =
    { $given ->
        [number] Homocysteine is { $homocysteine }, above { $limit }, with normal kidneys and no lack of folate,
       *[word] Homocysteine is raised with normal kidneys and no lack of folate,
    } and a borderline B12 level or neurological signs support it.
    .lay = A blood test called homocysteine is raised, and its other usual reasons were checked. Too little B12 is a likely reason; please go through it with your clinician.
because-homocysteine-open =
    { $given ->
        [number] Homocysteine is { $homocysteine }, above { $limit },
       *[word] Homocysteine is raised,
    } and the rest fits. Folate and other causes have not been excluded yet.
    .lay =
        A blood test called homocysteine is raised, which fits with too little B12. It can have other reasons too,
        so a few more tests belong to the next step.
because-cord =
    The signs point to the spinal cord. Treat at once: a normal or missing B12 result must not delay treatment.
    .lay =
        The signs on record can come from nerves that lack B12, and early treatment matters for them.
        Please see a doctor today or tomorrow, even if a B12 level was normal.
because-nitrous-oxide-nerves =
    Nitrous oxide was used and there are neurological signs. Serum B12 misses many of these cases; treat without waiting for results.
    .lay =
        Laughing gas stops vitamin B12 from working and can affect the nerves. Please do not use it again, and see a doctor without delay.
        A normal B12 level does not rule this out.
because-infant =
    An infant with suggestive signs, and a mother whose own B12 is at risk: treat once blood has been taken, and assess the mother too.
    .lay =
        The baby shows signs that can come from too little B12, and the mother may be short of it too.
        Please have a doctor see both of them today or tomorrow.
because-lasting-loss =
    The stomach or the end of the small bowel can no longer take up B12, and the level is in the grey zone. Start treatment while methylmalonic acid is awaited.
    .lay =
        After this operation or with this illness the body can hardly take up B12 from food, and the level is borderline.
        Please talk to your clinician soon about treatment.
because-lasting-loss-anemia =
    The stomach or the end of the small bowel can no longer take up B12, and there is anemia with large red cells. Treat without waiting.
    .lay =
        After this operation or with this illness the body can hardly take up B12 from food, and the blood count fits with that.
        Please talk to your clinician soon about treatment.
because-antibody-grey =
    Intrinsic factor antibodies are positive and B12 is in the grey zone: autoimmune gastritis is likely. Start treatment while methylmalonic acid is awaited.
    .lay =
        A blood test found antibodies that keep B12 from being taken up, and the B12 level is borderline.
        Please talk to your clinician soon about treatment.
because-antibody-signs =
    Intrinsic factor antibodies are positive, with signs in the blood or nerves. A normal total B12 may be false here: treat while methylmalonic acid is awaited.
    .lay =
        A blood test found antibodies that keep B12 from being taken up, and there are signs that fit.
        A normal B12 level can mislead here. Please talk to your clinician soon.
because-marrow =
    The bone marrow is megaloblastic, and neither folate deficiency nor a medicine on record explains it.
    .lay = The bone marrow test shows a change that often comes from too little B12. Please talk to your clinician soon about treatment.
because-combined-indicator =
    The combined indicator of four markers is { $combined_indicator }, below the range called adequate.
    .lay = Four blood tests read together suggest that the body may be short of B12. Please go through it with your clinician.
because-discordant =
    Total B12 is low and active B12 is not. In pregnancy, with hormones or with little haptocorrin, total B12 falls without lack in the cells;
    methylmalonic acid can decide.
    .lay =
        One B12 test is low, and the more exact one is not. Pregnancy or hormones can do this without the body lacking B12.
        One more test can help to decide.
because-nitrous-oxide-normal =
    Nitrous oxide was used. Methylmalonic acid and homocysteine do not show deficiency, but they miss some cases; watch for neurological signs.
    .lay =
        Laughing gas stops vitamin B12 from working. The tests so far do not show that the body lacks it, but they can miss it.
        Please avoid it, and see a doctor if tingling, numbness or unsteadiness appears.
because-nitrous-oxide-level =
    Nitrous oxide was used: serum B12 cannot be used to exclude deficiency. Measure methylmalonic acid and homocysteine.
    .lay =
        Laughing gas stops vitamin B12 from working, so the usual B12 level cannot answer the question.
        Please avoid it and ask your clinic for the tests named below.
because-antibody =
    Intrinsic factor antibodies are positive. They can make total B12 read falsely normal and announce a lasting loss of uptake; measure methylmalonic acid.
    .lay =
        A blood test found antibodies that can keep B12 from being taken up and can make a B12 level look better than it is.
        A further test is worth asking for.
because-cord-normal =
    The signs point to the spinal cord while the results are normal. Normal results do not exclude B12 deficiency here; look for copper deficiency and other causes too.
    .lay =
        The signs on record need a doctor's look soon, although the blood tests are normal.
        Too little B12 is one possible reason among others.
because-treated =
    The results were taken on vitamin B12. They show what was given, not what was stored, and can neither confirm nor exclude an earlier deficiency.
    .lay =
        The blood was taken while taking vitamin B12, so the level shows what was given, not what the body had before.
        Please do not stop a treatment because of this number; ask your clinician first.
because-reads-high =
    Total B12 is in the normal range, but a liver or blood disease can make it read too high, and there are signs that fit. Measure methylmalonic acid.
    .lay =
        The B12 level looks normal, but an illness on record can make it look better than it is.
        A further test is worth asking for.
because-grey-cells-well =
    B12 is in the grey zone, and methylmalonic acid shows that the cells have enough. Look for other causes of the complaints.
    .lay = The B12 level is borderline, but a second test shows that the body's cells are getting enough.
because-grey-total =
    { $given ->
        [number] Total B12 is { $serum_b12 }: neither below { $limit } nor above { $upper }.
       *[word] Total B12 is in the grey zone.
    } In this range methylmalonic acid, active B12 or the clinical picture decides.
    .lay =
        { $given ->
            [number] The vitamin B12 level is { $serum_b12 }. Below { $limit } counts as too low, above { $upper } as enough; this one is neither.
           *[word] The vitamin B12 level is borderline.
        }
because-grey-active =
    { $given ->
        [number] Active B12 is { $holotranscobalamin }: neither below { $limit } nor above { $upper }.
       *[word] Active B12 is in the grey zone.
    } In this range methylmalonic acid or the clinical picture decides.
    .lay =
        { $given ->
            [number] The level of active vitamin B12 is { $holotranscobalamin }. Below { $limit } counts as too low, above { $upper } as enough; this one is neither.
           *[word] The level of active vitamin B12 is borderline.
        }
because-metabolites-open =
    Methylmalonic acid or homocysteine is borderline or raised, but the kidneys, folate or other reasons have not been excluded.
    .lay = One blood test may point to too little B12, but it can have other reasons. A few more tests belong to the next step.
because-metabolites-explained =
    Methylmalonic acid or homocysteine is raised, but reduced kidney function or another cause may explain it, and there are complaints that fit B12 deficiency.
    .lay =
        One blood test is raised, and the kidneys or something else may be the reason.
        As there are complaints that fit, please go through it with your clinician.
because-total-normal =
    { $given ->
        [number] Total B12 is { $serum_b12 }, above { $limit }.
       *[word] The laboratory reports total B12 as not low.
    } This makes deficiency unlikely; a strong clinical picture would outweigh it.
    .lay =
        { $given ->
            [number] The vitamin B12 level is { $serum_b12 }. Above { $limit } counts as enough.
           *[word] The laboratory reports the vitamin B12 level as not low.
        }
because-active-normal =
    { $given ->
        [number] Active B12 is { $holotranscobalamin }, above { $limit }.
       *[word] The laboratory reports active B12 as not low.
    } This makes deficiency unlikely; a strong clinical picture would outweigh it.
    .lay =
        { $given ->
            [number] The level of active vitamin B12 is { $holotranscobalamin }. Above { $limit } counts as enough.
           *[word] The laboratory reports the level of active vitamin B12 as not low.
        }
because-metabolites-normal =
    { $given ->
        [number] Methylmalonic acid is { $methylmalonic_acid }, not above { $limit }:
       *[word] Methylmalonic acid is not raised:
    } the cells appear to have enough B12, although the level itself was not measured.
    .lay = A blood test suggests that the body's cells are getting enough B12.
because-nothing =
    No readable result and no sign on record is enough to decide.
    .lay = Nothing on record so far is enough to answer the question.
because-strong-picture =
    Total B12 is in the normal range, but the signs are those of B12 deficiency, and a normal level does not exclude it. Measure methylmalonic acid and homocysteine.
    .lay =
        The B12 level looks normal, but the signs fit a lack of B12, and the level alone does not rule it out.
        Ask about a further test.
because-bounded-low =
    { $given ->
        [number] The laboratory reported total B12 only as { $serum_b12 }: it is not above { $limit }, but whether it is below the line of deficiency cannot be told.
       *[word] The laboratory reported only a bound for total B12, and whether it is below the line of deficiency cannot be told.
    }
    .lay =
        { $given ->
            [number] The laboratory only reported that the B12 level is { $serum_b12 }. That is not a comfortable level, but it does not say how low it is. An exact value or a second test helps.
           *[word] The laboratory only reported a bound for the B12 level. An exact value or a second test helps.
        }
because-bounded-low-active =
    { $given ->
        [number] The laboratory reported active B12 only as { $holotranscobalamin }: it is not above { $limit }, but whether it is below the line of deficiency cannot be told.
       *[word] The laboratory reported only a bound for active B12, and whether it is below the line of deficiency cannot be told.
    }
    .lay =
        { $given ->
            [number] The laboratory only reported that the active B12 level is { $holotranscobalamin }. That is not a comfortable level, but it does not say how low it is. An exact value or a second test helps.
           *[word] The laboratory only reported a bound for the active B12 level. An exact value or a second test helps.
        }
because-lasting-loss-nerves =
    The stomach or the end of the small bowel can no longer take up B12, no B12 is being given, and there are signs of the nerves. Treat without waiting.
    .lay =
        After this operation or with this illness the body can hardly take up B12 from food, and some signs can come from nerves that lack it.
        Please talk to your clinician this week about treatment.
