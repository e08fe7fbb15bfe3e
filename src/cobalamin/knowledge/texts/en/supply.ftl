# What a clinic needs for the coming months.

supply-title = B12 from { $day } to { $until }
    .lay = B12 from { $day } to { $until }
supply-counts = People looked at: { $people }. With doses to come: { $planned }.
    .lay = People looked at: { $people }. With doses to come: { $planned }.
supply-under-way = { $month }: for treatment under way
    .lay = { $month }: for treatment under way
supply-as-before = { $month }: for people on injections for whom the record advises no regimen today, if upkeep goes on
    .lay = { $month }: for people on injections for whom the record advises no regimen today, if upkeep goes on
supply-to-begin = { $month }: if everybody begins who is advised to
    .lay = { $month }: if everybody begins who is advised to
supply-injections = { $what }: { $number } (people: { $people })
    .lay = { $what }: { $number } (people: { $people })
supply-days = { $what }, days of tablets: { $number } (people: { $people })
    .lay = { $what }, days of tablets: { $number } (people: { $people })
supply-note = An injection is one ampoule where the ampoule holds the dose. Spare ones, losses and people not on record are not counted.
    .lay = An injection is one ampoule where the ampoule holds the dose. Spare ones, losses and people not on record are not counted.
