# बहुत से लोगों की रिपोर्ट: देखभाल के चरण, समूह और माप।

step-at-risk = जोखिम में
    .lay = जोखिम में
step-tested = जाँच हुई
    .lay = जाँच हुई
step-deficient = कमी मिली
    .lay = B12 कम मिला
step-treated = इलाज मिला
    .lay = इलाज मिला
step-reviewed = इलाज के बाद दोबारा जाँच
    .lay = इलाज का असर देखा गया
step-recovered = ठीक हुए
    .lay = ठीक हुए

care-at-risk = रिकॉर्ड में B12 की कमी से मेल खाता कोई जोखिम, लक्षण या रक्त गणना है, या चुनी हुई गाइडलाइन के अनुसार जाँच का कारण है।
    .lay = रिकॉर्ड में ऐसी कोई बात है जिससे B12 कम हो सकता है।
care-tested = पिछले { $care_looked_back } में कुल B12, सक्रिय B12 या मिथाइलमेलोनिक एसिड की कोई जाँच।
    .lay = पिछले { $care_looked_back } में B12 की जाँच हुई।
care-deficient = रिपोर्ट के दिन चुनी हुई गाइडलाइन के अनुसार कमी या संभावित कमी, या रिकॉर्ड में कमी का निदान, या पिछले { $care_looked_back } में इलाज से पहले की पहली जाँच में कम स्तर।
    .lay = B12 कम मिला, या कम होने की संभावना है।
care-treated = पिछले { $care_looked_back } में इलाज के रूप में विटामिन B12 दिया गया (मल्टीविटामिन नहीं)।
    .lay = पिछले { $care_looked_back } में B12 से इलाज हुआ।
care-reviewed = इलाज शुरू होने के बाद रक्त गणना, B12, मिथाइलमेलोनिक एसिड या होमोसिस्टीन की जाँच हुई, या दर्ज है कि मरीज़ का हाल कैसा है।
    .lay = इलाज शुरू होने के बाद देखा गया कि असर हो रहा है या नहीं।
care-recovered = इलाज के बाद दोबारा जाँच हुई; असर पर्याप्त है, या इलाज के कम से कम आठ हफ़्ते बाद की रक्त गणना में न एनीमिया है न बड़ी कोशिकाएँ, और रिकॉर्ड में इसके उलट कुछ नहीं।
    .lay = इलाज असर कर रहा है: ख़ून ठीक है, या मरीज़ पहले से बेहतर है।

group-all = सभी
    .lay = सभी
group-under-12 = 12 साल से कम
    .lay = 12 साल से कम
group-age-12-to-19 = 12 से 19 साल
    .lay = 12 से 19 साल
group-age-20-to-39 = 20 से 39 साल
    .lay = 20 से 39 साल
group-age-40-to-59 = 40 से 59 साल
    .lay = 40 से 59 साल
group-age-60-to-74 = 60 से 74 साल
    .lay = 60 से 74 साल
group-age-75-and-over = 75 साल और उससे ज़्यादा
    .lay = 75 साल और उससे ज़्यादा
group-age-unknown = उम्र पता नहीं
    .lay = उम्र पता नहीं
group-adults = 20 साल और उससे बड़े वयस्क
    .lay = 20 साल और उससे बड़े वयस्क
group-female = महिला
    .lay = महिला
group-male = पुरुष
    .lay = पुरुष
group-sex-unknown = लिंग पता नहीं
    .lay = लिंग पता नहीं

measure-b12-inadequate = कुल B12 ज़्यादा से ज़्यादा { $survey_b12_inadequate_up_to }
    .lay = B12 ज़्यादा से ज़्यादा { $survey_b12_inadequate_up_to }
measure-b12-deficient = कुल B12 { $survey_b12_deficient_below } से कम
    .lay = B12 { $survey_b12_deficient_below } से कम
measure-b12-marginal = कुल B12 { $survey_b12_deficient_below } से { $survey_b12_marginal_up_to } तक
    .lay = B12 { $survey_b12_deficient_below } से { $survey_b12_marginal_up_to } तक
measure-homocysteine-raised = होमोसिस्टीन { $survey_homocysteine_above } से ज़्यादा
    .lay = होमोसिस्टीन { $survey_homocysteine_above } से ज़्यादा

amount-days =
    { $count ->
        [one] एक दिन
       *[other] { $number } दिन
    }
    .lay =
        { $count ->
            [one] एक दिन
           *[other] { $number } दिन
        }
