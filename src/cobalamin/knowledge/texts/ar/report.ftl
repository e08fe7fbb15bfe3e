# التقرير عن أشخاص كثيرين: خطوات الرعاية والمجموعات والمقاييس.

step-at-risk = معرّضون للخطر
    .lay = معرّضون للخطر
step-tested = أُجري لهم الفحص
    .lay = أُجري لهم الفحص
step-deficient = ثبت لديهم النقص
    .lay = وُجد لديهم نقص B12
step-treated = تلقوا العلاج
    .lay = تلقوا العلاج
step-reviewed = روجع علاجهم
    .lay = روجع علاجهم
step-recovered = تعافوا
    .lay = تعافوا

care-at-risk = في السجل عامل خطر أو شكوى أو صورة دم تتفق مع نقص B12، أو سبب للفحص وفق الإرشادات المختارة.
    .lay = في السجل سبب قد يجعل B12 ناقصًا.
care-tested = نتيجة لفيتامين B12 الكلي أو الفعال أو لحمض الميثيل مالونيك خلال آخر { $care_looked_back }.
    .lay = قيس B12 خلال آخر { $care_looked_back }.
care-deficient = نقص أو نقص مرجّح يوم التقرير وفق الإرشادات المختارة، أو نقص مسجّل تشخيصًا، أو مستوى أول منخفض قبل العلاج خلال آخر { $care_looked_back }.
    .lay = وُجد B12 ناقصًا، أو يُرجَّح ذلك.
care-treated = أُعطي فيتامين B12 علاجًا (لا ضمن فيتامينات متعددة) خلال آخر { $care_looked_back }.
    .lay = أُعطي B12 علاجًا خلال آخر { $care_looked_back }.
care-reviewed = بعد بدء العلاج قيست صورة الدم أو B12 أو حمض الميثيل مالونيك أو الهوموسيستئين، أو سُجّل كيف حال المريض.
    .lay = بعد بدء العلاج نُظر هل ينفع.
care-recovered = روجع العلاج وكانت الاستجابة كافية، أو كانت صورة الدم بعد ثمانية أسابيع من العلاج على الأقل بلا فقر دم ولا خلايا كبيرة، وليس في السجل ما يخالف ذلك.
    .lay = العلاج ينفع: الدم سليم، أو تحسّن المريض.

group-all = الجميع
    .lay = الجميع
group-under-12 = أقل من 12 سنة
    .lay = أقل من 12 سنة
group-age-12-to-19 = من 12 إلى 19 سنة
    .lay = من 12 إلى 19 سنة
group-age-20-to-39 = من 20 إلى 39 سنة
    .lay = من 20 إلى 39 سنة
group-age-40-to-59 = من 40 إلى 59 سنة
    .lay = من 40 إلى 59 سنة
group-age-60-to-74 = من 60 إلى 74 سنة
    .lay = من 60 إلى 74 سنة
group-age-75-and-over = 75 سنة فأكثر
    .lay = 75 سنة فأكثر
group-age-unknown = العمر غير معروف
    .lay = العمر غير معروف
group-adults = البالغون من 20 سنة فأكثر
    .lay = البالغون من 20 سنة فأكثر
group-female = أنثى
    .lay = أنثى
group-male = ذكر
    .lay = ذكر
group-sex-unknown = الجنس غير معروف
    .lay = الجنس غير معروف

measure-b12-inadequate = B12 الكلي لا يزيد على { $survey_b12_inadequate_up_to }
    .lay = B12 لا يزيد على { $survey_b12_inadequate_up_to }
measure-b12-deficient = B12 الكلي أقل من { $survey_b12_deficient_below }
    .lay = B12 أقل من { $survey_b12_deficient_below }
measure-b12-marginal = B12 الكلي من { $survey_b12_deficient_below } إلى { $survey_b12_marginal_up_to }
    .lay = B12 من { $survey_b12_deficient_below } إلى { $survey_b12_marginal_up_to }
measure-homocysteine-raised = الهوموسيستئين أعلى من { $survey_homocysteine_above }
    .lay = الهوموسيستئين أعلى من { $survey_homocysteine_above }

amount-days =
    { $count ->
        [zero] { $number } يوم
        [one] يوم واحد
        [two] يومين
        [few] { $number } أيام
        [many] { $number } يومًا
       *[other] { $number } يوم
    }
    .lay =
        { $count ->
            [zero] { $number } يوم
            [one] يوم واحد
            [two] يومين
            [few] { $number } أيام
            [many] { $number } يومًا
           *[other] { $number } يوم
        }
