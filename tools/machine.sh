#!/usr/bin/env bash
# Brings what pip cannot: a compiler, Pango and Chinese fonts (PDF), Chromium (browser tests), where this machine lets us.
#
#     tools/machine.sh compiler      for make install
#     tools/machine.sh pdf           for make demo
#     tools/machine.sh pdf browser r for make test
#
# What cannot be had is said, and nothing fails here: a test that misses a tool says so itself.
set -u
cd "$(dirname "$0")/.."

has_pango() { .venv/bin/python -c 'import weasyprint' >/dev/null 2>&1; }
# PDQ comes as source: a compiler builds it in seconds.
has_compiler() {
  command -v cc >/dev/null 2>&1 && command -v c++ >/dev/null 2>&1 &&
    "${PYTHON:-python3}" -c 'import os, sys, sysconfig; sys.exit(not os.path.exists(sysconfig.get_paths()["include"] + "/Python.h"))'
}
has_fonts() { fc-list :lang=zh-cn 2>/dev/null | grep -q .; }
has_survey() { Rscript -e 'library(survey)' >/dev/null 2>&1; }
has_chromium() { command -v chromium >/dev/null 2>&1 || command -v chromium-browser >/dev/null 2>&1; }

packages=()
for wanted in "$@"; do
  case "$wanted" in
    pdf)
      has_pango || packages+=(libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0)
      has_fonts || packages+=(fontconfig fonts-noto-cjk)
      ;;
    compiler) has_compiler || packages+=(gcc g++ python3-dev) ;;
    # A peer that the sender is measured beside (make bench).
    kannel) [ -x /usr/sbin/bearerbox ] || packages+=(kannel) ;;
    # R's `survey`, a live oracle of the estimates' tests.
    r) has_survey || packages+=(r-cran-survey) ;;
    browser) has_chromium || packages+=(chromium) ;;
    *) echo "usage: tools/machine.sh [compiler] [pdf] [browser] [kannel] [r]" >&2; exit 2 ;;
  esac
done
[ ${#packages[@]} -gt 0 ] || exit 0

become=()
[ "$(id -u)" = 0 ] || become=(sudo -n)
log=$(mktemp)
if command -v apt-get >/dev/null 2>&1 && "${become[@]}" true 2>/dev/null; then
  echo "── installing ${packages[*]} (apt-get)"
  "${become[@]}" env DEBIAN_FRONTEND=noninteractive sh -c \
    'apt-get update -qq && apt-get install -y -qq --no-install-recommends "$@"' sh "${packages[@]}" >"$log" 2>&1 ||
    tail -5 "$log"
else
  echo "This machine lacks: ${packages[*]} (Debian's names). Install them with its own package manager."
fi
rm -f "$log"

for wanted in "$@"; do
  case "$wanted" in
    pdf)
      has_pango || echo "no Pango here: PDF cannot be made"
      has_fonts || echo "no Chinese font here: PDF pages will show boxes"
      ;;
    compiler) has_compiler || echo "no C++ compiler here: pdqhash cannot be built, and the installation will stop" ;;
    r) has_survey || echo "no R with its package survey here: its tests will be reported as skipped" ;;
    browser) has_chromium || echo "no Chromium here: browser tests will be reported as skipped" ;;
  esac
done
exit 0
