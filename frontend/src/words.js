// The pages' own sentences, in the reader's language. English is the key; a test holds that each has its Chinese.

import { CHINESE } from "./chinese.js";

const KEPT = "safemonth-language";

/** Return "zh" or "en": what was chosen on this phone, else what the office's site is set to. */
export function language() {
  const chosen = readKept();
  return chosen ?? (document.documentElement.dataset.language?.startsWith("en") ? "en" : "zh");
}

function readKept() {
  try {
    return localStorage.getItem(KEPT);
  } catch {
    return null;
  }
}

/** Choose "zh" or "en" for this phone. */
export function chooseLanguage(chosen) {
  try {
    localStorage.setItem(KEPT, chosen);
  } catch {
    // Nothing can be kept here: the choice then lasts as long as the page.
  }
  document.documentElement.dataset.language = chosen;
  document.documentElement.lang = chosen === "en" ? "en" : "zh-Hans";
}

/** Return a sentence in the reader's language with its {places} filled. */
export function say(sentence, places = {}) {
  const words = language() === "en" ? sentence : (CHINESE[sentence] ?? sentence);
  return words.replace(/\{(\w+)\}/g, (_all, name) => String(places[name] ?? ""));
}

/** Return a point of time as people here write it. */
export function sayTime(ms) {
  const day = new Date(ms).toDateString() === new Date().toDateString();
  const parts = day
    ? { hour: "2-digit", minute: "2-digit" }
    : { month: "numeric", day: "numeric", hour: "2-digit", minute: "2-digit" };
  return new Intl.DateTimeFormat(language() === "en" ? "en-GB" : "zh-CN", parts).format(ms);
}

/** Return a size as people read it: 2.4 MB, 310 KB. */
export function saySize(bytes) {
  return bytes < 1e6 ? `${Math.ceil(bytes / 1000)} KB` : `${(bytes / 1e6).toFixed(1)} MB`;
}
