// Talking with the office's server: who is signed in here, and requests that give up.

const REQUEST_MS = 120_000;

/** Where the field pages live, with a slash at the end: the worker's scope, or what the page says. */
export const BASE = self.registration?.scope
  ? new URL(self.registration.scope).pathname
  : document.documentElement.dataset.base;

/** There is no network, or the server does not answer: try later. */
export class Unreachable extends Error {}
/** The server answered, but with an error of its own: what was asked may be the cause, so others may still go. */
export class Trouble extends Error {}
/** Nobody is signed in (or no longer): a person must sign in before anything is sent. */
export class SignedOut extends Error {}

/** Fetch from the server with a limit of time; raises Unreachable where no answer comes. */
export async function ask(path, options = {}) {
  try {
    return await fetch(new URL(path, new URL(BASE, location.origin)), {
      credentials: "same-origin",
      cache: "no-store",
      redirect: "manual",
      signal: AbortSignal.timeout(REQUEST_MS),
      ...options,
    });
  } catch (error) {
    throw new Unreachable(String(error));
  }
}

/** Return {user, name, csrf} of who is signed in; raises SignedOut, Trouble or Unreachable. */
export async function askSession() {
  return readJson(await ask("session"));
}

/** Return an answer's JSON; the gate's 404 means signed out, no JSON that something else than the server answers. */
export async function readJson(answer) {
  if (answer.status === 404 || answer.type === "opaqueredirect") throw new SignedOut();
  if (!answer.ok) throw new Trouble(`status ${answer.status}`);
  try {
    return await answer.json();
  } catch (error) {
    // A hotel's or a carrier's own page instead of ours.
    throw new Unreachable(String(error));
  }
}
