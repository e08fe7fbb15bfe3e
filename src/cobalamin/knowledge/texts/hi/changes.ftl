# किस जानकारी से जवाब बदल सकता है: जो पता नहीं है, और उससे क्या निकलेगा।

heading-would-change = किन बातों से यह जवाब बदल सकता है
    .lay = किन बातों से तस्वीर और साफ़ हो सकती है
change-if = अगर { $value }, तो { $then }
    .lay = अगर { $value }, तो { $then }
change-part-separator = ;
    .lay = ;
change-status = स्थिति: { $status }
    .lay = { $status }
change-urgency = तात्कालिकता: { $urgency }
    .lay = कितनी जल्दी: { $urgency }
change-treatment = इलाज: { $start }
    .lay = इलाज: { $start }
change-regimen = इलाज की दूसरी विधि या अवधि
    .lay = दूसरा इलाज
change-cause = कारण: { $causes }
    .lay = इसके पीछे हो सकता है: { $causes }
change-causes-fewer = कम कारण
    .lay = कम संभावित कारण
change-read-as = { $row } (काम में नहीं लिया गया)
    .lay = { $row }
value-borderline = सीमा के पास
    .lay = सामान्य से थोड़ा बाहर
value-measured = जाँच हो जाए, परिणाम चाहे जो हो
    .lay = जाँच हो जाए
began-from = शुरू हुए कम से कम { $span } हो चुके हों
    .lay = शुरू हुए कम से कम { $span } हो चुके हों
began-above = शुरू हुए { $span } से ज़्यादा हो चुके हों
    .lay = शुरू हुए { $span } से ज़्यादा हो चुके हों
began-below = शुरू हुए { $span } से कम हुए हों
    .lay = शुरू हुए { $span } से कम हुए हों
began-up-to = शुरू हुए अधिक से अधिक { $span } हुए हों
    .lay = शुरू हुए अधिक से अधिक { $span } हुए हों
change-sex = लिंग
    .lay = महिला हैं या पुरुष
change-age = उम्र
    .lay = उम्र
change-test-settles = { $test } की जाँच से बात साफ़ हो सकती है।
    .lay = { $test } की जाँच से बात साफ़ हो सकती है।
change-test = { $test } की जाँच से यह जवाब बदल सकता है।
    .lay = { $test } की जाँच से यह जवाब बदल सकता है।
change-person = यह भी बताएँ, क्योंकि परिणाम इसी के हिसाब से पढ़े जाते हैं: { $what }।
    .lay = कृपया यह भी बताएँ, क्योंकि परिणाम इसी के हिसाब से पढ़े जाते हैं: { $what }।
change-paper = पर्ची फिर से देखें: { $row } को दूसरी तरह पढ़ने पर यह जवाब बदल सकता है।
    .lay = कृपया पर्ची फिर से देखें: { $row } ठीक से पढ़ा जा सके तो यह जवाब बदल सकता है।
change-tell = पूछने योग्य: { $facts }।
    .lay = इनमें से कोई बात आप पर लागू हो तो डॉक्टर को बताएँ, क्योंकि उससे यह जवाब बदल सकता है: { $facts }।
change-more =
    { $count ->
        [one] एक और जानकारी से तात्कालिकता, इलाज या कारण बदल सकते हैं; JSON में वह दी गई है।
       *[other] { $number } और जानकारियों से जवाब बदल सकता है; JSON में सब दी गई हैं।
    }
    .lay =
        { $count ->
            [one] एक और जानकारी से तात्कालिकता, इलाज या कारण बदल सकते हैं; JSON में वह दी गई है।
           *[other] { $number } और जानकारियों से जवाब बदल सकता है; JSON में सब दी गई हैं।
        }
amount-months =
    { $count ->
        [one] एक महीना
       *[other] { $number } महीने
    }
    .lay =
        { $count ->
            [one] एक महीना
           *[other] { $number } महीने
        }
amount-years =
    { $count ->
        [one] एक साल
       *[other] { $number } साल
    }
    .lay =
        { $count ->
            [one] एक साल
           *[other] { $number } साल
        }
