# How common a lack of B12 is.

catalog-prevalence = How many people lack B12 depends on who is counted, by which test and below which limit. Each figure stands with its own; figures that contradict each other stand side by side.
    .lay = A lack of B12 is common, above all in older people, in pregnancy, in people who eat little or no food from animals, and in India. If you are one of them, please ask whether you should be tested.
prevalence-value = { $percent }: { $counted }
    .lay = { $percent }: { $counted }
prevalence-value-limit = { $percent }: { $counted } ({ $limit })
    .lay = { $percent }: { $counted } ({ $limit })
disagreement-sixty = The popular version says that { $popular_under_60 } of younger and { $popular_over_60 } of older people are deficient. The review it goes back to says otherwise: from sixty on { $allen_from_60 } are deficient, and in later life { $allen_later_life } are marginal. The popular version counts marginal levels as deficiency and gives the figure of the old to the young.
    .lay = You may read that { $popular_over_60 } of older people lack B12. The study behind it found that { $allen_from_60 } lack it, while { $allen_later_life } are on the borderline.
disagreement-older-people = For older people the figures run from { $nice_65_74 } and { $nice_from_75 } through { $older_people } to { $elderly_by_mma } by methylmalonic acid. Test, limit and age differ; none of them is the one true figure.
    .lay = For older people the figures differ a lot, because each study used another test and another limit. All agree that it becomes more common with age.
disagreement-adults = For adults in general: { $us_adults } (United States), { $bnssg_general } (Bristol), { $dutch } (Netherlands), and { $popular_under_60 } in the popular version. Not every source names the limit it counts by.
    .lay = For adults in general the figures are small but differ from country to country.
disagreement-framingham = The same people of the Framingham study give { $framingham_350 }, { $framingham_250 } or { $framingham_200 }, depending on the limit alone.
    .lay = The same people give very different figures when only the limit is moved.
disagreement-infants = In the same Norwegian infants few have a low level and most have a raised methylmalonic acid ({ $norway_3_months } at three months, { $norway_6_months } at six): in infants, the limits of adults show how much B12 there is, not disease.
    .lay = In healthy babies one test can look abnormal in many. That alone does not mean a baby is ill; please ask the child's doctor what it means.
disagreement-western = For marginal status one source says { $western_marginal } of Western populations, others about { $allen_later_life } and { $nhanes_over_50_marginal } of older people; the upper limits are not the same.
    .lay = How many people are on the borderline depends on where the line is drawn.
disagreement-india = For India the figures run from { $india_1_4 } in small children and { $india_10_19 } in adolescents to { $india_west } and { $india_pune_adults } in groups of adults and { $india_pregnancy } in pregnancy. The national survey counted children; the higher figures come from small or local studies. A figure for all adults was not found.
    .lay = In India a lack of B12 is common at every age, and most common in pregnancy and where little milk, egg, fish or meat is eaten. The exact figure is not known.
