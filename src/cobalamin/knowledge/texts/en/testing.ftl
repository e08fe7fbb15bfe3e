# Why a test is wanted, or why not yet.

heading-tests-because = Whether to test, and why
    .lay = Is a test worthwhile?

why-test-nerves = Signs of nerves, eyes or mind that B12 deficiency can cause: reason enough to test, because damage can become permanent.
    .lay = Some of the complaints can come from nerves that lack B12. Please have a blood test soon.
why-test-large-cells = Large red cells: test B12 and folate.
    .lay = The red blood cells are larger than usual. A B12 test is one of the first steps to find out why.
why-test-anemia = Anemia that lack of iron does not explain: test B12.
    .lay = There is anemia, and its reason is not known yet. A B12 test helps to find it.
why-test-blood-picture = The blood count, film or marrow looks as it does when B12 or folate is short: test both.
    .lay = The blood cells look as they do when B12 or folate is short. A test of both is worthwhile.
why-test-child = A small child with signs that fit B12 deficiency, or with a mother at risk: test without delay, the mother too.
    .lay = Babies depend on their mother's B12. Please have mother and child tested soon.
why-test-lasting-loss = Intrinsic factor or the terminal ileum is lost for good: B12 runs out sooner or later, so test or replace it.
    .lay = Without help, the body cannot take up enough B12 any more. Please ask for a test and for B12 treatment that goes on.
why-test-after-surgery = After an operation on the stomach B12 runs short in many: test once a year.
    .lay = After an operation on the stomach, B12 should be checked once a year, even when you feel well.
why-test-nitrous-oxide = Nitrous oxide was used: methylmalonic acid or homocysteine tells more than a B12 level.
    .lay = Laughing gas stops B12 from working. There are blood tests that show it; please ask for them.
why-test-symptom-and-risk = A common symptom or sign of B12 deficiency together with a common risk factor: offer a test.
    .lay = There is a complaint that too little B12 can cause, and also a reason why B12 may be short. A blood test is the right next step.
why-test-other-complaint-and-risk = A complaint that B12 deficiency can cause together with a risk factor: a test is worthwhile by clinical judgement.
    .lay = There is a complaint that too little B12 may cause, and a reason why B12 may be short. It is worth asking for a test.
why-test-several-symptoms = Symptoms of several kinds that fit together, without a known risk factor: a test is worthwhile by clinical judgement.
    .lay = Several of the complaints together can come from too little B12. It is worth asking for a test.
why-test-sore-tongue = A sore, smooth tongue without a known risk factor: a test is worthwhile by clinical judgement.
    .lay = A sore, smooth tongue can come from too little B12. It is worth asking for a test.
why-test-pregnancy-and-risk = Pregnancy and a common risk factor: a test is worthwhile by clinical judgement even without complaints.
    .lay = In pregnancy mother and child both need B12, and there is a reason why it may be short. Please ask for a test.
why-test-metformin-and-risk = Metformin and a further risk factor: consider testing from time to time even without complaints.
    .lay = With metformin and a further reason for low B12, a test from time to time can be worthwhile. Please ask about it.
why-test-clinical-judgement = NICE asks for a symptom and a risk factor together. Here clinical judgement decides, and it speaks for a test.
    .lay = The guideline leaves this to the judgement of your clinician. What is on record speaks for a test. Please ask for it.
why-test-common-symptom = A symptom or sign that B12 deficiency often brings: test.
    .lay = There is a complaint that too little B12 often brings. A blood test is worthwhile.
why-test-screening-group = A group at risk in which this guideline allows a screening test even without complaints.
    .lay = You belong to a group in which B12 is short more often. A test is possible even when you feel well.
why-test-diet-or-malabsorption = A diet poor in B12 or a reason to absorb little: reason enough to test by this guideline.
    .lay = You may get or take up too little B12. A blood test is worthwhile.
why-test-picture-or-cause = A complaint that fits B12 deficiency, or a cause on record. This guideline gives no rule on whom to test, so either is taken as reason enough.
    .lay = There is a complaint or a circumstance that can go with too little B12. It is worth asking for a test.
why-test-symptom-without-risk =
    A complaint that fits B12 deficiency, but no risk factor on record: by this guideline not enough for a test by itself. Ask about diet, medicines, operations,
    bowel and family; clinical judgement decides.
    .lay =
        The complaints alone do not make a B12 test necessary yet. Please tell your clinician what you eat, which medicines you take, and about operations
        and illnesses in the family; that can change the answer.
why-test-risk-without-symptom =
    A risk factor, but no complaint or sign on record: by this guideline not a reason for a test yet. Ask about complaints from time to time,
    and see that intake is enough.
    .lay = There is a reason why B12 may run short, but no complaint on record. Please see that you get enough B12, and tell your doctor about any new complaint.
why-test-not-for-this-alone =
    By this guideline none of this is a reason for a routine test by itself: metformin, acid suppression, trouble with memory, tiredness or weakness alone.
    It asks for anemia, neurological signs, or a diet or bowel disease that leaves B12 short.
    .lay =
        For this alone, this guideline does not advise a routine B12 test. Please say so if there is tingling, unsteady walking, anemia,
        a diet with little food from animals, or trouble with the bowel.
why-test-old-low-result = An old result was low and was never treated: test again.
    .lay = An earlier B12 test was low and nothing shows that it was treated. A new blood test is worthwhile soon.

# What each test shows.
test-serum-b12 = Total B12: the usual first test; a normal level excludes nothing where the picture is strong.
    .lay = The usual blood test for vitamin B12.
test-holotranscobalamin = Active B12: the part that cells can take up; the better first test in pregnancy.
    .lay = Shows the B12 that the body can really use. In pregnancy it is the better test.
test-methylmalonic-acid = Rises when cells lack B12; read together with kidney function and age.
    .lay = Shows whether the cells of the body really lack B12.
test-homocysteine = Rises when B12 or folate is short, and for other reasons; separate the tube within two hours.
    .lay = Rises when B12 or folate is short. It helps to read the other tests.
test-complete-blood-count = Hemoglobin, size of red cells, white cells and platelets; with a film where something stands out.
    .lay = Counts the blood cells and shows anemia.
test-creatinine = Kidney function, without which methylmalonic acid and homocysteine cannot be read.
    .lay = Shows how the kidneys work. Some B12 tests can only be read with it.
test-ferritin = Iron stores: lack of iron hides large cells and blunts the response to B12.
    .lay = Shows how much iron the body has in store.
test-serum-folate = Folate: its lack looks the same in the blood, and it is never given without B12.
    .lay = Folate is another vitamin that blood needs. Its lack can look the same.
test-maternal-b12 = The mother's B12: infants who lack it nearly always have a mother who does.
    .lay = Babies get their B12 from the mother, so her blood is tested too.
test-intrinsic-factor-antibody = Positive, it shows autoimmune gastritis (pernicious anemia); negative, it excludes nothing.
    .lay = Looks for a common reason in the stomach. A negative result does not rule it out.
test-parietal-cell-antibody = Points to autoimmune gastritis when the other antibody is negative; less specific.
    .lay = A second look for the same reason in the stomach.
test-gastrin = High when the stomach makes no acid; take it fasting and, where it is safe, off acid suppressants.
    .lay = Shows whether the stomach makes acid. The test is done fasting.
test-pepsinogen-1 = Low when the lining of the stomach has become thin.
    .lay = Shows how well the lining of the stomach is.
test-gastroscopy = Biopsies of the stomach where autoimmune gastritis stays likely or there are signs of cancer.
    .lay = A look into the stomach with a thin camera, when other tests leave the question open.
test-helicobacter-pylori-test = Stool antigen or breath test for Helicobacter pylori, which can be treated.
    .lay = Looks for a germ in the stomach that can be treated.
test-hiv-test = HIV goes with low B12 and with more need of it; ask for consent.
    .lay = Some infections use up B12. The test is done only if you agree.
test-tissue-transglutaminase-iga = Looks for celiac disease; read together with total IgA, and on a diet with gluten.
    .lay = Looks for celiac disease. Please keep eating bread and wheat until blood has been taken.
test-immunoglobulin-a = Without IgA a negative celiac antibody says nothing.
    .lay = Makes sure that the test for celiac disease can be trusted.
test-fecal-calprotectin = High in inflammation of the bowel, such as Crohn disease.
    .lay = Looks for inflammation of the bowel.
test-fecal-elastase = Low when the pancreas makes too few enzymes.
    .lay = Shows whether the pancreas makes enough digestive juice.
test-stool-parasites = Microscopy or antigen for Giardia, fish tapeworm and others.
    .lay = Looks for parasites that take up B12.
test-hydrogen-breath-test = Looks for bacterial overgrowth of the small bowel, which uses up B12.
    .lay = A breath test that looks for too many bacteria in the small bowel.
test-vitamin-b12-absorption-test = Active B12 before and after B12 by mouth: shows whether it is absorbed; the modern form of the Schilling test.
    .lay = Shows whether the bowel takes up B12.
test-metabolic-genetic-test = A metabolic specialist and genetic tests where the pattern or the age points to an inherited disorder.
    .lay = A specialist looks for a reason that runs in the family.
