# ما قد يغيّر الجواب: معلومات ناقصة، وما يترتّب عليها.

heading-would-change = ما الذي قد يغيّر هذا الجواب
    .lay = ما الذي قد يوضّح الصورة أكثر
change-if = إذا كان ({ $value }) فالنتيجة: { $then }
    .lay = إذا كان ({ $value }) فالنتيجة: { $then }
change-part-separator = ؛
    .lay = ؛
change-status = { $status }
    .lay = { $status }
change-urgency = الاستعجال: { $urgency }
    .lay = متى: { $urgency }
change-treatment = العلاج: { $start }
    .lay = العلاج: { $start }
change-regimen = خطة علاج أخرى أو مدة أخرى
    .lay = علاج آخر
change-cause = السبب: { $causes }
    .lay = ما قد يكون وراء ذلك: { $causes }
change-causes-fewer = أسباب أقل
    .lay = أسباب محتملة أقل
change-read-as = { $row } (لم يُستعمل)
    .lay = { $row }
value-borderline = قريب من الحد
    .lay = خارج المعتاد قليلًا
value-measured = مقيسًا أيًّا كانت النتيجة
    .lay = مقيسًا
began-from = بدأ قبل { $span } على الأقل
    .lay = بدأ قبل { $span } على الأقل
began-above = بدأ قبل أكثر من { $span }
    .lay = بدأ قبل أكثر من { $span }
began-below = بدأ قبل أقل من { $span }
    .lay = بدأ قبل أقل من { $span }
began-up-to = بدأ قبل { $span } على الأكثر
    .lay = بدأ قبل { $span } على الأكثر
change-sex = الجنس
    .lay = أنثى أم ذكر
change-age = العمر
    .lay = العمر
change-test-settles = قد يحسم الأمرَ فحصُ { $test }.
    .lay = قد يحسم الأمرَ فحصُ { $test }.
change-test = قد يغيّر هذا الجوابَ فحصُ { $test }.
    .lay = قد يغيّر هذا الجوابَ فحصُ { $test }.
change-person = يلزم أيضًا ذكر ما يلي لأن النتائج تُقرأ على أساسه: { $what }.
    .lay = يُرجى ذكر ما يلي أيضًا لأن النتائج تُقرأ على أساسه: { $what }.
change-paper = يُرجى النظر في ورقة النتائج من جديد: { $row } قد يغيّر هذا الجواب إذا قُرئ على وجه آخر.
    .lay = يُرجى النظر في ورقة النتائج من جديد: { $row } قد يغيّر هذا الجواب إذا أمكنت قراءته بيقين.
change-tell = يُسأل عن: { $facts }.
    .lay = يُرجى إخبار الطبيب إذا انطبق عليك شيء مما يلي، فقد يغيّر هذا الجواب: { $facts }.
change-more =
    { $count ->
        [zero] لا معلومة أخرى تغيّر الجواب.
        [one] معلومة أخرى قد تغيّر الاستعجال أو العلاج أو الأسباب، وهي مذكورة في الجواب بصيغة JSON.
        [two] معلومتان أخريان قد تغيّران الجواب، وهما مذكورتان في صيغة JSON.
        [few] { $number } معلومات أخرى قد تغيّر الجواب، وكلها مذكورة في صيغة JSON.
        [many] { $number } معلومة أخرى قد تغيّر الجواب، وكلها مذكورة في صيغة JSON.
       *[other] { $number } معلومة أخرى قد تغيّر الجواب، وكلها مذكورة في صيغة JSON.
    }
    .lay =
        { $count ->
            [zero] لا معلومة أخرى تغيّر الجواب.
            [one] معلومة أخرى قد تغيّر الاستعجال أو العلاج أو الأسباب، وهي مذكورة في الجواب بصيغة JSON.
            [two] معلومتان أخريان قد تغيّران الجواب، وهما مذكورتان في صيغة JSON.
            [few] { $number } معلومات أخرى قد تغيّر الجواب، وكلها مذكورة في صيغة JSON.
            [many] { $number } معلومة أخرى قد تغيّر الجواب، وكلها مذكورة في صيغة JSON.
           *[other] { $number } معلومة أخرى قد تغيّر الجواب، وكلها مذكورة في صيغة JSON.
        }
amount-months =
    { $count ->
        [zero] { $number } شهر
        [one] شهر واحد
        [two] شهرين
        [few] { $number } أشهر
        [many] { $number } شهرًا
       *[other] { $number } شهر
    }
    .lay =
        { $count ->
            [zero] { $number } شهر
            [one] شهر واحد
            [two] شهرين
            [few] { $number } أشهر
            [many] { $number } شهرًا
           *[other] { $number } شهر
        }
amount-years =
    { $count ->
        [zero] { $number } سنة
        [one] سنة واحدة
        [two] سنتين
        [few] { $number } سنوات
        [many] { $number } سنة
       *[other] { $number } سنة
    }
    .lay =
        { $count ->
            [zero] { $number } سنة
            [one] سنة واحدة
            [two] سنتين
            [few] { $number } سنوات
            [many] { $number } سنة
           *[other] { $number } سنة
        }
