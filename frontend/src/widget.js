// ODK Web Forms on the page: mounted with a form, read for drafts, switched between languages.

import { OdkWebForm, webFormsPlugin } from "@getodk/web-forms";
import { createApp, h, ref } from "vue";
import { PRIME_ARIA_CHINESE, PRIME_CHINESE } from "./widget_words.js";
import { mendWidget } from "./widget_dom.js";
import { offerSignatures, signedLabels } from "./signature.js";
import { language } from "./words.js";

const CHINESE_NAME = /(^|\W)zh(\W|$)|中文|汉语|chinese/i;
const ENGLISH_NAME = /(^|\W)en(\W|$)|英文|英语|english/i;

/** Return whether a form's language (`简体中文 (zh)`) is the reader's. */
function isOurs(name) {
  return (language() === "en" ? ENGLISH_NAME : CHINESE_NAME).test(name);
}

/** Return the XForm with the reader's language as its default, where the form has it. */
export function inOurLanguage(xform) {
  const parsed = new DOMParser().parseFromString(xform, "application/xml");
  const translations = [...parsed.getElementsByTagNameNS("*", "translation")];
  const ours = translations.find((one) => isOurs(one.getAttribute("lang") ?? ""));
  if (!ours) return xform;
  for (const one of translations) one.removeAttribute("default");
  ours.setAttribute("default", "true()");
  return new XMLSerializer().serializeToString(parsed);
}

/**
 * Mount the widget in `place`.
 *
 * `form` is as the store keeps it; `draft` null or {xml, files: Map}; `submitted({xml, files})` is called with a valid
 * form. Returns {payload(): what is filled in now as {xml, files} or null, switchLanguage()}.
 */
export function mountWidget({ place, form, draft, submitted }) {
  const widget = ref(null);
  const app = createApp({
    setup: () => () =>
      h(OdkWebForm, {
        ref: widget,
        formXml: inOurLanguage(form.xform),
        fetchFormAttachment: async (url) => mediaAnswer(form, url),
        editInstance: draft ? editOf(draft) : undefined,
        onSubmit: async (payload, callback) => {
          const isKept = await submitted(read(payload));
          // Without a word the widget stays as it is: nothing typed is lost where it could not be kept.
          if (isKept) callback({});
        },
      }),
  });
  app.use(webFormsPlugin);
  const prime = app.config.globalProperties.$primevue.config;
  const english = { ...prime.locale, aria: { ...prime.locale.aria } };
  const setPrime = () => {
    prime.locale =
      language() === "en"
        ? english
        : { ...english, ...PRIME_CHINESE, aria: { ...english.aria, ...PRIME_ARIA_CHINESE } };
  };
  setPrime();
  app.mount(place);
  // Menus and dialogs are drawn outside the form, at the end of the body.
  const mendAgain = mendWidget(document.body);
  offerSignatures(place, signedLabels(form.xform));
  return {
    async payload() {
      const root = rootOf(widget.value);
      return root ? read(await root.prepareInstancePayload({ payloadType: "monolithic" })) : null;
    },
    switchLanguage() {
      const root = rootOf(widget.value);
      const ours = root?.languages.find((one) => isOurs(one.language));
      if (ours) root.setLanguage(ours);
      setPrime();
      mendAgain();
    },
  };
}

function read(payload) {
  const [data] = payload.data;
  const files = new Map();
  let xml = null;
  for (const [name, file] of data.entries()) {
    if (name === "xml_submission_file") xml = file;
    else files.set(name, file);
  }
  return { xml, files };
}

/** A draft is opened as an edit of what was filled in; `withoutEditMark` takes the mark of an edit off again. */
function editOf({ xml, files }) {
  return {
    resolveInstance: () => xml,
    attachmentFileNames: [...files.keys()],
    resolveAttachment: async (name) => new Response(files.get(name), { headers: { "Content-Type": files.get(name).type } }),
  };
}

/** Return a draft's XML with no `deprecatedID`: it was never sent, so it replaces nothing. */
export function withoutEditMark(xml) {
  const parsed = new DOMParser().parseFromString(xml, "application/xml");
  for (const mark of [...parsed.getElementsByTagNameNS("*", "deprecatedID")]) mark.remove();
  return new XMLSerializer().serializeToString(parsed);
}

/** Return the instanceID in answers, "" where the form has none. */
export function instanceIdIn(xml) {
  const parsed = new DOMParser().parseFromString(xml, "application/xml");
  return parsed.getElementsByTagNameNS("*", "instanceID")[0]?.textContent.trim() ?? "";
}

function mediaAnswer(form, url) {
  const name = decodeURIComponent(String(url).split("/").at(-1));
  const found = form.media[name];
  if (!found) return new Response("", { status: 404 });
  const type = name.endsWith(".csv") ? "text/csv" : name.endsWith(".xml") ? "text/xml" : "application/octet-stream";
  return new Response(found.text, { headers: { "Content-Type": type } });
}

/**
 * Return the engine's root of the form on the page, null while it loads.
 *
 * The widget hands it to its parts only (it has no draft of its own), so it is taken from what they are given.
 */
function rootOf(widget) {
  const seen = [widget?.$?.subTree];
  while (seen.length) {
    const node = seen.pop();
    if (!node) continue;
    const form = node.props?.form;
    if (typeof form?.prepareInstancePayload === "function") return form;
    if (Array.isArray(node.children)) seen.push(...node.children.filter((child) => typeof child === "object"));
    if (node.component) seen.push(node.component.subTree);
  }
  return null;
}
