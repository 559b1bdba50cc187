// From the outbox to the office, each filled form exactly once, from a page or from the service worker.
//
// The answers go first and are known by their instanceID, so that sending them again is told "known" and changes
// nothing. The office says which photos it still misses; each of those goes by tus in chunks, and its address is kept
// before the first byte is sent, so that a cut or a killed page costs at most one chunk. At the end the answers are
// sent once more: only when the office misses nothing is the item called sent.

import { Upload } from "tus-js-client";
import { fetchStack } from "./fetch_stack.js";
import { ask, askSession, BASE, readJson, SignedOut, Trouble, Unreachable } from "./office.js";
import { blobOf, changeItem, dropItem, keepSession, markSent, outbox } from "./store.js";

const CHUNK_BYTES = 256 * 1024;
const LOCK = "safemonth-field-sending";
// After each failure of one item; the last goes on for ever.
const WAITS_MS = [2_000, 5_000, 15_000, 60_000, 300_000];
const SENT_KEPT_MS = 30 * 24 * 3600 * 1000;

/** The office will not take this as it is; `refusal` is {code, zh, en}. */
class Refused extends Error {
  constructor(refusal) {
    super(refusal.code);
    this.refusal = refusal;
  }
}

/**
 * Send what waits, one item after the other; only one context of the phone does so at a time.
 *
 * Returns "busy" (another tab sends), "signed_out", "unreachable" or "done". `isUrgent` forgets the waiting times.
 * Nothing is ever dropped here: what fails stays in the outbox.
 */
export async function sendWaiting({ isUrgent = false } = {}) {
  if (!navigator.locks) return sendAll(isUrgent);
  return navigator.locks.request(LOCK, { ifAvailable: true }, (lock) => (lock ? sendAll(isUrgent) : "busy"));
}

async function sendAll(isUrgent) {
  await tidy();
  const waiting = (await outbox()).filter((item) => item.state === "waiting" || item.state === "sending");
  if (!waiting.length) return "done";
  try {
    const session = await askSession();
    await keepSession(session);
    let isTroubled = false;
    for (const item of waiting) {
      // Another person's items wait until that person signs in: nothing goes out under a wrong name.
      if (item.user !== session.user) continue;
      if (!isUrgent && item.nextAt > Date.now()) continue;
      isTroubled = !(await sendOne(item, session)) || isTroubled;
    }
    return isTroubled ? "unreachable" : "done";
  } catch (error) {
    if (error instanceof SignedOut) return "signed_out";
    if (error instanceof Unreachable || error instanceof Trouble) return "unreachable";
    throw error;
  }
}

/** Return how long to wait (ms) until something should be sent again, at most `most`. */
export async function untilNext(most) {
  const due = (await outbox()).filter((item) => item.state === "waiting").map((item) => item.nextAt - Date.now());
  return Math.max(500, Math.min(most, ...due));
}

/** Take rows of what was sent a month ago off the list. */
async function tidy() {
  const before = Date.now() - SENT_KEPT_MS;
  for (const item of await outbox()) if (item.state === "sent" && item.sentAt < before) await dropItem(item.id);
}

/** Send one item; returns whether the office has taken or refused it, else it waits. */
async function sendOne(item, session) {
  await changeItem(item.id, () => ({ state: "sending" }));
  try {
    let { missing, instance_id: instanceId } = await sendAnswers(item, session);
    const toSend = item.files.filter((file) => missing.includes(file.name));
    await changeItem(item.id, ({ files }) => ({
      files: files.map((file) => (missing.includes(file.name) ? file : { ...file, sent: file.size, isDone: true })),
    }));
    for (const file of toSend) await sendPhoto({ item, file, instanceId, session });
    if (toSend.length) ({ missing } = await sendAnswers(item, session));
    if (missing.length) throw new Refused(lost(missing));
    await markSent(item.id, Date.now());
    return true;
  } catch (error) {
    if (error instanceof Refused) {
      await changeItem(item.id, () => ({ state: "refused", refusal: error.refusal }));
      return true;
    }
    await changeItem(item.id, ({ tries }) => ({
      state: "waiting",
      tries: tries + 1,
      nextAt: Date.now() + WAITS_MS[Math.min(tries, WAITS_MS.length - 1)],
    }));
    // Without network or sign-in the others would fail alike. Trouble with this item alone holds up no other.
    if (error instanceof SignedOut || error instanceof Unreachable) throw error;
    console.error(error);
    return false;
  }
}

function lost(names) {
  const list = names.join(", ");
  return {
    code: "photo_lost",
    zh: `内容已报送，但照片 ${list} 已无法从本机读取。请重新拍照并更正。`,
    en: `The answers have arrived, but the photo ${list} can no longer be read on this phone. Take it again and correct the report.`,
  };
}

function headersOf(item, session) {
  return { "X-CSRFToken": session.csrf, "X-Field-User": encodeURIComponent(item.user) };
}

/** Post the answers; returns {instance_id: what the office calls them, missing: names of the photos it misses}. */
async function sendAnswers(item, session) {
  const answer = await ask("answers", {
    method: "POST",
    body: item.xml,
    headers: { "Content-Type": "text/xml; charset=utf-8", ...headersOf(item, session) },
  });
  if (answer.status === 409 || answer.status === 413 || answer.status === 422) throw await refusalIn(answer);
  return readJson(answer);
}

async function refusalIn(answer) {
  try {
    return new Refused(refusalOf(await answer.json()));
  } catch (error) {
    return new Trouble(String(error));
  }
}

function refusalOf({ code, sentence }) {
  return { code, ...sentence };
}

/** Send one photo by tus, from where the office has it; raises Refused, SignedOut, Trouble or Unreachable. */
async function sendPhoto({ item, file, instanceId, session }) {
  const blob = await blobOf(item.id, file.name);
  // A photo that is gone from the phone is told at the end, when the office misses it.
  if (!blob) return;
  const note = (change) =>
    changeItem(item.id, ({ files }) => ({
      files: files.map((one) => (one.name === file.name ? { ...one, ...change } : one)),
    }));
  const sha256 = await digestOf(blob);
  await new Promise((resolve, reject) => {
    const upload = new Upload(blob, {
      endpoint: new URL("uploads", new URL(BASE, location.origin)).href,
      uploadUrl: file.uploadUrl || null,
      chunkSize: CHUNK_BYTES,
      httpStack: fetchStack,
      headers: headersOf(item, session),
      metadata: { instanceID: instanceId, filename: file.name, ...(sha256 ? { sha256 } : {}) },
      fingerprint: async () => null,
      storeFingerprintForResuming: false,
      retryDelays: [500, 2_000],
      // An answer of the server's own says what to do; only silence and its bad moments are worth a second try.
      onShouldRetry: (error) => {
        const status = error.originalResponse?.getStatus() ?? 0;
        return status === 0 || status === 409 || status === 423 || status >= 500;
      },
      onUploadUrlAvailable: () => note({ uploadUrl: upload.url }),
      onChunkComplete: (_chunk, sent) => note({ sent }),
      onSuccess: resolve,
      onError: (error) => reject(meaningOf(error)),
    });
    upload.start();
  });
  await note({ sent: file.size, isDone: true });
}

function meaningOf(error) {
  const status = error.originalResponse?.getStatus() ?? 0;
  if (status === 413 || status === 422) {
    try {
      return new Refused(refusalOf(JSON.parse(error.originalResponse.getBody())));
    } catch {
      return new Trouble(String(error));
    }
  }
  if (!status) return new Unreachable(String(error));
  // The endpoint itself is there for everyone who is signed in.
  return status === 404 ? new SignedOut() : new Trouble(String(error));
}

/** Return the SHA-256 of a photo in hex, "" where the browser does not compute it. */
async function digestOf(blob) {
  if (!crypto.subtle) return "";
  const digest = await crypto.subtle.digest("SHA-256", await blob.arrayBuffer());
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
