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

# صفحة التقرير.
report-title = فيتامين B12: تقرير عن { $number } شخص
    .lay = فيتامين B12: تقرير عن { $number } شخص
report-day = يوم التقرير: { $day }
    .lay = يوم التقرير: { $day }
report-hidden = حفاظًا على الخصوصية لا تظهر الأعداد من 1 إلى { $most } ولا ما يمكن حسابها منه. وفي خانتها { $mark }
    .lay = حفاظًا على الخصوصية لا تظهر الأعداد من 1 إلى { $most } ولا ما يمكن حسابها منه. وفي خانتها { $mark }
report-nothing-hidden = لم يُحجب أي عدد مهما صغر؛ فانتبهوا لمن يستطيع قراءة هذه الصفحة.
    .lay = لم يُحجب أي عدد مهما صغر؛ فانتبهوا لمن يستطيع قراءة هذه الصفحة.
report-made = أُعدّ ببرنامج Cobalamin، إصدار المعرفة { $version }.
    .lay = أُعدّ ببرنامج Cobalamin، إصدار المعرفة { $version }.
report-cascade = سلسلة الرعاية
    .lay = سلسلة الرعاية
report-cascade-about = تَعدّ كل خطوة من بلغها وبلغ كل خطوة قبلها. ويَعدّ العمود الأخير كل من سُجّلت له الخطوة أيًا كان ما سبقها، ويرسمه الشكل إطارًا.
    .lay = تَعدّ كل خطوة من بلغها وبلغ كل خطوة قبلها. ويَعدّ العمود الأخير كل من سُجّلت له الخطوة أيًا كان ما سبقها، ويرسمه الشكل إطارًا.
report-cascade-chart = الناس عند كل خطوة من الرعاية
    .lay = الناس عند كل خطوة من الرعاية
report-step = الخطوة
    .lay = الخطوة
report-meaning = من يُعدّ فيها
    .lay = من يُعدّ فيها
report-people = العدد
    .lay = العدد
report-of-before = من الخطوة السابقة
    .lay = من الخطوة السابقة
report-of-everybody = من الجميع
    .lay = من الجميع
report-each = سُجّلت الخطوة بأي ترتيب
    .lay = سُجّلت الخطوة بأي ترتيب
report-by-age = حسب العمر
    .lay = حسب العمر
report-by-sex = حسب الجنس
    .lay = حسب الجنس
report-by-site = حسب الموقع
    .lay = حسب الموقع
report-group = المجموعة
    .lay = المجموعة
report-more-sites = تظهر هنا أكبر المواقع؛ وعدد البقية { $number } وهي في التقرير بصيغة JSON.
    .lay = تظهر هنا أكبر المواقع؛ وعدد البقية { $number } وهي في التقرير بصيغة JSON.
report-tested-of-at-risk = من أُجري لهم الفحص من بين المعرّضين للخطر
    .lay = من أُجري لهم الفحص من بين المعرّضين للخطر
report-status = الحالة وفق كل إرشادات
    .lay = الحالة وفق كل إرشادات
report-status-about = الأشخاص أنفسهم وفق كل إرشادات. والإرشادات المختارة هي { $guideline }.
    .lay = الأشخاص أنفسهم وفق كل إرشادات. والإرشادات المختارة هي { $guideline }.
report-status-chart = الناس حسب الحالة وفق كل إرشادات
    .lay = الناس حسب الحالة وفق كل إرشادات
report-guideline = الإرشادات
    .lay = الإرشادات
report-short = الاسم المختصر
    .lay = الاسم المختصر
report-changed = التغيّر عن المختارة
    .lay = التغيّر عن المختارة
report-flips = من تتغير حالته، والصفوف التي تقرر ذلك
    .lay = من تتغير حالته، والصفوف التي تقرر ذلك
report-flips-about = بالمقارنة مع { $guideline }: كم شخصًا له حالة أخرى، والصفان اللذان يقرران ذلك. والأمر «cobalamin explain ROW» يبيّن معنى الصف ومصدره.
    .lay = بالمقارنة مع { $guideline }: كم شخصًا له حالة أخرى، والصفان اللذان يقرران ذلك. والأمر «cobalamin explain ROW» يبيّن معنى الصف ومصدره.
report-more-changes = عدد المجموعات الأصغر أو المحجوبة التي لم تُذكر: { $number }.
    .lay = عدد المجموعات الأصغر أو المحجوبة التي لم تُذكر: { $number }.
report-from = الحالة
    .lay = الحالة
report-becomes = تصبح
    .lay = تصبح
report-rows = الصفوف التي تقرر
    .lay = الصفوف التي تقرر
report-prevalence = ما مدى انتشاره
    .lay = ما مدى انتشاره
report-prevalence-about = تُحسب النسبة من الأشخاص الذين عُرفت لديهم النتيجة. والمجال الأول يساوي بين الجميع: مجال ويلسون عند 95 %.
    .lay = تُحسب النسبة من الأشخاص الذين عُرفت لديهم النتيجة. والمجال الأول يساوي بين الجميع: مجال ويلسون عند 95 %.
report-no-survey = ليس للمرضى أوزان مسح، فالنسب تخص هؤلاء الأشخاص وحدهم.
    .lay = ليس للمرضى أوزان مسح، فالنسب تخص هؤلاء الأشخاص وحدهم.
report-survey-about = النسبة الموزونة تخص سكان المسح: عدد الأشخاص { $people }، والطبقات { $strata }، ووحدات المعاينة { $units }، ودرجات الحرية { $freedom } إجمالًا. حُسب الخطأ بتخطيط تايلور الخطي، وقُدّرت كل مجموعة بجميع وحدات التصميم. ومجالها عند 95 % هو مجال كورن وغراوبارد كما ينشره NCHS.
    .lay = النسبة الموزونة تخص سكان المسح: عدد الأشخاص { $people }، والطبقات { $strata }، ووحدات المعاينة { $units }، ودرجات الحرية { $freedom } إجمالًا. حُسب الخطأ بتخطيط تايلور الخطي، وقُدّرت كل مجموعة بجميع وحدات التصميم. ومجالها عند 95 % هو مجال كورن وغراوبارد كما ينشره NCHS.
report-survey-left = خارج النسب الموزونة: { $weight } بلا وزن، و{ $design } بلا طبقة أو وحدة معاينة. عدد الطبقات ذات الوحدة الواحدة: { $lonely }؛ وتُقاس وحدتها من متوسط جميع الوحدات.
    .lay = خارج النسب الموزونة: { $weight } بلا وزن، و{ $design } بلا طبقة أو وحدة معاينة. عدد الطبقات ذات الوحدة الواحدة: { $lonely }؛ وتُقاس وحدتها من متوسط جميع الوحدات.
report-unreliable = { $mark } غير موثوق وفق معايير NCHS للنسب لعام 2017.
    .lay = { $mark } غير موثوق وفق معايير NCHS للنسب لعام 2017.
report-share-deficient = نقص وفق { $guideline }
    .lay = نقص وفق { $guideline }
report-share-deficient-or-probable = نقص أو نقص مرجّح وفق { $guideline }
    .lay = نقص أو نقص مرجّح وفق { $guideline }
report-known = عُرف لدى
    .lay = عُرف لدى
report-found = وُجد لدى
    .lay = وُجد لدى
report-share = النسبة
    .lay = النسبة
report-interval = مجال 95 %
    .lay = مجال 95 %
report-weighted = النسبة الموزونة
    .lay = النسبة الموزونة
report-error = الخطأ المعياري
    .lay = الخطأ المعياري
report-interval-weighted = مجال 95 % للموزونة
    .lay = مجال 95 % للموزونة
report-freedom = درجات الحرية
    .lay = درجات الحرية
report-account = أين ذهب كل صف
    .lay = أين ذهب كل صف
report-adds-up = الصفوف المقروءة هي المستخدمة وما لا ينظر فيه البرنامج وما استُبعد مع السبب. لم يضِع شيء.
    .lay = الصفوف المقروءة هي المستخدمة وما لا ينظر فيه البرنامج وما استُبعد مع السبب. لم يضِع شيء.
report-does-not-add-up = الأعداد أدناه لا تتطابق. يُرجى الإبلاغ عن ذلك بوصفه خطأ في البرنامج.
    .lay = الأعداد أدناه لا تتطابق. يُرجى الإبلاغ عن ذلك بوصفه خطأ في البرنامج.
report-part = جزء المصدر
    .lay = جزء المصدر
report-read = مقروء
    .lay = مقروء
report-used = مستخدم
    .lay = مستخدم
report-not-ours = لا يُنظر فيه
    .lay = لا يُنظر فيه
report-aside = مستبعد
    .lay = مستبعد
report-patients = المرضى
    .lay = المرضى
report-facts = المعلومات
    .lay = المعلومات
report-columns = أعمدة المرضى
    .lay = أعمدة المرضى
report-reasons = لماذا استُبعدت صفوف وأعمدة
    .lay = لماذا استُبعدت صفوف وأعمدة
report-reason = السبب
    .lay = السبب
report-rows-aside = العدد
    .lay = العدد
report-by-guideline = الجميع، وفق كل إرشادات
    .lay = الجميع، وفق كل إرشادات
report-word-deficient = نقص
    .lay = نقص
report-word-deficient-or-probable = نقص أو نقص مرجّح
    .lay = نقص أو نقص مرجّح
