// A report by the public: the phone's position on asking, and a small task that tells a person's browser from a script's.
// Without this file everything works; who sends at once is then looked at by a person first.
(function () {
  "use strict";
  var form = document.getElementById("tip-form");
  if (!form) return;

  var place = form.querySelector(".position");
  var button = place.querySelector("button");
  var said = place.querySelector("[role=status]");
  if (navigator.geolocation && window.isSecureContext !== false) {
    button.hidden = false;
    button.addEventListener("click", function () {
      navigator.geolocation.getCurrentPosition(
        function (found) {
          form.elements.latitude.value = found.coords.latitude.toFixed(5);
          form.elements.longitude.value = found.coords.longitude.toFixed(5);
          said.textContent = button.getAttribute("data-taken");
        },
        function () { said.textContent = button.getAttribute("data-failed"); },
        { enableHighAccuracy: true, timeout: 15000 }
      );
    });
  }

  // SHA-256 (FIPS 180-4): `crypto.subtle` is missing on plain HTTP and on old phones. Returns the first 32 bits.
  var primes = [], constants = [], start = [];
  for (var candidate = 2; primes.length < 64; candidate++) {
    if (primes.every(function (prime) { return candidate % prime; })) {
      if (primes.length < 8) start.push((Math.pow(candidate, 1 / 2) * 4294967296) | 0);
      constants.push((Math.pow(candidate, 1 / 3) * 4294967296) | 0);
      primes.push(candidate);
    }
  }
  function turned(value, by) { return (value >>> by) | (value << (32 - by)); }
  function firstBits(text) {
    var length = text.length, words = [], i, j;
    for (i = 0; i < length; i++) words[i >> 2] |= text.charCodeAt(i) << (24 - (i % 4) * 8);
    words[length >> 2] |= 0x80 << (24 - (length % 4) * 8);
    var blocks = ((length + 8) >> 6) + 1;
    words[blocks * 16 - 1] = length * 8;
    var hash = start.slice();
    for (i = 0; i < blocks * 16; i += 16) {
      var w = [], h = hash.slice();
      for (j = 0; j < 64; j++) {
        if (j < 16) w[j] = words[i + j] | 0;
        else {
          var a = w[j - 15], b = w[j - 2];
          w[j] = (w[j - 16] + (turned(a, 7) ^ turned(a, 18) ^ (a >>> 3)) + w[j - 7] + (turned(b, 17) ^ turned(b, 19) ^ (b >>> 10))) | 0;
        }
        var t1 = (h[7] + (turned(h[4], 6) ^ turned(h[4], 11) ^ turned(h[4], 25)) + ((h[4] & h[5]) ^ (~h[4] & h[6])) + constants[j] + w[j]) | 0;
        var t2 = ((turned(h[0], 2) ^ turned(h[0], 13) ^ turned(h[0], 22)) + ((h[0] & h[1]) ^ (h[0] & h[2]) ^ (h[1] & h[2]))) | 0;
        h = [(t1 + t2) | 0, h[0], h[1], h[2], (h[3] + t1) | 0, h[4], h[5], h[6]];
      }
      for (j = 0; j < 8; j++) hash[j] = (hash[j] + h[j]) | 0;
    }
    return hash[0] >>> 0;
  }

  var token = form.elements.token.value, number = 0;
  function work() {
    for (var until = number + 200; number < until; number++) {
      if (firstBits(token + ":" + number) >>> 20 === 0) { form.elements.worked.value = String(number); return; }
    }
    setTimeout(work, 5);
  }
  setTimeout(work, 50);
})();
