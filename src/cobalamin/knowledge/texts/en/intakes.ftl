# How much B12 a day.

catalog-intakes = Recommended intakes for healthy people. They keep stores filled and do not treat a deficiency. Where a body's table was not read, the figure is marked as remembered; a gap is shown as a gap.
    .lay = This is how much B12 healthy people need each day, according to several countries. It is not enough to treat a lack of B12; for that your doctor will give you more.
intake-value = { $body }: { $ug } a day
    .lay = { $body }: { $ug } a day
intake-value-years = { $body }, { $years } years: { $ug } a day
    .lay = { $body }, { $years } years: { $ug } a day
disagreement-intakes = Bodies differ for the same people: for adults { $adults }; in pregnancy { $in_pregnancy }; when breastfeeding { $when_breastfeeding }. The lower aim at a normal blood count, the higher at normal methylmalonic acid and homocysteine.
    .lay = Countries set different amounts, because they look at different blood tests. The higher figure is the safer one to aim at; taking more is not known to do harm.
