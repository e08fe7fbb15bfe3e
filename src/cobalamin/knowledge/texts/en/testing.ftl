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
