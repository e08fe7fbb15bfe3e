# عناوين ما يمكن الاطلاع عليه.

heading-differs = مواضع اختلاف المصادر
    .lay = مواضع اختلاف المصادر
heading-why = لماذا يظهر هذا
    .lay = لماذا يظهر هذا
heading-sources = المصادر
    .lay = مصدر هذه المعلومات
heading-suits = يناسب هذه الأنظمة الغذائية
    .lay = من يمكنه أكله
heading-explains = يفسر هذه الشكاوى
    .lay = شكاوى قد تنشأ عنه
heading-measured-by = فحوص تبيّنه
    .lay = فحوص قد تبيّنه
