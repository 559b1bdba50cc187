// What both pages share: the head with language and name, the worker, and when sending is tried.

import { bringUpToDate } from "./forms.js";
import { ask, askSession, BASE, SignedOut } from "./office.js";
import { sendWaiting, untilNext } from "./sending.js";
import { keptSession } from "./store.js";
import { chooseLanguage, language, say } from "./words.js";

const EVERY_MS = 20_000;

/** Show the head in the reader's language; `redraw` is called after the language was changed. */
export async function drawHead(redraw) {
  document.documentElement.lang = language() === "en" ? "en" : "zh-Hans";
  for (const marked of document.querySelectorAll("[data-say]")) marked.textContent = say(marked.dataset.say);
  const button = document.querySelector("#language");
  const other = language() === "en" ? "zh" : "en";
  button.textContent = other === "en" ? "English" : "中文";
  button.lang = other === "en" ? "en" : "zh-Hans";
  button.onclick = async () => {
    chooseLanguage(other);
    await drawHead(redraw);
    redraw();
    await tellLanguage(other);
  };
  const session = await keptSession().catch(() => null);
  document.querySelector("#who").textContent = session ? session.name || session.user : "";
}

/** Let the office's site follow the choice, so that its sentences come in the same language; no network, no matter. */
async function tellLanguage(chosen) {
  try {
    const { csrf } = await askSession();
    const body = new URLSearchParams({ language: chosen === "en" ? "en" : "zh-hans", next: BASE });
    await ask("/language", { method: "POST", body, headers: { "X-CSRFToken": csrf } });
  } catch {
    // The next visit with a network tells it.
  }
}

/** Say whether there is a network, and keep saying it. */
export function watchNetwork() {
  const note = document.querySelector("#network");
  const tell = () => {
    note.hidden = navigator.onLine;
    note.textContent = navigator.onLine
      ? ""
      : say("No network. You can go on: everything is kept on this phone and sent later.");
  };
  addEventListener("online", tell);
  addEventListener("offline", tell);
  tell();
  return tell;
}

/**
 * Let the page work without a network: register the service worker.
 *
 * Returns "ready", "installing" (`whenReady` is called later) or "none" (this browser cannot). A newer worker takes
 * over only where the page allows it (`mayReplace`), since a form may be open under the old one.
 */
export async function workOffline({ whenReady, mayReplace }) {
  if (!("serviceWorker" in navigator)) return "none";
  try {
    const registration = await navigator.serviceWorker.register(`${BASE}service-worker.js`, { scope: BASE });
    navigator.serviceWorker.ready.then(whenReady);
    const replace = () => {
      if (mayReplace() && registration.waiting && navigator.serviceWorker.controller)
        registration.waiting.postMessage("take over");
    };
    registration.addEventListener("updatefound", () => {
      registration.installing?.addEventListener("statechange", replace);
    });
    replace();
    return registration.active ? "ready" : "installing";
  } catch {
    // Without a network at the very first visit, or switched off by the browser's settings.
    return navigator.serviceWorker.controller ? "ready" : "none";
  }
}

/** Ask the browser to send in the background, also after the page is closed, where it can. */
export async function askBackgroundSync() {
  try {
    // Not `ready`: that waits for ever where no worker could be registered.
    const registration = await navigator.serviceWorker?.getRegistration(BASE);
    await registration?.sync?.register("outbox");
  } catch {
    // Not every browser can or may: then it is sent when the page is open.
  }
}

/**
 * Send what waits now, whenever the network comes back or the page is looked at, and every so often.
 *
 * `told(outcome)` gets what `sendWaiting` returned. Returns a function that sends at once ("Send now").
 */
export function keepSending(told) {
  let timer = 0;
  const send = async (isUrgent) => {
    clearTimeout(timer);
    const outcome = await sendWaiting({ isUrgent }).catch((error) => {
      console.error(error);
      return "unreachable";
    });
    if (outcome !== "busy") told(outcome);
    const wait = outcome === "signed_out" ? EVERY_MS : await untilNext(EVERY_MS).catch(() => EVERY_MS);
    clearTimeout(timer);
    timer = setTimeout(() => send(false), wait);
    return outcome;
  };
  addEventListener("online", () => send(true));
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && send(false));
  send(true);
  return () => send(true);
}

/** Bring forms up to date; returns "done", "signed_out" or "unreachable" and never raises. */
export async function updateForms() {
  try {
    await bringUpToDate();
    return "done";
  } catch (error) {
    return error instanceof SignedOut ? "signed_out" : "unreachable";
  }
}
