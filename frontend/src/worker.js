// The service worker of the field pages: they open without a network, and what waits is sent when the network returns
// even if no page is open (where the browser has Background Sync).
//
// The server puts two lines before this script: where the static files are, and the digest of the two shells.

import { addPlugins, cleanupOutdatedCaches, createHandlerBoundToURL, precacheAndRoute } from "workbox-precaching";
import { NavigationRoute, registerRoute } from "workbox-routing";
import { sendWaiting } from "./sending.js";
import { outbox } from "./store.js";

const BASE = new URL(self.registration.scope).pathname;
const LIST = BASE;
const FILL = `${BASE}fill/-`;

// The server says that its pages differ by cookie and language. These shells do not, and a kept answer with `Vary` would
// be found by no other request than the one that fetched it.
addPlugins([
  {
    async cacheWillUpdate({ response }) {
      if (!response.ok || response.redirected) return null;
      const headers = new Headers(response.headers);
      headers.delete("Vary");
      return new Response(response.body, { status: response.status, statusText: response.statusText, headers });
    },
  },
]);
precacheAndRoute([
  ...__ASSETS__.map(({ url, revision }) => ({ url: `${self.FIELD_STATIC}field/${url}`, revision })),
  ...self.FIELD_SHARED.map(({ url, revision }) => ({ url, revision })),
  { url: LIST, revision: self.FIELD_SHELLS },
  { url: FILL, revision: self.FIELD_SHELLS },
]);
cleanupOutdatedCaches();

registerRoute(new NavigationRoute(createHandlerBoundToURL(FILL), { allowlist: [new RegExp(`^${BASE}fill/`)] }));
registerRoute(new NavigationRoute(createHandlerBoundToURL(LIST), { allowlist: [new RegExp(`^${BASE}(\\?|$)`)] }));

self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("message", (event) => {
  if (event.data === "take over") self.skipWaiting();
});
self.addEventListener("sync", (event) => {
  if (event.tag === "outbox") event.waitUntil(sendInBackground());
});

/** Send; reject while something still waits, so that the browser tries again later. */
async function sendInBackground() {
  const outcome = await sendWaiting({ isUrgent: true });
  const isWaiting = (await outbox()).some((item) => item.state === "waiting");
  if (outcome === "unreachable" && isWaiting) throw new Error("the office was not reached");
}
