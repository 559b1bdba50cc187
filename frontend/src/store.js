// What is kept on the phone, in IndexedDB: who is signed in, the forms, drafts, and the outbox with its photos.
//
//   about   "session" -> {user, name}, "formsAt" -> when the forms were last brought up to date (ms)
//   forms   {id, user, code, version, title, titleEn, purpose, xform, sha256, media: {name: {text, sha256}}, isOffered}
//   drafts  {id, user, form (id of forms), code, title, titleEn, xml, fileNames, changedAt}
//   outbox  {id (the instanceID), user, code, version, title, titleEn, xml, files: [{name, size, sent, uploadUrl, isDone}],
//            state, refusal, tries, nextAt, madeAt, sentAt}   state: waiting | sending | sent | refused
//   blobs   `${id of a draft or an item}/${file name}` -> the photo, byte for byte as the camera made it

import { openDB } from "idb";

const channel = "BroadcastChannel" in self ? new BroadcastChannel("safemonth-field") : null;
let opened = null;

/** Open the database once; rejects where the browser keeps nothing (some private windows). */
function database() {
  opened ??= openDB("safemonth-field", 1, {
    upgrade(db) {
      db.createObjectStore("about");
      db.createObjectStore("forms", { keyPath: "id" });
      db.createObjectStore("drafts", { keyPath: "id" });
      db.createObjectStore("outbox", { keyPath: "id" });
      db.createObjectStore("blobs");
    },
    // Another tab wants a newer version: let it have it.
    blocking: (_current, _blocked, event) => event.target.close(),
  }).catch((error) => {
    opened = null;
    throw error;
  });
  return opened;
}

/** Call `listener` whenever something was changed, in this tab, another one or the service worker. */
export function onChange(listener) {
  channel?.addEventListener("message", listener);
  self.addEventListener("field-changed", listener);
}

function announce() {
  channel?.postMessage("changed");
  self.dispatchEvent(new Event("field-changed"));
}

// Who and when

/** Return {user, name} of who was last signed in on this phone, null before the first visit. */
export async function keptSession() {
  return (await (await database()).get("about", "session")) ?? null;
}

/** Remember who is signed in. */
export async function keepSession({ user, name }) {
  await (await database()).put("about", { user, name }, "session");
}

/** Return when the user's forms were last brought up to date (ms), 0 if never. */
export async function formsAt(user) {
  return (await (await database()).get("about", `formsAt/${user}`)) ?? 0;
}

// Forms

/** Return all forms kept for a user: the offered ones and versions that a draft still needs. */
export async function formsOf(user) {
  return (await (await database()).getAll("forms")).filter((form) => form.user === user);
}

/** Return one kept form by id, undefined if it is not here. */
export async function formCalled(id) {
  return (await database()).get("forms", id);
}

/** Replace what is kept of a user's forms by `fresh`; versions that a draft was begun with stay. */
export async function keepForms(user, fresh, at) {
  const transaction = (await database()).transaction(["about", "forms", "drafts"], "readwrite");
  const needed = new Set((await transaction.objectStore("drafts").getAll()).map((draft) => draft.form));
  const store = transaction.objectStore("forms");
  const freshIds = new Set(fresh.map((form) => form.id));
  for (const old of await store.getAll()) {
    if (old.user !== user || freshIds.has(old.id)) continue;
    if (needed.has(old.id)) await store.put({ ...old, isOffered: false });
    else await store.delete(old.id);
  }
  for (const form of fresh) await store.put(form);
  await transaction.objectStore("about").put(at, `formsAt/${user}`);
  await transaction.done;
  announce();
}

// Drafts

/** Return a user's drafts, the newest first. */
export async function draftsOf(user) {
  const drafts = (await (await database()).getAll("drafts")).filter((draft) => draft.user === user);
  return drafts.sort((one, other) => other.changedAt - one.changedAt);
}

/** Return a draft with its files as {draft, files: Map(name -> Blob)}, null if there is none. */
export async function draftCalled(id) {
  const db = await database();
  const draft = await db.get("drafts", id);
  if (!draft) return null;
  const files = new Map();
  for (const name of draft.fileNames) files.set(name, await db.get("blobs", `${id}/${name}`));
  return { draft, files };
}

/** Keep a draft; of `files` (Map(name -> Blob)) only what is not here yet is written, names never come twice. */
export async function keepDraft(draft, files) {
  const transaction = (await database()).transaction(["drafts", "blobs"], "readwrite");
  const before = (await transaction.objectStore("drafts").get(draft.id))?.fileNames ?? [];
  const blobs = transaction.objectStore("blobs");
  for (const name of before) if (!files.has(name)) await blobs.delete(`${draft.id}/${name}`);
  for (const [name, blob] of files) if (!before.includes(name)) await blobs.put(blob, `${draft.id}/${name}`);
  await transaction.objectStore("drafts").put({ ...draft, fileNames: [...files.keys()] });
  await transaction.done;
  announce();
}

/** Delete a draft and its photos. */
export async function dropDraft(id) {
  const transaction = (await database()).transaction(["drafts", "blobs"], "readwrite");
  await eraseDraft(transaction, id);
  await transaction.done;
  announce();
}

async function eraseDraft(transaction, id) {
  const draft = await transaction.objectStore("drafts").get(id);
  for (const name of draft?.fileNames ?? []) await transaction.objectStore("blobs").delete(`${id}/${name}`);
  await transaction.objectStore("drafts").delete(id);
}

// The outbox

/** Put a filled form and its photos into the outbox and take its draft away: all of it or nothing. */
export async function queue(item, files, draftId) {
  const transaction = (await database()).transaction(["outbox", "blobs", "drafts"], "readwrite");
  for (const [name, blob] of files) await transaction.objectStore("blobs").put(blob, `${item.id}/${name}`);
  await transaction.objectStore("outbox").put(item);
  if (draftId) await eraseDraft(transaction, draftId);
  await transaction.done;
  announce();
}

/** Return everything in the outbox, whoever filled it, the oldest first. */
export async function outbox() {
  return (await (await database()).getAll("outbox")).sort((one, other) => one.madeAt - other.madeAt);
}

/** Return one item of the outbox. */
export async function itemCalled(id) {
  return (await database()).get("outbox", id);
}

/** Change an item by what `change(item)` returns, in one transaction; nothing happens if it is gone. */
export async function changeItem(id, change) {
  const transaction = (await database()).transaction("outbox", "readwrite");
  const item = await transaction.store.get(id);
  if (item) await transaction.store.put({ ...item, ...change(item) });
  await transaction.done;
  announce();
}

/** Return a photo of an item, undefined if it is gone. */
export async function blobOf(id, name) {
  return (await database()).get("blobs", `${id}/${name}`);
}

/** Note that an item is with the office: its row stays for the list, its answers and photos leave the phone. */
export async function markSent(id, at) {
  const transaction = (await database()).transaction(["outbox", "blobs"], "readwrite");
  const item = await transaction.objectStore("outbox").get(id);
  if (item) {
    for (const { name } of item.files) await transaction.objectStore("blobs").delete(`${id}/${name}`);
    const files = item.files.map((file) => ({ ...file, sent: file.size, isDone: true }));
    await transaction
      .objectStore("outbox")
      .put({ ...item, state: "sent", xml: "", files, sentAt: at, refusal: null, tries: 0, nextAt: 0 });
  }
  await transaction.done;
  announce();
}

/** Remove an item with its photos: what was sent long ago, or what a person says may go. */
export async function dropItem(id) {
  const transaction = (await database()).transaction(["outbox", "blobs"], "readwrite");
  const item = await transaction.objectStore("outbox").get(id);
  for (const { name } of item?.files ?? []) await transaction.objectStore("blobs").delete(`${id}/${name}`);
  await transaction.objectStore("outbox").delete(id);
  await transaction.done;
  announce();
}
