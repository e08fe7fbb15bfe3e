# تفسيرات أخرى ينبغي النظر فيها، إلى جانب نقص B12 أو بدلًا منه.

alternative-folate-deficiency = نقص الفولات؛ ولا يُعالَج وحده أبدًا ما دام نقص B12 محتملًا.
    .lay = نقص الفولات، وهو فيتامين آخر.
alternative-hypothyroidism = قصور الغدة الدرقية.
    .lay = بطء عمل الغدة الدرقية.
alternative-alcohol-use-disorder = اضطراب تعاطي الكحول.
    .lay = الإكثار من شرب الكحول.
alternative-liver-disease = مرض في الكبد.
    .lay = سبب في الكبد.
alternative-medicines = دواء يكبّر الكريات الحمر أو يعاكس الفولات.
    .lay = أحد الأدوية المستعملة. يُرجى عدم إيقافه قبل السؤال.
alternative-myelodysplastic-syndrome = متلازمة خلل التنسّج النقوي: تُفحص لطاخة الدم، ويُحال المريض إلى اختصاصي أمراض الدم إن لم يوجد تفسير آخر.
    .lay = خلل في تكوين خلايا الدم في نخاع العظم، ويمكن للاختصاصي أن يفحصه.
alternative-copper-deficiency = نقص النحاس، وقد يشبه إصابة النخاع الشوكي بسبب نقص B12؛ يُسأل عن الزنك.
    .lay = نقص النحاس، مثلًا بعد استعمال الزنك مدة طويلة.
alternative-hemolytic-anemia = فقر الدم الانحلالي.
    .lay = تكسّر كريات الدم الحمراء قبل أوانها.
alternative-iron-deficiency = نقص الحديد.
    .lay = نقص الحديد.
alternative-chronic-kidney-disease = ضعف وظيفة الكلى، وهو يرفع حمض الميثيل مالونيك والهوموسيستين.
    .lay = ضعف عمل الكلى.
alternative-myeloproliferative-disease = مرض تكاثري نقوي.
    .lay = سبب في تكوين خلايا الدم في نخاع العظم.
alternative-solid-tumor = ورم صلب.
    .lay = أمراض أخرى قد يرغب الطبيب في التحقق منها.
