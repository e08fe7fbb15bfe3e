# صفحة المريض: الاستمارة ورسائلها وما يحيط بالإجابة.

entry-person = عن المريض
    .lay = عن المريض
entry-age = العمر
    .lay = العمر
entry-age-in = العمر بالسنوات أو بالأشهر
    .lay = العمر بالسنوات أو بالأشهر
entry-age-years = سنوات
    .lay = سنوات
entry-age-months = أشهر
    .lay = أشهر
entry-birth-date = أو تاريخ الميلاد
    .lay = أو تاريخ الميلاد
entry-patient-id = الاسم أو الرقم (للطباعة فقط)
    .lay = الاسم أو الرقم (للطباعة فقط)
entry-voice = لمن الكلام
    .lay = لمن الكلام
entry-voice-clinical = للطبيب
    .lay = للطبيب
entry-voice-lay = للمريض
    .lay = للمريض
entry-add = أضف أي شيء: عَرَضًا أو مرضًا أو دواءً أو فحصًا
    .lay = أضف أي شيء: عَرَضًا أو مرضًا أو دواءً أو فحصًا
entry-add-hint = بالعربية أو English أو हिन्दी أو الهندية بحروف لاتينية: تنميل، thakan، metformin، B12 180 pg/mL
    .lay = بالعربية أو English أو हिन्दी أو الهندية بحروف لاتينية: تنميل، thakan، metformin، B12 180 pg/mL
entry-add-button = أضف
    .lay = أضف
entry-suggestions = اقتراحات
    .lay = اقتراحات
entry-none-yet = لم يُدخَل شيء بعد.
    .lay = لم يُدخَل شيء بعد.
entry-said = كتبتَ
    .lay = كتبتَ
entry-reference = مدى المختبر:
    .lay = مدى المختبر:
entry-did-you-mean = لم نفهم هذا. هل تقصد:
    .lay = لم نفهم هذا. هل تقصد:
entry-value = القيمة
    .lay = القيمة
entry-result = النتيجة
    .lay = النتيجة
entry-unit = الوحدة
    .lay = الوحدة
entry-unit-none = لم تُذكر
    .lay = لم تُذكر
entry-present = موجود؟
    .lay = موجود؟
entry-has = نعم
    .lay = نعم
entry-has-not = لا
    .lay = لا
entry-dose = الجرعة
    .lay = الجرعة
entry-date = التاريخ
    .lay = التاريخ
entry-since = منذ
    .lay = منذ
entry-until = حتى
    .lay = حتى
entry-remove = احذف
    .lay = احذف
entry-slip = ألصق نتائج من ورقة المختبر
    .lay = ألصق نتائج من ورقة المختبر
entry-slip-hint = نتيجة واحدة في كل سطر كما طُبعت، والتاريخ في الأعلى يسري على الجميع.
    .lay = نتيجة واحدة في كل سطر كما طُبعت، والتاريخ في الأعلى يسري على الجميع.
entry-slip-button = اقرأ الورقة
    .lay = اقرأ الورقة
entry-slip-read =
    { $count ->
        [zero] لم نجد أي نتيجة في الورقة.
        [one] قُرئت نتيجة واحدة من الورقة. يُرجى التحقق منها.
        [two] قُرئت نتيجتان من الورقة. يُرجى التحقق منهما.
        [few] قُرئت { $number } نتائج من الورقة. يُرجى التحقق منها.
        [many] قُرئت { $number } نتيجة من الورقة. يُرجى التحقق منها.
       *[other] قُرئت { $number } نتيجة من الورقة. يُرجى التحقق منها.
    }
    .lay =
        { $count ->
            [zero] لم نجد أي نتيجة في الورقة.
            [one] قُرئت نتيجة واحدة من الورقة. يُرجى التحقق منها.
            [two] قُرئت نتيجتان من الورقة. يُرجى التحقق منهما.
            [few] قُرئت { $number } نتائج من الورقة. يُرجى التحقق منها.
            [many] قُرئت { $number } نتيجة من الورقة. يُرجى التحقق منها.
           *[other] قُرئت { $number } نتيجة من الورقة. يُرجى التحقق منها.
        }
entry-slip-left =
    { $count ->
        [zero] فهمنا كل الأسطر.
        [one] سطر واحد لم نفهمه، وهو باقٍ في الخانة.
        [two] سطران لم نفهمهما، وهما باقيان في الخانة.
        [few] لم نفهم { $number } أسطر، وهي باقية في الخانة.
        [many] لم نفهم { $number } سطرًا، وهي باقية في الخانة.
       *[other] لم نفهم { $number } سطر، وهي باقية في الخانة.
    }
    .lay =
        { $count ->
            [zero] فهمنا كل الأسطر.
            [one] سطر واحد لم نفهمه، وهو باقٍ في الخانة.
            [two] سطران لم نفهمهما، وهما باقيان في الخانة.
            [few] لم نفهم { $number } أسطر، وهي باقية في الخانة.
            [many] لم نفهم { $number } سطرًا، وهي باقية في الخانة.
           *[other] لم نفهم { $number } سطر، وهي باقية في الخانة.
        }
entry-day-first = قُرئ { $printed } على أنه { $day }، أي اليوم قبل الشهر. غيّر التواريخ إن كان العكس هو المقصود.
    .lay = قُرئ { $printed } على أنه { $day }، أي اليوم قبل الشهر. غيّر التواريخ إن كان العكس هو المقصود.
entry-file = افتح ملفًا
    .lay = افتح ملفًا
entry-file-hint = أسقط أو اختر حالة محفوظة من هنا، أو FHIR Bundle (JSON).
    .lay = أسقط أو اختر حالة محفوظة من هنا، أو FHIR Bundle (JSON).
entry-file-button = افتح
    .lay = افتح
entry-file-read =
    { $count ->
        [zero] قُرئ { $file }، وليس فيه أي معلومة.
        [one] قُرئ { $file }: معلومة واحدة.
        [two] قُرئ { $file }: معلومتان.
        [few] قُرئ { $file }: { $number } معلومات.
        [many] قُرئ { $file }: { $number } معلومة.
       *[other] قُرئ { $file }: { $number } معلومة.
    }
    .lay =
        { $count ->
            [zero] قُرئ { $file }، وليس فيه أي معلومة.
            [one] قُرئ { $file }: معلومة واحدة.
            [two] قُرئ { $file }: معلومتان.
            [few] قُرئ { $file }: { $number } معلومات.
            [many] قُرئ { $file }: { $number } معلومة.
           *[other] قُرئ { $file }: { $number } معلومة.
        }
entry-file-left =
    { $count ->
        [zero] استُعمل الملف كله.
        [one] تعذّر استعمال جزء واحد من الملف.
        [two] تعذّر استعمال جزأين من الملف.
        [few] تعذّر استعمال { $number } أجزاء من الملف.
        [many] تعذّر استعمال { $number } جزءًا من الملف.
       *[other] تعذّر استعمال { $number } جزء من الملف.
    }
    .lay =
        { $count ->
            [zero] استُعمل الملف كله.
            [one] تعذّر استعمال جزء واحد من الملف.
            [two] تعذّر استعمال جزأين من الملف.
            [few] تعذّر استعمال { $number } أجزاء من الملف.
            [many] تعذّر استعمال { $number } جزءًا من الملف.
           *[other] تعذّر استعمال { $number } جزء من الملف.
        }
entry-file-broken = تعذّرت قراءة { $file }: ليس ملف حالة ولا FHIR Bundle، أو هو مبتور. لم يُستعمل منه شيء.
    .lay = تعذّرت قراءة { $file }: ليس ملف حالة ولا FHIR Bundle، أو هو مبتور. لم يُستعمل منه شيء.
entry-file-large = { $file } أكبر من أن يكون حالة شخص واحد. لم يُستعمل منه شيء.
    .lay = { $file } أكبر من أن يكون حالة شخص واحد. لم يُستعمل منه شيء.
entry-file-several = في { $file } معلومات عن عدة أشخاص، وهذه الصفحة لشخص واحد: احفظ ملفه وحده، أو افتح الملف بوصفه مجموعة سكانية.
    .lay = في { $file } معلومات عن عدة أشخاص، وهذه الصفحة لشخص واحد: احفظ ملفه وحده، أو افتح الملف بوصفه مجموعة سكانية.
entry-file-none = ليس في { $file } من يمكن تقييمه. لم يُستعمل منه شيء.
    .lay = ليس في { $file } من يمكن تقييمه. لم يُستعمل منه شيء.
entry-file-deceased = { $file } عن شخص توفي قبل يوم التقييم. لم يُستعمل منه شيء.
    .lay = { $file } عن شخص توفي قبل يوم التقييم. لم يُستعمل منه شيء.
entry-file-other-person = { $file } عن شخص آخر غير صاحب هذه الصفحة. ابدأ من جديد لفتحه.
    .lay = { $file } عن شخص آخر غير صاحب هذه الصفحة. ابدأ من جديد لفتحه.
entry-too-many =
    { $count ->
        [zero] لم يُترك أي سطر.
        [one] لا مكان لسطر آخر، فتُرك.
        [two] لا مكان لسطرين آخرين، فتُركا.
        [few] لا مكان لـ { $number } أسطر أخرى، فتُركت.
        [many] لا مكان لـ { $number } سطرًا آخر، فتُركت.
       *[other] لا مكان لـ { $number } سطر آخر، فتُركت.
    }
    .lay =
        { $count ->
            [zero] لم يُترك أي سطر.
            [one] لا مكان لسطر آخر، فتُرك.
            [two] لا مكان لسطرين آخرين، فتُركا.
            [few] لا مكان لـ { $number } أسطر أخرى، فتُركت.
            [many] لا مكان لـ { $number } سطرًا آخر، فتُركت.
           *[other] لا مكان لـ { $number } سطر آخر، فتُركت.
        }
entry-clear = ابدأ من جديد
    .lay = ابدأ من جديد
entry-kind-result = فحص
    .lay = فحص
entry-kind-panel = فحوص
    .lay = فحوص
entry-kind-condition = مرض
    .lay = مرض
entry-kind-symptom = عَرَض
    .lay = عَرَض
entry-kind-procedure = عملية
    .lay = عملية
entry-kind-diet = غذاء
    .lay = غذاء
entry-kind-circumstance = ظرف
    .lay = ظرف
entry-kind-drug = دواء
    .lay = دواء
entry-kind-unknown = غير مفهوم
    .lay = غير مفهوم
answer-nothing = أدخل ما تعرفه عن المريض. تظهر الإجابة هنا وتتبع كل تغيير.
    .lay = أدخل ما تعرفه عن المريض. تظهر الإجابة هنا وتتبع كل تغيير.
answer-soon = متى
    .lay = متى
answer-strong = ما مدى الشدة
    .lay = ما مدى الشدة
answer-differs = مختلف
    .lay = مختلف
answer-chosen = المختار
    .lay = المختار
answer-limits = الحدود
    .lay = الحدود
answer-why = على ماذا يستند هذا
    .lay = على ماذا يستند هذا
answer-when = يسري عندما
    .lay = يسري عندما
answer-looked = نُظر في
    .lay = نُظر في
answer-limit = الحد
    .lay = الحد
answer-ground-rule = قاعدة
    .lay = قاعدة
answer-ground-regimen = خطة علاج
    .lay = خطة علاج
answer-ground-review = متابعة
    .lay = متابعة
answer-ground-formula = معادلة
    .lay = معادلة
answer-stands-undecided = تعذّر الحسم
    .lay = تعذّر الحسم
answer-stands-watched = لو انطبقت لقالت ذلك
    .lay = لو انطبقت لقالت ذلك
answer-over-time = النتائج عبر الزمن
    .lay = النتائج عبر الزمن
answer-along = خذه معك
    .lay = خذه معك
answer-take-handout = ورقة للمريض (PDF)
    .lay = ورقة للمريض (PDF)
answer-take-calendar = الجرعات للتقويم (ICS)
    .lay = الجرعات للتقويم (ICS)
answer-take-case = احفظ هذه الحالة (JSON)
    .lay = احفظ هذه الحالة (JSON)
answer-take-bundle = FHIR Bundle (JSON)
    .lay = FHIR Bundle (JSON)
answer-print = اطبع هذه الإجابة
    .lay = اطبع هذه الإجابة
answer-also = وبجانبها
    .lay = وبجانبها
answer-also-none = دون لغة ثانية
    .lay = دون لغة ثانية
answer-large = خط كبير
    .lay = خط كبير
answer-discreet = دون ذكر B12
    .lay = دون ذكر B12
answer-entered = ما أُدخل
    .lay = ما أُدخل
entry-absent = غير موجود: { $number }
    .lay = غير موجود: { $number }
answer-enter-it = أدخل:
    .lay = أدخل:
answer-source = المصدر
    .lay = المصدر
