# Other explanations to look at, beside or instead of B12 deficiency.

alternative-folate-deficiency = Folate deficiency; never treat it alone while B12 deficiency is open.
    .lay = Too little folate, another vitamin.
alternative-hypothyroidism = Hypothyroidism.
    .lay = A thyroid gland that works too slowly.
alternative-alcohol-use-disorder = Alcohol use disorder.
    .lay = Drinking a good deal of alcohol.
alternative-liver-disease = Liver disease.
    .lay = A reason in the liver.
alternative-medicines = A medicine that enlarges red cells or acts against folate.
    .lay = One of the medicines taken. Please do not stop it on your own; ask first.
alternative-myelodysplastic-syndrome = Myelodysplastic syndrome: blood film, and refer to hematology if it is not explained otherwise.
    .lay = A slower making of blood cells in the bone marrow, which a specialist can check.
alternative-copper-deficiency = Copper deficiency, which can imitate the cord disease of B12 deficiency; ask about zinc.
    .lay = Too little copper, for instance after long use of zinc.
alternative-hemolytic-anemia = Hemolytic anemia.
    .lay = Red blood cells that break down too early.
alternative-iron-deficiency = Iron deficiency.
    .lay = Too little iron.
alternative-chronic-kidney-disease = Reduced kidney function, which raises methylmalonic acid and homocysteine.
    .lay = Kidneys that work less than they should.
alternative-myeloproliferative-disease = Myeloproliferative disease.
    .lay = The way blood cells are made in the bone marrow.
alternative-solid-tumor = A solid tumor.
    .lay = Other illnesses that your clinician may wish to check for.
