# मरीज़ का पन्ना: फ़ॉर्म, उसके संदेश और उत्तर के चारों ओर जो लिखा है।

entry-person = मरीज़ के बारे में
    .lay = मरीज़ के बारे में
entry-age = उम्र
    .lay = उम्र
entry-age-in = उम्र साल में या महीने में
    .lay = उम्र साल में या महीने में
entry-age-years = साल
    .lay = साल
entry-age-months = महीने
    .lay = महीने
entry-birth-date = या जन्म तारीख़
    .lay = या जन्म तारीख़
entry-patient-id = नाम या नंबर (सिर्फ़ छपे पन्ने के लिए)
    .lay = नाम या नंबर (सिर्फ़ छपे पन्ने के लिए)
entry-voice = शब्द किसके लिए
    .lay = शब्द किसके लिए
entry-voice-clinical = डॉक्टर के लिए
    .lay = डॉक्टर के लिए
entry-voice-lay = मरीज़ के लिए
    .lay = मरीज़ के लिए
entry-add = कुछ भी जोड़ें: लक्षण, बीमारी, दवा या जाँच
    .lay = कुछ भी जोड़ें: लक्षण, बीमारी, दवा या जाँच
entry-add-hint = English, हिन्दी, العربية या रोमन हिन्दी में: झुनझुनी, thakan, metformin, B12 180 pg/mL
    .lay = English, हिन्दी, العربية या रोमन हिन्दी में: झुनझुनी, thakan, metformin, B12 180 pg/mL
entry-add-button = जोड़ें
    .lay = जोड़ें
entry-suggestions = सुझाव
    .lay = सुझाव
entry-none-yet = अभी कुछ नहीं लिखा गया है।
    .lay = अभी कुछ नहीं लिखा गया है।
entry-said = आपने लिखा
    .lay = आपने लिखा
entry-reference = लैब की सीमा:
    .lay = लैब की सीमा:
entry-did-you-mean = यह समझ में नहीं आया। क्या आपका मतलब था:
    .lay = यह समझ में नहीं आया। क्या आपका मतलब था:
entry-value = मान
    .lay = मान
entry-result = नतीजा
    .lay = नतीजा
entry-unit = इकाई
    .lay = इकाई
entry-unit-none = नहीं बताया
    .lay = नहीं बताया
entry-present = है?
    .lay = है?
entry-has = हाँ
    .lay = हाँ
entry-has-not = नहीं
    .lay = नहीं
entry-dose = ख़ुराक
    .lay = ख़ुराक
entry-date = तारीख़
    .lay = तारीख़
entry-since = कब से
    .lay = कब से
entry-until = कब तक
    .lay = कब तक
entry-remove = हटाएँ
    .lay = हटाएँ
entry-slip = जाँच की पर्ची के नतीजे चिपकाएँ
    .lay = जाँच की पर्ची के नतीजे चिपकाएँ
entry-slip-hint = हर पंक्ति में एक नतीजा, जैसा छपा है; ऊपर लिखी तारीख़ सब पर लागू होगी।
    .lay = हर पंक्ति में एक नतीजा, जैसा छपा है; ऊपर लिखी तारीख़ सब पर लागू होगी।
entry-slip-button = पर्ची पढ़ें
    .lay = पर्ची पढ़ें
entry-slip-read =
    { $count ->
        [0] पर्ची पर कोई नतीजा नहीं मिला।
        [one] पर्ची से एक नतीजा पढ़ा गया। कृपया उसे जाँच लें।
       *[other] पर्ची से { $number } नतीजे पढ़े गए। कृपया उन्हें जाँच लें।
    }
    .lay =
        { $count ->
            [0] पर्ची पर कोई नतीजा नहीं मिला।
            [one] पर्ची से एक नतीजा पढ़ा गया। कृपया उसे जाँच लें।
           *[other] पर्ची से { $number } नतीजे पढ़े गए। कृपया उन्हें जाँच लें।
        }
entry-slip-left =
    { $count ->
        [one] एक पंक्ति समझ में नहीं आई। वह अभी बॉक्स में ही है।
       *[other] { $number } पंक्तियाँ समझ में नहीं आईं। वे अभी बॉक्स में ही हैं।
    }
    .lay =
        { $count ->
            [one] एक पंक्ति समझ में नहीं आई। वह अभी बॉक्स में ही है।
           *[other] { $number } पंक्तियाँ समझ में नहीं आईं। वे अभी बॉक्स में ही हैं।
        }
entry-day-first = { $printed } को { $day } पढ़ा गया, यानी पहले दिन, फिर महीना। अगर उल्टा है तो तारीख़ें बदल दें।
    .lay = { $printed } को { $day } पढ़ा गया, यानी पहले दिन, फिर महीना। अगर उल्टा है तो तारीख़ें बदल दें।
entry-file = फ़ाइल खोलें
    .lay = फ़ाइल खोलें
entry-file-hint = यहाँ से सहेजा हुआ मामला या FHIR Bundle (JSON) छोड़ें या चुनें।
    .lay = यहाँ से सहेजा हुआ मामला या FHIR Bundle (JSON) छोड़ें या चुनें।
entry-file-button = खोलें
    .lay = खोलें
entry-file-read =
    { $count ->
        [0] { $file } पढ़ी गई। उसमें कोई बात दर्ज नहीं है।
        [one] { $file } पढ़ी गई: एक बात।
       *[other] { $file } पढ़ी गई: { $number } बातें।
    }
    .lay =
        { $count ->
            [0] { $file } पढ़ी गई। उसमें कोई बात दर्ज नहीं है।
            [one] { $file } पढ़ी गई: एक बात।
           *[other] { $file } पढ़ी गई: { $number } बातें।
        }
entry-file-left =
    { $count ->
        [one] फ़ाइल का एक हिस्सा काम में नहीं आ सका।
       *[other] फ़ाइल के { $number } हिस्से काम में नहीं आ सके।
    }
    .lay =
        { $count ->
            [one] फ़ाइल का एक हिस्सा काम में नहीं आ सका।
           *[other] फ़ाइल के { $number } हिस्से काम में नहीं आ सके।
        }
entry-file-broken = { $file } पढ़ी नहीं जा सकी: यह न मामले की फ़ाइल है, न FHIR Bundle, या अधूरी है। इसका कुछ भी काम में नहीं लिया गया।
    .lay = { $file } पढ़ी नहीं जा सकी: यह न मामले की फ़ाइल है, न FHIR Bundle, या अधूरी है। इसका कुछ भी काम में नहीं लिया गया।
entry-file-large = { $file } एक व्यक्ति के मामले के लिए बहुत बड़ी है। इसका कुछ भी काम में नहीं लिया गया।
    .lay = { $file } एक व्यक्ति के मामले के लिए बहुत बड़ी है। इसका कुछ भी काम में नहीं लिया गया।
entry-file-several = { $file } में कई लोगों की जानकारी है। यह पन्ना एक व्यक्ति के लिए है: सिर्फ़ उसी की फ़ाइल सहेजें, या फ़ाइल को आबादी के रूप में खोलें।
    .lay = { $file } में कई लोगों की जानकारी है। यह पन्ना एक व्यक्ति के लिए है: सिर्फ़ उसी की फ़ाइल सहेजें, या फ़ाइल को आबादी के रूप में खोलें।
entry-file-none = { $file } में ऐसा कोई नहीं है जिसका आकलन हो सके। इसका कुछ भी काम में नहीं लिया गया।
    .lay = { $file } में ऐसा कोई नहीं है जिसका आकलन हो सके। इसका कुछ भी काम में नहीं लिया गया।
entry-file-deceased = { $file } ऐसे व्यक्ति की है जिनकी मृत्यु आकलन के दिन से पहले हो चुकी थी। इसका कुछ भी काम में नहीं लिया गया।
    .lay = { $file } ऐसे व्यक्ति की है जिनकी मृत्यु आकलन के दिन से पहले हो चुकी थी। इसका कुछ भी काम में नहीं लिया गया।
entry-file-other-person = { $file } किसी और व्यक्ति की है। उसे खोलने के लिए नए सिरे से शुरू करें।
    .lay = { $file } किसी और व्यक्ति की है। उसे खोलने के लिए नए सिरे से शुरू करें।
entry-too-many =
    { $count ->
        [one] एक और पंक्ति की जगह नहीं है; वह छोड़ दी गई।
       *[other] { $number } और पंक्तियों की जगह नहीं है; वे छोड़ दी गईं।
    }
    .lay =
        { $count ->
            [one] एक और पंक्ति की जगह नहीं है; वह छोड़ दी गई।
           *[other] { $number } और पंक्तियों की जगह नहीं है; वे छोड़ दी गईं।
        }
entry-clear = नए सिरे से शुरू करें
    .lay = नए सिरे से शुरू करें
entry-kind-result = जाँच
    .lay = जाँच
entry-kind-panel = जाँचें
    .lay = जाँचें
entry-kind-condition = बीमारी
    .lay = बीमारी
entry-kind-symptom = लक्षण
    .lay = लक्षण
entry-kind-procedure = ऑपरेशन
    .lay = ऑपरेशन
entry-kind-diet = खान-पान
    .lay = खान-पान
entry-kind-circumstance = परिस्थिति
    .lay = परिस्थिति
entry-kind-drug = दवा
    .lay = दवा
entry-kind-unknown = समझ नहीं आया
    .lay = समझ नहीं आया
answer-nothing = मरीज़ के बारे में जो पता है, लिखें। उत्तर यहाँ दिखेगा और हर बदलाव के साथ बदलेगा।
    .lay = मरीज़ के बारे में जो पता है, लिखें। उत्तर यहाँ दिखेगा और हर बदलाव के साथ बदलेगा।
answer-soon = कितनी जल्दी
    .lay = कितनी जल्दी
answer-strong = कितना गंभीर
    .lay = कितना गंभीर
answer-differs = अलग
    .lay = अलग
answer-chosen = चुना हुआ
    .lay = चुना हुआ
answer-limits = सीमाएँ
    .lay = सीमाएँ
answer-why = यह किस पर आधारित है
    .lay = यह किस पर आधारित है
answer-when = तब लागू जब
    .lay = तब लागू जब
answer-looked = देखा गया
    .lay = देखा गया
answer-limit = सीमा
    .lay = सीमा
answer-ground-rule = नियम
    .lay = नियम
answer-ground-regimen = इलाज-क्रम
    .lay = इलाज-क्रम
answer-ground-review = दोबारा जाँच
    .lay = दोबारा जाँच
answer-ground-formula = सूत्र
    .lay = सूत्र
answer-stands-undecided = तय नहीं हो सका
    .lay = तय नहीं हो सका
answer-stands-watched = लागू होता तो यही कहता
    .lay = लागू होता तो यही कहता
answer-over-time = समय के साथ नतीजे
    .lay = समय के साथ नतीजे
answer-along = साथ ले जाएँ
    .lay = साथ ले जाएँ
answer-take-handout = मरीज़ के लिए पर्चा (PDF)
    .lay = मरीज़ के लिए पर्चा (PDF)
answer-take-calendar = कैलेंडर के लिए ख़ुराकें (ICS)
    .lay = कैलेंडर के लिए ख़ुराकें (ICS)
answer-take-case = यह मामला सहेजें (JSON)
    .lay = यह मामला सहेजें (JSON)
answer-take-bundle = FHIR Bundle (JSON)
    .lay = FHIR Bundle (JSON)
answer-print = यह उत्तर छापें
    .lay = यह उत्तर छापें
answer-also = साथ में
    .lay = साथ में
answer-also-none = दूसरी भाषा नहीं
    .lay = दूसरी भाषा नहीं
answer-large = बड़े अक्षर
    .lay = बड़े अक्षर
answer-discreet = B12 शब्द के बिना
    .lay = B12 शब्द के बिना
answer-entered = जो लिखा गया
    .lay = जो लिखा गया
entry-absent = जो नहीं है: { $number }
    .lay = जो नहीं है: { $number }
answer-enter-it = दर्ज करें:
    .lay = दर्ज करें:
answer-source = स्रोत
    .lay = स्रोत
