# Foods, what cooking does, and where sources differ.

catalog-foods = Vitamin B12 comes from microorganisms and reaches people by foods from animals or by foods to which it is added. Amounts are as their sources print them; those for a portion are computed and rounded. A gap is shown as a gap.
    .lay = B12 is found in milk, eggs, fish and meat, and in foods to which it has been added. Plants contain none by themselves. If you eat only plants, please take B12 as a tablet or in food with added B12, and ask your doctor or nurse which suits you.
food-hundred = { $ug } in { $amount }
    .lay = { $ug } in { $amount }
food-portion = { $portion } ({ $amount }): about { $ug }
    .lay = { $portion } ({ $amount }): about { $ug }
food-serving = { $portion }: { $ug }
    .lay = { $portion }: { $ug }
disagreement-clams = Newer and older editions of the same table print very different amounts for clams ({ $clams } in a hundred grams); both stand here, and either is plenty.
    .lay = Old and new tables differ a lot about clams. Either way they contain plenty of B12.
disagreement-indian-milk = Figures for milk in India differ several-fold: { $cow_milk } for cow's milk, { $buffalo_milk } for buffalo's milk and { $cow_or_buffalo_milk } in trials, in a hundred grams or milliliters. The lowest are claims that name a table which does not list B12. Milk alone may not be enough.
    .lay = How much B12 is in milk in India is not well known; the figures differ a lot. Milk helps, but by itself it may not be enough. Please ask for a B12 test if milk is your main source.
catalog-cooking = Heat takes away part of the B12, more the longer it lasts, and the gut takes up only part of what is left. The recommended intakes already allow for this.
    .lay = Long cooking takes away some B12, and the body takes up only part of it. Short cooking is gentler. You need not eat anything raw for the sake of B12.
cooking-lost = { $lost } of the B12 is lost
    .lay = { $lost } of the B12 is lost
cooking-lost-after = after { $minutes } minutes: { $lost } of the B12 is lost
    .lay = after { $minutes } minutes: { $lost } of the B12 is lost
cooking-absorbed = { $absorbed } is taken up
    .lay = { $absorbed } is taken up
disagreement-eggs-absorbed = Older work found that hardly any B12 is taken up from eggs, newer work with labeled eggs found far more ({ $from_eggs }). Both stand here.
    .lay = Studies differ on how well the body takes up B12 from eggs. Eggs help, but please do not rely on them alone.
