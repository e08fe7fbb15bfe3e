# Cards in a record system: one sentence each, under 140 characters, then why one may be set aside and what is suggested.

# ---- when a record is opened
card-act-today = Act today: signs on record cannot wait, and vitamin B12 is or may be involved.
    .lay = Please see a doctor today.
card-act-this-week = Act this week: signs on record should not wait, and vitamin B12 is or may be involved.
    .lay = Please see a doctor this week.
card-stop-cyanocobalamin = Cyanocobalamin is taken and the optic nerve is at risk: change to hydroxocobalamin today.
    .lay = This kind of B12 can harm your eyes. Please ask today for another kind.
card-start-treatment = Vitamin B12 deficiency and no treatment on record: start treatment and look for the cause.
    .lay = B12 is short and should be treated. The reason has to be found too.
card-ask-specialist = B12 is called for, and a specialist must decide before the first dose.
    .lay = A specialist has to decide how B12 can be given.
card-treatment-lapsed = The cause of B12 deficiency lasts for life, and treatment has stopped.
    .lay = B12 is needed for life, and the treatment has stopped.
card-course-broken-off = The first course of B12 injections was broken off.
    .lay = The first injections were not all given.
card-injection-late = The next B12 injection is late.
    .lay = The next B12 injection is late.
card-test-b12 = A test of B12 is due: there is a reason on record and no recent result.
    .lay = Your B12 should be tested.
card-second-test = The B12 result does not settle the question; a second test can.
    .lay = The first B12 test gave no clear answer. A second test can help.
card-response-poor = B12 treatment does not work as expected.
    .lay = The B12 treatment does not help as it should.
card-review-late = The review of B12 treatment is late.
    .lay = The check of your B12 treatment is late.

# ---- before an order is signed
card-folic-acid-before-b12 = Folic acid without B12 while B12 deficiency is open: the blood may recover while nerve damage goes on.
    .lay = Folic acid alone can hide too little B12. B12 belongs with it.
card-folic-acid-before-test = Folic acid is ordered and no recent B12 result is on record: test B12 first, or give B12 with it.
    .lay = B12 should be tested before folic acid is taken.
card-cyanocobalamin-in-leber = Cyanocobalamin in Leber's optic neuropathy can cost eyesight: give hydroxocobalamin instead.
    .lay = This kind of B12 can harm your eyes. Another kind is safe.
card-cyanocobalamin-with-optic-neuropathy = Optic neuropathy may be Leber's, where cyanocobalamin does harm; hydroxocobalamin is safe in both.
    .lay = With this trouble of the eyes another kind of B12 is safer.
card-b12-with-allergy = Allergy to cobalamin or cobalt on record: no B12 before a specialist has decided.
    .lay = You are allergic to B12 or cobalt. A specialist has to decide first.
card-level-under-injections = Serum B12 says nothing while injections are given: judge by symptoms and blood count.
    .lay = A B12 level says nothing while you get injections.
card-level-after-nitrous-oxide = After nitrous oxide serum B12 can look normal: take methylmalonic acid or homocysteine, before any B12.
    .lay = After laughing gas another blood test says more than the B12 level.
card-level-in-pregnancy = In pregnancy total B12 falls by itself: test active B12 (holotranscobalamin) first.
    .lay = In pregnancy the test of active B12 says more.
card-metformin-with-risk = Metformin is begun, with another risk or a sign and no B12 result: test B12 now and plan the next test.
    .lay = Metformin can lower B12. Please have it tested before you begin.
card-metformin-without-plan = Metformin can lower B12 over time: no B12 result and no plan to look at it are on record.
    .lay = Metformin can lower B12. Please ask when it will be looked at.
card-nitrous-oxide-while-short = Nitrous oxide switches B12 off: avoid it while B12 is short or in doubt, or treat first.
    .lay = While B12 is short laughing gas should be avoided. Please tell your anesthetist or dentist.

# ---- why a card may be set aside
override-in-hand = Already done or arranged
    .lay = Already done or arranged
override-declined = The patient declines
    .lay = I do not want this
override-judgement = Not right for this patient
    .lay = Not right for me
override-specialist = A specialist advised it
    .lay = A specialist advised it
override-record-wrong = The record is wrong or incomplete
    .lay = The record is wrong or incomplete
override-not-available = Not available here
    .lay = Not available here

# ---- what a card is about
topic-safety = Safety
    .lay = Safety
topic-treatment = Treatment
    .lay = Treatment
topic-testing = Testing
    .lay = Testing
topic-follow-up = Follow-up
    .lay = Follow-up

# ---- what a card suggests
suggest-test = Order: { $test }
    .lay = Ask for: { $test }
suggest-drug = Prescribe: { $drug }, { $route }
    .lay = Ask for: { $drug }, { $route }
suggest-drop = Take out this order: { $order }
    .lay = Take out this order: { $order }
suggest-replace = Instead of { $order }: { $drug }, { $route }
    .lay = Instead of { $order }: { $drug }, { $route }

# ---- what was not sent
card-not-sent = The record system did not send, or sent only in part: { $parts }. What stands there is unknown here.
    .lay = Not everything on record was looked at: { $parts } are missing.
prefetch-patient = the patient
    .lay = the patient
prefetch-observations = laboratory results
    .lay = laboratory results
prefetch-conditions = diseases and symptoms
    .lay = diseases and symptoms
prefetch-medication-requests = prescriptions
    .lay = prescriptions
prefetch-medication-statements = medicines taken
    .lay = medicines taken
prefetch-medication-administrations = medicines given
    .lay = medicines given
prefetch-procedures = operations
    .lay = operations
prefetch-allergies = allergies
    .lay = allergies
prefetch-open-orders = open orders
    .lay = open orders

# ---- the services
service-patient-view = Vitamin B12: what is open in this record
    .lay = Vitamin B12: what is open in this record
service-order-select = Vitamin B12: a word on the order just chosen
    .lay = Vitamin B12: a word on the order just chosen
service-order-sign = Vitamin B12: a word on orders before they are signed
    .lay = Vitamin B12: a word on orders before they are signed
service-about-patient-view = Says when vitamin B12 should be tested, treated or reviewed, with the reason, the source and drafts of orders. Silent when nothing is to be done.
    .lay = Says when vitamin B12 should be tested, treated or reviewed. Silent when nothing is to be done.
service-about-order-select = Looks at folic acid, B12, metformin, nitrous oxide and tests of B12 among the orders just chosen. Silent when there is nothing to say.
    .lay = Looks at orders that have to do with vitamin B12. Silent when there is nothing to say.
service-about-order-sign = Looks at folic acid, B12, metformin, nitrous oxide and tests of B12 among the orders to be signed. Silent when there is nothing to say.
    .lay = Looks at orders that have to do with vitamin B12. Silent when there is nothing to say.
service-needs = The keys { $parts } must be sent; the others make the answer better.
    .lay = The keys { $parts } must be sent; the others make the answer better.
