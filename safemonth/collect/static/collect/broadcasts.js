// Counts a broadcast's text while it is being written: the server counts, as it will be billed; this only asks it.
"use strict";
(() => {
  const form = document.querySelector("form[data-count]");
  const place = document.getElementById("count");
  if (!form || !place) return;
  const pauseMs = 300;
  let timer = 0;
  let asked = 0;

  async function count() {
    const turn = ++asked;
    try {
      const answer = await fetch(form.dataset.count, { method: "POST", body: new FormData(form) });
      const text = await answer.text();
      // An answer that was overtaken by a later question is not shown.
      if (answer.ok && turn === asked) place.innerHTML = text;
    } catch {
      // Without a network the last count stays; the server counts again when the draft is kept.
    }
  }

  function soon() {
    clearTimeout(timer);
    timer = setTimeout(count, pauseMs);
  }

  form.addEventListener("input", soon);
  form.addEventListener("change", soon);
})();
