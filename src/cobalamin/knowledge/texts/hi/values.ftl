# शब्दों में दिए गए परिणाम, और शब्दों में तुलना के चिह्न। `$quantity` में संख्या और इकाई एक साथ हैं।

value-present = मौजूद
    .lay = मौजूद
value-positive = पॉज़िटिव
    .lay = पॉज़िटिव
value-negative = नेगेटिव
    .lay = नेगेटिव
value-normal = सामान्य
    .lay = सामान्य
value-low = कम
    .lay = कम
value-high = ज़्यादा
    .lay = ज़्यादा
value-undetectable = नापने योग्य नहीं
    .lay = इतना कम कि नापा न जा सके
value-female = महिला
    .lay = महिला
value-male = पुरुष
    .lay = पुरुष

quantity-below = { $quantity } से कम
    .lay = { $quantity } से कम
quantity-at-most = अधिक से अधिक { $quantity }
    .lay = अधिक से अधिक { $quantity }
quantity-above = { $quantity } से ज़्यादा
    .lay = { $quantity } से ज़्यादा
quantity-at-least = कम से कम { $quantity }
    .lay = कम से कम { $quantity }
