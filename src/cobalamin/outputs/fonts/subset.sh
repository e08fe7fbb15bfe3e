#!/usr/bin/env bash
# Cut the fonts of this folder out of those of the Debian package fonts-noto-core, byte for byte the same each time.
# Usage: subset.sh FOLDER, the folder with the TTF files of the package.
set -euo pipefail
from=$1
here=$(cd "$(dirname "$0")" && pwd)

latin='U+0020-007E,U+00A0-024F,U+0259,U+02BB-02BC,U+02C6-02DD,U+0300-0304,U+0306-030C,U+0323-0328,U+0370-03FF,U+0400-045F,U+0490-0491,U+1E00-1EFF,'
latin+='U+200C-200F,U+2010-2015,U+2018-201E,U+2020-2022,U+2026,U+202F,U+2030,U+2032-2033,U+2039-203A,U+2044,U+2066-2069,U+20AC,U+20B9,U+2122,U+2212,U+25CC'
devanagari='U+0020,U+00A0,U+0900-097F,U+200C-200D,U+2010-2015,U+2018-201D,U+2026,U+20B9,U+25CC,U+A8E0-A8FF,U+1CD0-1CFF'
arabic='U+0020,U+00A0,U+0600-06FF,U+0750-077F,U+200C-200F,U+25CC'
math='U+2190-2193,U+221A,U+2248,U+2260,U+2264-2265'
symbols='U+25A0-25A1,U+25B2,U+25BC,U+25CB,U+25CF,U+2610-2612,U+2713-2714,U+26A0'
plain='--layout-features+=tnum,lnum'
shaped='--layout-features=*'

# cut NAME CHARACTERS FEATURES: hints are kept for screens and dropped for print, where nothing reads them
cut() {
  pyftsubset "$from/$1.ttf" --unicodes="$2" "$3" --name-IDs='*' --notdef-outline --no-hinting --output-file="$here/$1.ttf"
  pyftsubset "$from/$1.ttf" --unicodes="$2" "$3" --name-IDs='*' --notdef-outline --flavor=woff2 --output-file="$here/$1.woff2"
}
for weight in Regular Bold; do
  cut NotoSans-$weight "$latin" "$plain"
  cut NotoSansDevanagari-$weight "$devanagari" "$shaped"
  cut NotoNaskhArabic-$weight "$arabic" "$shaped"
done
cut NotoSansMath-Regular "$math" "$plain"
cut NotoSansSymbols2-Regular "$symbols" "$plain"
