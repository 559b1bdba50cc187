// Builds the service worker as one plain script, after the pages: it is told what they are made of.
import { createHash } from "node:crypto";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { defineConfig } from "vite";

const built = join(import.meta.dirname, "../safemonth/collect/static/field");

/**
 * Every file of the pages with the digest of its content, so that a phone fetches only what changed.
 *
 * The widget's map stays out: it asks an outside server for its tiles, which the policy of the page forbids.
 */
const assets = readdirSync(built)
  .filter((name) => /\.(js|css|png)$/.test(name) && name !== "worker.js" && !name.startsWith("part-MapBlock"))
  .sort()
  .map((name) => ({ url: name, revision: createHash("sha256").update(readFileSync(join(built, name))).digest("hex").slice(0, 16) }));

export default defineConfig({
  root: import.meta.dirname,
  publicDir: false,
  logLevel: "warn",
  define: { __ASSETS__: JSON.stringify(assets), "process.env.NODE_ENV": '"production"' },
  build: {
    outDir: built,
    emptyOutDir: false,
    license: { fileName: "licenses-worker.md" },
    target: "es2022",
    rolldownOptions: {
      input: "src/worker.js",
      output: { format: "iife", entryFileNames: "worker.js" },
    },
  },
});
