// Bringing the office's forms up to date, in the background.

import { ask, askSession, readJson, Trouble } from "./office.js";
import { formsOf, keepForms, keepSession } from "./store.js";

/** Fetch the forms and lists that changed; returns the session. Raises as `askSession` does, and then keeps the old. */
export async function bringUpToDate() {
  const session = await askSession();
  await keepSession(session);
  const { forms } = await readJson(await ask("forms"));
  const kept = new Map((await formsOf(session.user)).map((form) => [form.id, form]));
  const fresh = [];
  for (const offered of forms) fresh.push(await withTexts(offered, session.user, kept));
  await keepForms(session.user, fresh, Date.now());
  return session;
}

async function withTexts(offered, user, kept) {
  const id = `${user}/${offered.code}/${offered.version}`;
  const old = kept.get(id);
  const media = {};
  for (const { name, url, sha256 } of offered.media) {
    const before = old?.media[name];
    media[name] = before?.sha256 === sha256 ? before : { sha256, text: await text(url) };
  }
  const xform = old?.sha256 === offered.sha256 ? old.xform : await text(offered.url);
  const { code, version, title, title_en: titleEn, purpose, sha256 } = offered;
  return { id, user, code, version, title, titleEn, purpose, sha256, xform, media, isOffered: true };
}

async function text(url) {
  const answer = await ask(url);
  if (!answer.ok) throw new Trouble(`status ${answer.status}`);
  return answer.text();
}
