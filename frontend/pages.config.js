// Builds what the two field pages load. Entry names are fixed (templates name them); the rest carries a digest.
import { defineConfig } from "vite";

/** The widget carries 54 cuts of a Latin typeface inside its styles, 1 MB of it; phones have typefaces of their own. */
const withoutTypefaces = {
  name: "without-typefaces",
  transform: (code, id) => (id.includes("@getodk/web-forms") ? code.replace(/@font-face\s*\{[^}]*\}/g, "") : null),
};

export default defineConfig({
  root: import.meta.dirname,
  plugins: [withoutTypefaces],
  base: "./",
  logLevel: "warn",
  define: { __VUE_OPTIONS_API__: "true", __VUE_PROD_DEVTOOLS__: "false" },
  build: {
    outDir: "../safemonth/collect/static/field",
    emptyOutDir: true,
    target: "es2022",
    modulePreload: false,
    // What the licences of the libraries inside ask for.
    license: { fileName: "licenses.md" },
    // The form widget is one library of 2 MB; it cannot be split from here.
    chunkSizeWarningLimit: 4000,
    rolldownOptions: {
      // The widget's parser has two calls of `eval` that the policy of the page forbids; it does without.
      checks: { eval: false, pluginTimings: false },
      input: { list: "src/list.js", fill: "src/fill.js" },
      output: {
        entryFileNames: "[name].js",
        chunkFileNames: "part-[name]-[hash].js",
        assetFileNames: (asset) => (asset.names[0] === "fill.css" ? "fill.css" : asset.names[0]?.endsWith(".css") ? "field.css" : "part-[name]-[hash][extname]"),
      },
    },
  },
});
