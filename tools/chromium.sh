#!/usr/bin/env bash
# Brings Chromium and Chinese fonts for the browser tests where this machine lets us; says so where it doesn't.
set -u
have() { command -v chromium >/dev/null 2>&1 || command -v chromium-browser >/dev/null 2>&1; }
fonts() { fc-list :lang=zh 2>/dev/null | grep -q .; }
if have && fonts; then exit 0; fi
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  echo "installing Chromium and Chinese fonts (apt-get)…"
  export DEBIAN_FRONTEND=noninteractive
  { apt-get update -qq && apt-get install -y -qq chromium fonts-noto-cjk fontconfig libpango-1.0-0 libpangoft2-1.0-0; } >/tmp/safemonth-apt.log 2>&1 || tail -5 /tmp/safemonth-apt.log
fi
have || echo "no Chromium here: browser tests will be reported as skipped"
fonts || echo "no Chinese fonts here: PDF pages may show boxes"
exit 0
