# نتائج تُعطى كلمةً، وإشارات المقارنة بالكلمات. `$quantity` رقم ووحدته معًا.

value-present = موجود
    .lay = موجود
value-positive = إيجابي
    .lay = إيجابي
value-negative = سلبي
    .lay = سلبي
value-normal = طبيعي
    .lay = طبيعي
value-low = منخفض
    .lay = منخفض
value-high = مرتفع
    .lay = مرتفع
value-undetectable = دون حد القياس
    .lay = أقل من أن يُقاس
value-female = أنثى
    .lay = أنثى
value-male = ذكر
    .lay = ذكر

quantity-below = أقل من { $quantity }
    .lay = أقل من { $quantity }
quantity-at-most = على الأكثر { $quantity }
    .lay = على الأكثر { $quantity }
quantity-above = أكثر من { $quantity }
    .lay = أكثر من { $quantity }
quantity-at-least = على الأقل { $quantity }
    .lay = على الأقل { $quantity }
