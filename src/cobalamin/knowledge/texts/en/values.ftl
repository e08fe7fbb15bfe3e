# Results given as a word, and comparison signs as words. `$quantity` is number and unit as one piece.

value-present = present
    .lay = present
value-positive = positive
    .lay = positive
value-negative = negative
    .lay = negative
value-normal = normal
    .lay = normal
value-low = low
    .lay = low
value-high = high
    .lay = high
value-undetectable = undetectable
    .lay = too low to be measured
value-female = female
    .lay = female
value-male = male
    .lay = male

quantity-below = below { $quantity }
    .lay = below { $quantity }
quantity-at-most = at most { $quantity }
    .lay = at most { $quantity }
quantity-above = above { $quantity }
    .lay = above { $quantity }
quantity-at-least = at least { $quantity }
    .lay = at least { $quantity }
