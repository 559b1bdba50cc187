// /field/: the forms to fill in, what was begun, what waits, what was sent and what was not taken and why.

import { strToU8, zipSync } from "fflate";
import "./field.css";
import { make } from "./elements.js";
import { askBackgroundSync, drawHead, keepSending, updateForms, watchNetwork, workOffline } from "./frame.js";
import { BASE } from "./office.js";
import { blobOf, changeItem, draftsOf, dropDraft, dropItem, formsAt, formsOf, keptSession, onChange, outbox } from "./store.js";
import { language, say, saySize, sayTime } from "./words.js";

const LITTLE_ROOM_BYTES = 50 * 1000 * 1000;
const PURPOSES = {
  activity: "activity report",
  return: "return",
  inspection: "inspection",
  recheck: "recheck",
  village_stop: "village stop",
  supervision_visit: "supervision visit",
  other: "other",
};
const STATES = {
  waiting: ["waiting", "tag-look"],
  sending: ["sending", "tag-look"],
  sent: ["sent", "tag-ok"],
  refused: ["not taken", "tag-stop"],
};

let offlineState = "";
let sendOutcome = "done";
let sendNow = () => {};

const titleOf = ({ title, titleEn }) => (language() === "en" && titleEn ? titleEn : title);
const place = (id) => document.querySelector(`#${id}`);

// Drawing is asked for often (every chunk); one at a time, and the last wish counts.
let drawing = null;
let isWished = false;
function redraw() {
  isWished = true;
  drawing ??= (async () => {
    while (isWished) {
      isWished = false;
      await draw().catch(showTrouble);
    }
    drawing = null;
  })();
}

function showTrouble(error) {
  console.error(error);
  place("trouble").hidden = false;
  place("trouble").textContent = say(
    "This browser keeps nothing (a private window?). Open the page in an ordinary window before you fill anything in.",
  );
}

async function draw() {
  const user = (await keptSession())?.user ?? "";
  const [forms, drafts, items, at] = await Promise.all([formsOf(user), draftsOf(user), outbox(), formsAt(user)]);
  // A private phone has one name; on a shared one the others' waiting items are shown as theirs.
  const mine = items.filter((item) => item.user === user);
  const others = items.filter((item) => item.user !== user && item.state !== "sent");
  drawForms(forms.filter((form) => form.isOffered), at);
  drawDrafts(drafts);
  drawOutbox([...mine, ...others], user);
  drawReadiness();
  const waiting = mine.filter((item) => item.state === "waiting" || item.state === "sending").length;
  document.title = `${waiting ? `(${waiting}) ` : ""}${say("Field reports")} · ${say("Safemonth")}`;
}

function drawForms(forms, at) {
  const order = Object.keys(PURPOSES);
  forms.sort((one, other) => order.indexOf(one.purpose) - order.indexOf(other.purpose));
  place("forms").replaceChildren(
    ...forms.map((form) =>
      make(
        "li",
        {},
        make(
          "a",
          { class: "form-link", href: `${BASE}fill/${encodeURIComponent(form.code)}` },
          make("span", { class: "form-title" }, titleOf(form)),
          sayPurpose(form),
        ),
      ),
    ),
  );
  place("no-forms").hidden = forms.length > 0;
  place("no-forms").textContent = at
    ? say("The office has no form open for you.")
    : say("No forms are here yet. Open this page once with a network and signed in.");
  place("forms-at").textContent = at
    ? say("Forms of {time}", { time: sayTime(at) })
    : say("Forms never brought up to date");
}

/** What the form is for, where its title does not say just that. */
function sayPurpose(form) {
  const words = say(PURPOSES[form.purpose] ?? "other");
  return words.toLowerCase() !== titleOf(form).toLowerCase() && make("span", { class: "quiet" }, words);
}

function drawDrafts(drafts) {
  place("drafts-part").hidden = drafts.length === 0;
  place("drafts").replaceChildren(
    ...drafts.map((draft) => {
      const address = `${BASE}fill/${encodeURIComponent(draft.code)}?draft=${draft.id}`;
      return make(
        "li",
        { class: "item" },
        make("div", { class: "item-head" }, make("strong", {}, titleOf(draft))),
        make("p", { class: "quiet" }, say("Last changed {time}", { time: sayTime(draft.changedAt) })),
        make(
          "div",
          { class: "actions" },
          make("a", { class: "button second", href: address }, say("Continue")),
          make(
            "button",
            {
              class: "plain",
              type: "button",
              on: {
                click: () =>
                  confirm(say("Delete this draft? What was filled in is lost.")) && dropDraft(draft.id),
              },
            },
            say("Delete"),
          ),
        ),
      );
    }),
  );
}

function drawOutbox(items, user) {
  const open = items.filter((item) => item.state !== "sent").reverse();
  const sent = items.filter((item) => item.state === "sent").sort((one, other) => other.sentAt - one.sentAt);
  const waiting = open.filter((item) => item.state !== "refused" && item.user === user);
  const refused = open.filter((item) => item.state === "refused");
  const summary = [
    waiting.length && say("{count} waiting", { count: waiting.length }),
    refused.length && say("{count} not taken", { count: refused.length }),
  ]
    .filter(Boolean)
    .join(language() === "en" ? ", " : "，");
  place("outbox-summary").textContent = summary || say("Nothing is waiting.");
  place("outbox-link").textContent = summary;
  place("outbox-link").hidden = !summary;
  place("send-now").hidden = waiting.length === 0 || sendOutcome === "signed_out";
  place("sign-in").hidden = sendOutcome !== "signed_out";
  place("send-note").textContent = !open.length || !navigator.onLine
    ? ""
    : sendOutcome === "signed_out"
      ? say("Nobody is signed in: sign in to send.")
      : sendOutcome === "unreachable"
        ? say("The office's server does not answer; it is tried again by itself.")
        : "";
  keepFocus(place("outbox"), () => place("outbox").replaceChildren(...open.map((item) => drawItem(item, user))));
  place("sent-part").hidden = sent.length === 0;
  place("sent-summary").textContent = say("Sent in the last 30 days ({count})", { count: sent.length });
  place("sent").replaceChildren(...sent.map((item) => drawItem(item, user)));
}

/** Redraw without losing the button that the keyboard is on. */
function keepFocus(list, change) {
  const focused = list.contains(document.activeElement) ? document.activeElement.dataset.key : "";
  change();
  if (focused) list.querySelector(`[data-key="${CSS.escape(focused)}"]`)?.focus();
}

function drawItem(item, user) {
  const [words, tag] = STATES[item.state];
  const size = item.files.reduce((sum, file) => sum + file.size, 0);
  const sent = item.files.reduce((sum, file) => sum + Math.min(file.sent, file.size), 0);
  const share = size ? Math.floor((100 * sent) / size) : 0;
  const about = [
    item.state === "sent"
      ? say("Sent {time}", { time: sayTime(item.sentAt) })
      : say("Filled in {time}", { time: sayTime(item.madeAt) }),
    sayPhotos(item.files.length, size),
  ].join(" · ");
  const isMoving = (item.state === "sending" || item.state === "waiting") && size > 0 && sent > 0;
  const shareWords = say("Photos sent: {share} %", { share });
  return make(
    "li",
    { class: "item", "data-state": item.state },
    make("div", { class: "item-head" }, make("strong", {}, titleOf(item)), make("span", { class: `tag ${tag}` }, say(words))),
    make("p", { class: "quiet" }, about),
    isMoving && make("progress", { max: 100, value: share, "aria-label": shareWords }),
    isMoving && make("p", { class: "quiet" }, shareWords),
    item.user !== user && make("p", { class: "quiet" }, say("Filled in by {user}: sent when they sign in here.", { user: item.user })),
    item.refusal && make("p", { class: "doubt stops" }, item.refusal[language()] ?? item.refusal.en),
    item.state === "refused" && refusedActions(item),
  );
}

function sayPhotos(count, bytes) {
  if (!count) return say("no photos");
  const size = saySize(bytes);
  return count === 1 ? say("1 photo, {size}", { size }) : say("{count} photos, {size}", { count, size });
}

function refusedActions(item) {
  const button = (words, key, act) =>
    make("button", { class: "second act", type: "button", "data-key": `${key}-${item.id}`, on: { click: act } }, words);
  return make(
    "div",
    { class: "actions" },
    button(say("Try again"), "again", async () => {
      await changeItem(item.id, () => ({ state: "waiting", refusal: null, nextAt: 0 }));
      sendNow();
    }),
    button(say("Save as a file"), "save", () => saveAsFile(item)),
    button(say("Remove from this phone"), "remove", () => {
      const question =
        "Remove this from the phone? It was not taken by the office; save it as a file first if it matters.";
      if (confirm(say(question))) dropItem(item.id);
    }),
  );
}

/** Hand the answers and photos out as one .zip file. */
async function saveAsFile(item) {
  const parts = { "submission.xml": strToU8(item.xml) };
  for (const { name } of item.files) {
    const blob = await blobOf(item.id, name);
    if (blob) parts[name] = new Uint8Array(await blob.arrayBuffer());
  }
  const link = make("a", {
    href: URL.createObjectURL(new Blob([zipSync(parts, { level: 0 })], { type: "application/zip" })),
    download: `${item.code}-${item.id.replace(/\W+/g, "-")}.zip`,
  });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

function drawReadiness() {
  place("readiness").textContent =
    offlineState === "ready"
      ? say("Ready for use without a network.")
      : offlineState === "installing"
        ? say("Getting ready for use without a network …")
        : offlineState === "none"
          ? say("This browser cannot open the page without a network. Use a newer one in the field.")
          : "";
  place("readiness").className = offlineState === "ready" ? "tag tag-ok" : "quiet";
}

async function watchRoom() {
  const { quota = 0, usage = 0 } = (await navigator.storage?.estimate?.()) ?? {};
  const free = quota - usage;
  const note = place("room");
  note.hidden = !quota || free > LITTLE_ROOM_BYTES;
  note.textContent = say(
    "There is little room left on this phone ({free} free). Free some before you take photos.",
    { free: saySize(Math.max(0, free)) },
  );
}

async function update() {
  place("update").disabled = true;
  place("update-note").textContent = say("Updating …");
  const outcome = await updateForms();
  place("update-note").textContent =
    outcome === "done"
      ? say("Forms are up to date.")
      : outcome === "signed_out"
        ? say("Nobody is signed in: sign in to send.")
        : say("The forms could not be updated: no network. Those kept here can be used.");
  place("update").disabled = false;
  if (outcome === "signed_out") sendOutcome = outcome;
  await drawHead(redraw);
  redraw();
}

const told = new Set();
/** Say aloud what has just arrived (the region is aria-live); what was there when the page opened is not news. */
async function tellNews() {
  for (const item of await outbox()) {
    if (item.state === "sent" && !told.has(item.id)) {
      if (isStarted) place("news").textContent = say("“{title}” has arrived.", { title: titleOf(item) });
      told.add(item.id);
    }
  }
}
let isStarted = false;

async function start() {
  const redrawAll = () => {
    tellNetwork();
    redraw();
  };
  await drawHead(redrawAll);
  const tellNetwork = watchNetwork();
  redraw();
  await tellNews().catch(() => {});
  isStarted = true;
  onChange(() => {
    redraw();
    tellNews();
  });
  addEventListener("online", update);
  addEventListener("offline", redraw);
  place("update").addEventListener("click", update);
  place("send-now").addEventListener("click", () => {
    askBackgroundSync();
    sendNow();
  });
  sendNow = keepSending((outcome) => {
    sendOutcome = outcome;
    redraw();
  });
  await Promise.all([
    update(),
    watchRoom(),
    workOffline({
      whenReady: () => {
        offlineState = "ready";
        redraw();
      },
      mayReplace: () => true,
    }).then((state) => {
      offlineState ||= state;
      redraw();
    }),
  ]);
}

start();
