# What must not wait, and how soon somebody has to act.

heading-red-flags = Needs action whatever any result says
    .lay = Please do not wait with this
heading-urgency = Urgency: { $urgency }
    .lay = How soon

urgency-name-emergency = emergency
    .lay = today
urgency-name-urgent = urgent
    .lay = this week
urgency-name-soon = soon
    .lay = in the next weeks
urgency-name-routine = routine
    .lay = at your next visit
urgency-name-none = none
    .lay = no hurry on this record

urgency-emergency = Assess today, in hospital where needed. Take blood first where it causes no delay; do not wait for results before treating.
    .lay = Please see a doctor today or go to a hospital today, and take this page with you. There is no need to wait for test results first.
urgency-urgent = Assess this week. Where B12 deficiency is probable, start treatment at that visit without waiting for results.
    .lay = Please arrange to see a doctor this week and take this page with you. If things get worse before then, go the same day.
urgency-soon = See the person within the next weeks: do the open tests, and start treatment where a deficiency is confirmed or probable.
    .lay = Please arrange to see a doctor or nurse within the next weeks, and talk there about the tests and the treatment you need.
urgency-routine = Nothing on record hurries: settle the open questions at the next ordinary visit.
    .lay = As for B12, nothing on this record is in a hurry. Please bring this page to your next ordinary visit.

flag-mind-today =
    Psychosis, delirium, lowered consciousness or thoughts of suicide: assess today for every cause and keep the person safe.
    B12 deficiency can be one of the causes and is treated without waiting for results where it is suspected.
    .lay =
        Strong confusion, unusual drowsiness, or seeing or believing things that others do not should be looked at by a doctor today.
        Please go together with someone you trust. If there are thoughts of ending your life, tell someone now, do not stay alone, and call your local emergency number.
flag-eyes-today = Loss of vision or optic neuropathy: examine the eyes today. Where B12 deficiency is suspected, start injections without waiting for results.
    .lay = A change in eyesight should be looked at by a doctor today. Please ask someone to take you there rather than driving yourself.
flag-cord-today =
    Cannot walk, or signs of the spinal cord with bladder or bowel trouble: admit today. Exclude compression of the cord,
    and start B12 injections without waiting for results.
    .lay =
        Not being able to walk, or trouble with bladder or bowels together with signs from the nerves, should be looked at in a hospital today.
        Please let someone help you get there.
flag-heart-today =
    Heart failure, chest pain or syncope with anemia or B12 deficiency: assess in hospital today. Transfuse slowly if at all,
    watching for fluid overload, and watch potassium when treatment starts.
    .lay =
        Chest pain, fainting or signs of a weak heart should be looked at in a hospital today.
        Please call an ambulance if there is chest pain or trouble breathing, and rest until help comes.
flag-severe-anemia-today =
    Severe anemia: assess today. Take blood for B12, folate and iron before any transfusion; transfuse for symptoms, slowly,
    and not for the number alone.
    .lay = Hemoglobin, the red of the blood, is far too low (severe anemia). Please go to a doctor or hospital today, and take it easy on the way.
flag-few-cells-today = All blood cells are low, with fever, bleeding or bruising: admit today, repeat the count with a film and call hematology.
    .lay = All kinds of blood cells are low, and there is fever, bleeding or bruising. Please go to a hospital today, and show this page there.
flag-infant-today =
    An infant or small child loses skills or tone, moves abnormally or has seizures, and B12 deficiency is likely: admit today,
    take blood, and start B12 injections without waiting for results. Assess and treat the mother too.
    .lay =
        Please take your child to a doctor or hospital today. Some of these signs can come from too little B12, and early treatment matters.
        Keep on breastfeeding, and ask for the mother's B12 to be looked at too.
flag-pregnancy-nerves-today = Pregnancy or breastfeeding with neurological signs: assess today and, where B12 deficiency is suspected, start injections without waiting for results.
    .lay = In pregnancy and while breastfeeding, numbness, weakness, unsteady walking or changes in sight or thinking should be looked at by a doctor or at the maternity clinic today.
flag-nitrous-oxide-walking-today =
    Nitrous oxide was used, and walking or the spinal cord is affected: assess today. It has to be stopped; start B12 injections on history and signs,
    because a normal serum B12 excludes nothing.
    .lay =
        Laughing gas stops vitamin B12 from working and can affect walking. Please do not use it again, and see a doctor today,
        even if a B12 level was normal. It helps to tell the doctor openly about the gas.
flag-cord-this-week =
    Signs of the spinal cord: assess this week and start B12 injections at once; a normal or missing B12 result must not delay treatment.
    Look for other causes as well, such as lack of copper or compression.
    .lay =
        The signs on record can come from the nerves of the back. Please see a doctor this week, even if a B12 level was normal.
        If walking, bladder or bowels get worse, go the same day.
flag-nerves-this-week = Neurological signs and probable or confirmed B12 deficiency: start injections this week; early treatment gives the best chance of recovery.
    .lay = The nerves may be short of B12, and treatment helps most when it starts early. Please see a doctor this week at the latest.
flag-infant-this-week = An infant with signs that fit B12 deficiency: examine, take blood and treat this week, and assess the mother too.
    .lay =
        Please take your child to a doctor this week at the latest, and ask for B12 to be looked at in mother and child. Keep on breastfeeding.
        If the child becomes floppy, very sleepy or loses skills, go the same day.
flag-pregnancy-this-week = Probable or confirmed B12 deficiency in pregnancy or while breastfeeding: start treatment this week, for mother and child. No folic acid without B12.
    .lay =
        In pregnancy and while breastfeeding, mother and child both need B12. Please see a doctor or the maternity clinic this week,
        and keep taking what they have prescribed.
flag-few-cells-this-week = All blood cells are low: repeat the count with a film this week, and look for other causes besides B12 deficiency.
    .lay = All kinds of blood cells are low. Please see a doctor this week. With fever, bleeding or new bruises, go the same day.
flag-worsening-today = Neurological signs that worsen within days or weeks: assess today, image the spine where compression is possible, and start B12 injections without waiting for results.
    .lay = Numbness, weakness or unsteady walking that is getting worse quickly should be looked at by a doctor today.
flag-very-few-cells-today = Platelets are dangerously low, or neutrophils are very low with fever: repeat the count with a film today and call hematology; with fever or bleeding admit at once.
    .lay = Some blood cells are far too low. Please go to a doctor or hospital today, and show this page there. With fever or bleeding, go at once.
flag-fragments-today = Fragmented red cells with high LDH or low platelets: assess today for thrombotic microangiopathy with hematology, and look at reticulocytes. B12 deficiency can look the same: give B12 as well, and let neither delay the other.
    .lay = Red blood cells are breaking into pieces. Please go to a hospital today, and show this page there. Several reasons are possible, and too little B12 is one of them.
flag-vomiting-after-surgery-today = Vomiting after surgery of the stomach: give thiamine today, before any glucose; check electrolytes, B12, folate and copper, and look for a narrowing.
    .lay = Vomiting after an operation on the stomach can use up vitamins quickly, above all vitamin B1. Please see a doctor or your surgery clinic today.
flag-nitrous-oxide-nerves-this-week = Nitrous oxide was used and there are neurological signs: stop it, take methylmalonic acid or homocysteine, and start B12 injections this week on history and signs; a normal serum B12 excludes nothing.
    .lay = Laughing gas can harm the nerves, and stopping early helps most. Please do not use it again, and see a doctor this week at the latest. If walking gets worse, go the same day.
flag-heart-this-week = Heart failure, chest pain or syncope, and the hemoglobin is not known: take a blood count this week; anything new or worsening is assessed the same day.
    .lay = With a weak heart, chest pain or fainting, please have a blood count this week. If anything is new or getting worse, see a doctor the same day; with chest pain or trouble breathing now, get help at once.
flag-folic-acid-alone-this-week = Folic acid is taken alone while B12 deficiency is possible: it can improve the blood while damage to the nerves goes on. Test B12 this week and give B12 with or before it; in pregnancy go on with folic acid and add B12.
    .lay = Folic acid alone can hide too little B12. Please do not stop it on your own; ask this week whether B12 has to be tested and taken with it.
flag-stomach-this-week = Trouble swallowing, bleeding from the gut, or weight loss with complaints of the stomach: refer for urgent endoscopy. Autoimmune gastritis raises the risk of stomach tumors. Heavy bleeding needs a hospital today.
    .lay = Trouble swallowing, blood from the stomach or bowel, or weight loss should be looked at by a doctor this week. If you vomit blood or pass black stools, go to a hospital at once.
flag-few-neutrophils-this-week = Neutrophils are very low without fever: repeat the count with a film this week and look for the reason; with fever admit the same day.
    .lay = Some white blood cells, which fight infection, are very low. Please have the test repeated this week. With fever, go to a hospital the same day.
flag-inherited-today = An inherited disorder of B12 without treatment, or a pattern that fits one: call a metabolic specialist today and start treatment without waiting.
    .lay = With this inherited condition B12 treatment should not wait. Please call your specialist or go to a hospital today, and take this page with you.
flag-cord-untreated-today = Signs of the spinal cord with probable or confirmed B12 deficiency and no treatment: see the person today, take blood and give the first injection.
    .lay = The signs on record can come from the nerves of the back, and B12 treatment should begin at once. Please see a doctor today.
flag-high-b12-this-week = B12 is very high on two tests without treatment, and weight is being lost: examine this week, and look for disease of liver, blood and other organs.
    .lay = Your B12 is high without treatment and you are losing weight. There can be several reasons; please see a doctor this week to have them looked at.
