# Classes of the combined indicator of four markers.

indicator-elevated = The indicator is elevated: B12 status is high.
    .lay = Read together, the four tests show plenty of B12.
indicator-adequate = The indicator is adequate.
    .lay = Read together, the four tests show enough B12.
indicator-low = The indicator is low: subclinical deficiency is possible.
    .lay = Read together, the four tests show a low supply of B12.
indicator-possible-deficiency = The indicator is in the class of possible deficiency.
    .lay = Read together, the four tests suggest that B12 may be too low.
indicator-probable-deficiency = The indicator is in the class of probable deficiency.
    .lay = Read together, the four tests suggest that B12 is probably too low.
