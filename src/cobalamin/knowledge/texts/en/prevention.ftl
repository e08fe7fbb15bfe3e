# What keeps B12 from running short. Amounts come from the parameters of the same name.

heading-prevention = Prevention
    .lay = How to keep B12 up

prevent-vegan-supplement =
    Vegan diet: at least { $vegan_fortified_daily } a day from fortified food in two or three portions, or { $vegan_daily_supplement } once a day,
    or { $vegan_weekly_supplement } once a week.
    .lay =
        A vegan diet can be healthy, but it contains no vitamin B12. Please choose one of these and keep to it: foods with added B12 two or three times a day
        (together at least { $vegan_fortified_daily }), one tablet of { $vegan_daily_supplement } every day, or one of { $vegan_weekly_supplement } once a week.
prevent-vegetarian-sources = Little food from animals: several portions of milk, curd, cheese or eggs every day, or a supplement; adults need { $intake_adults } a day.
    .lay =
        If you eat little food from animals, please have several portions of milk, curd, paneer, cheese or eggs every day, or take a B12 supplement.
        An adult needs only { $intake_adults } a day, but it has to come regularly.
prevent-plants-are-no-source = Plants, spirulina, nori and fermented plant food without added B12 are no reliable source.
    .lay = Vegetables, pulses, spirulina, seaweed and fermented plant foods are no source of B12 to rely on. Plant foods count only when B12 has been added to them.
prevent-plant-diet-in-pregnancy = Pregnant or breastfeeding with little food from animals: a daily supplement with B12 throughout, together with folic acid.
    .lay = While you are pregnant or breastfeeding, please take a B12 supplement every day. Your baby gets its B12 from you.
prevent-pregnancy-intake = Intake in pregnancy { $intake_pregnancy } a day, while breastfeeding { $intake_lactation } a day.
    .lay = In pregnancy you need { $intake_pregnancy } a day, while breastfeeding { $intake_lactation } a day.
prevent-infant-of-mother-at-risk = Infant of a mother at risk: assess and treat the mother, secure the infant's B12, and look at growth and development.
    .lay = A baby gets B12 from its mother. Please have the mother's B12 looked at and treated, and ask how the baby gets enough. If you breastfeed, please go on.
prevent-over-50-fortified = Over 50: take the { $intake_adults } a day mainly from fortified food or a supplement, because food B12 is absorbed less well by many.
    .lay = After 50 many people take up less B12 from food. Foods with added B12 or a small supplement ({ $intake_adults } a day is enough) are the easy way.
prevent-metformin-watch = Metformin: test B12 when anemia or nerve signs appear, and consider it from time to time with another risk.
    .lay = While you take metformin, please ask for a B12 test if you become tired or your feet tingle, and from time to time if you eat little food from animals.
prevent-acid-suppressant-watch = Acid suppression for more than a year: review the need, and think of B12.
    .lay = If you have taken medicine against stomach acid for more than a year, ask whether you still need it and whether B12 should be tested.
prevent-after-bariatric-surgery = After bariatric surgery: B12 for life, such as { $bariatric_daily } a day by mouth, with yearly checks.
    .lay = After weight-loss surgery you need B12 for life, such as a tablet of { $bariatric_daily } every day, and a blood check every year.
prevent-after-gastrectomy = After gastrectomy: prevent from the operation on, such as { $gastrectomy_daily } a day by mouth or an injection every two to three months; without it stores run out within years.
    .lay = After an operation that removed the stomach or a part of it, B12 should be looked after from the start, before any complaint appears, such as a tablet of { $gastrectomy_daily } every day or regular injections; without a stomach it is needed for life.
prevent-after-ileal-resection = After resection of the terminal ileum: B12 for life, before signs appear.
    .lay = When the last part of the small bowel has been removed, B12 is usually needed for life. Please ask your doctor how you will get it.
prevent-no-nitrous-oxide = No nitrous oxide for pleasure; stopping is the prevention.
    .lay = Laughing gas stops the body's B12 from working. Staying away from it is the best protection.
prevent-food-beside-treatment = Food rich in B12 beside treatment: fish, meat, eggs, milk, curd and cheese as the diet allows, or fortified food.
    .lay = Beside the treatment, eat what contains B12 and fits your way of eating: milk, curd, cheese, eggs, fish or meat, or foods with added B12.
prevent-much-does-no-harm = Toxicity is low: no upper limit of intake is set.
    .lay = Taking more B12 than needed is not known to do harm; the body gets rid of the rest.
prevent-supplement-without-cyanocobalamin = Leber's hereditary optic neuropathy: any supplement as hydroxocobalamin or mecobalamin, never as cyanocobalamin, also in fortified food.
    .lay = Because of the eye condition on record, read the label of B12 tablets and of foods with added B12: choose hydroxocobalamin or mecobalamin (methylcobalamin), never cyanocobalamin.
prevent-after-treatment = The amounts below are for the time after treatment; until then the treatment covers the need.
    .lay = The amounts below are for the time after treatment. Until then the treatment itself is enough.
prevent-child-plant-diet = Child with little food from animals: a B12 supplement every day, the amount by whoever looks after the child; watch growth, blood and development.
    .lay = A child who eats little or nothing from animals needs a B12 supplement every day. Please ask your child's doctor for the right amount.
prevent-fortified-food-beside-treatment = Beside treatment food with added B12, as a vegan diet contains none by itself.
    .lay = Beside the treatment, choose foods with added B12, such as fortified plant milk or cereal, and read the label.
