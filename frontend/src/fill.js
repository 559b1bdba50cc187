// /field/fill/<code>: one form, filled with or without a network; kept as a draft while typing, then in the outbox.

import "./field.css";
import "./fill.css";
import { drawHead, keepSending, askBackgroundSync, watchNetwork, workOffline, updateForms } from "./frame.js";
import { BASE } from "./office.js";
import { draftCalled, formCalled, formsOf, keepDraft, keptSession, queue } from "./store.js";
import { instanceIdIn, mountWidget, withoutEditMark } from "./widget.js";
import { language, say, saySize, sayTime } from "./words.js";

const LARGEST_PHOTO_BYTES = 25 * 1000 * 1000;
const DRAFT_AFTER_MS = 500;

const code = decodeURIComponent(location.pathname.slice(`${BASE}fill/`.length));
const place = (id) => document.querySelector(`#${id}`);
const titleOf = ({ title, titleEn }) => (language() === "en" && titleEn ? titleEn : title);

let user = "";
let form = null;
let widget = null;
let draftId = new URLSearchParams(location.search).get("draft") ?? "";
let isDone = false;

function trouble(sentence) {
  place("trouble").hidden = !sentence;
  place("trouble").textContent = sentence;
  if (sentence) place("trouble").scrollIntoView({ block: "center" });
}

async function findForm(draft) {
  if (draft) return formCalled(draft.form);
  const offered = async () => (await formsOf(user)).find((one) => one.code === code && one.isOffered);
  const kept = await offered();
  if (kept) return kept;
  await updateForms();
  user = (await keptSession())?.user ?? "";
  return offered();
}

function drawTitle() {
  const title = form ? titleOf(form) : "";
  place("title").textContent = title;
  document.title = `${title} · ${say("Field reports")}`;
  place("version").textContent = form ? say("Version {version}", { version: form.version }) : "";
}

// Drafts

let timer = null;
function changed() {
  clearTimeout(timer);
  timer = setTimeout(saveDraft, DRAFT_AFTER_MS);
}

async function saveDraft() {
  clearTimeout(timer);
  const filled = isDone ? null : await widget?.payload();
  if (!filled || isDone) return;
  draftId ||= crypto.randomUUID();
  const { title, titleEn } = form;
  const xml = await filled.xml.text();
  const draft = { id: draftId, user, form: form.id, code: form.code, title, titleEn, xml, changedAt: Date.now() };
  try {
    await keepDraft(draft, filled.files);
    history.replaceState(null, "", `?draft=${draftId}`);
    place("saved").textContent = say("Saved on this phone {time}", { time: sayTime(draft.changedAt) });
  } catch (error) {
    trouble(sentenceOf(error));
  }
}

function sentenceOf(error) {
  return error?.name === "QuotaExceededError"
    ? say("It could not be kept: this phone is full. Free some room, then submit again; leave this page open.")
    : say("It could not be kept on this phone: {reason}. Leave this page open and try again.", { reason: error });
}

// Submitting

/** Put the filled form into the outbox; returns whether it is there. */
async function submitted({ xml, files }) {
  for (const [name, file] of files) {
    if (file.size > LARGEST_PHOTO_BYTES) {
      trouble(say("The photo {name} has {size}; at most 25 MB are taken. Choose a smaller one.", { name, size: saySize(file.size) }));
      return false;
    }
  }
  const text = await xml.text();
  const answers = draftId ? withoutEditMark(text) : text;
  const item = {
    id: instanceIdIn(answers) || `uuid:${crypto.randomUUID()}`,
    user,
    code: form.code,
    version: form.version,
    title: form.title,
    titleEn: form.titleEn,
    xml: answers,
    files: [...files].map(([name, file]) => ({ name, size: file.size, sent: 0, uploadUrl: "", isDone: false })),
    state: "waiting",
    refusal: null,
    tries: 0,
    nextAt: 0,
    madeAt: Date.now(),
    sentAt: 0,
  };
  clearTimeout(timer);
  isDone = true;
  try {
    await queue(item, files, draftId);
  } catch (error) {
    isDone = false;
    trouble(sentenceOf(error));
    return false;
  }
  await navigator.storage?.persist?.().catch(() => false);
  await askBackgroundSync();
  location.assign(`${BASE}#outbox-part`);
  return true;
}

async function start() {
  await drawHead(() => {
    tellNetwork();
    drawTitle();
    widget?.switchLanguage();
  });
  const tellNetwork = watchNetwork();
  place("loading").textContent = say("Loading the form …");
  user = (await keptSession())?.user ?? "";
  const begun = draftId ? await draftCalled(draftId) : null;
  if (draftId && (!begun || begun.draft.user !== user)) {
    trouble(say("This draft is not on this phone."));
    place("loading").textContent = "";
    return;
  }
  form = await findForm(begun?.draft);
  drawTitle();
  place("loading").textContent = "";
  if (!form) {
    trouble(say("This form is not on this phone. Open the list once with a network."));
    return;
  }
  if (!form.isOffered) {
    place("saved").textContent = say("This form is filled by version {version}; the office has a newer one now.", {
      version: form.version,
    });
  }
  const draft = begun && { xml: begun.draft.xml, files: begun.files };
  widget = mountWidget({ place: place("form"), form, draft, submitted });
  for (const event of ["input", "change", "click"]) place("form").addEventListener(event, changed);
  document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && saveDraft());
  keepSending(() => {});
  workOffline({ whenReady: () => {}, mayReplace: () => false });
}

start().catch((error) => {
  console.error(error);
  place("loading").textContent = "";
  trouble(say("The form could not be opened. Tell the office: {reason}", { reason: error.message }));
});
