// Mends what the form widget draws: Chinese for its English, names for what screen readers find without one.

import { language, say } from "./words.js";
import { WIDGET_CHINESE, WIDGET_PATTERNS } from "./widget_words.js";

const ATTRIBUTES = ["aria-label", "placeholder", "title", "alt"];
// What the office wrote (labels, hints, choices) is never touched, even if it reads like the widget's own words.
const OFFICE_TEXT = ".control-text label, .control-text .hint, .select-options label, .p-select-option-label";

let counter = 0;

/** Watch `root` and mend everything that appears in it; returns a function that mends all again (new language). */
export function mendWidget(root) {
  const mendAll = () => mend(root);
  let isAsked = false;
  const observer = new MutationObserver(() => {
    if (isAsked) return;
    isAsked = true;
    queueMicrotask(() => {
      isAsked = false;
      mendAll();
    });
  });
  observer.observe(root, { subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: ATTRIBUTES });
  mendAll();
  return mendAll;
}

function mend(root) {
  if (language() === "zh") translate(root);
  else translateBack(root);
  nameControls(root);
}

// Translation

// What stood in a text node or an attribute in English, and what was put there: the way back when the language changes.
const texts = new WeakMap();
const attributes = new WeakMap();

function translate(root) {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const words = node.data.trim();
    if (!/[A-Za-z]/.test(words) || node.parentElement.closest(OFFICE_TEXT)) continue;
    const chinese = chineseOf(words.replace(/\s+/g, " "));
    if (!chinese) continue;
    const english = node.data;
    // Vue keeps the node; what it writes there next is mended in its turn.
    node.data = english.replace(words, () => chinese);
    texts.set(node, { english, chinese: node.data });
  }
  for (const element of marked(root)) {
    for (const name of ATTRIBUTES) {
      const english = element.getAttribute(name) ?? "";
      const chinese = chineseOf(english);
      if (!chinese) continue;
      element.setAttribute(name, chinese);
      attributes.set(element, { ...attributes.get(element), [name]: { english, chinese } });
    }
  }
}

function translateBack(root) {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const put = texts.get(node);
    if (put?.chinese === node.data) node.data = put.english;
  }
  for (const element of marked(root)) {
    for (const [name, put] of Object.entries(attributes.get(element) ?? {}))
      if (put.chinese === element.getAttribute(name)) element.setAttribute(name, put.english);
  }
}

function marked(root) {
  return root.querySelectorAll(ATTRIBUTES.map((name) => `[${name}]`).join());
}

/** Return the Chinese of one of the widget's texts, "" where it is none of its own. */
export function chineseOf(words) {
  if (Object.hasOwn(WIDGET_CHINESE, words)) return WIDGET_CHINESE[words];
  for (const [pattern, chinese] of WIDGET_PATTERNS) if (pattern.test(words)) return words.replace(pattern, chinese);
  return "";
}

// Names

function nameControls(root) {
  for (const panel of root.querySelectorAll(".p-panel")) namePanel(panel);
  for (const dialog of root.querySelectorAll(".geo-dialog")) nameDialog(dialog);
  for (const question of root.querySelectorAll(".question-container")) {
    const label = question.querySelector(".control-text label");
    if (!label) continue;
    label.id ||= `question-${++counter}`;
    for (const control of question.querySelectorAll("input:not([type=hidden]), textarea, [role=combobox], [role=radiogroup]")) {
      const isNamed = control.labels?.length || control.hasAttribute("aria-labelledby") || control.hasAttribute("aria-label");
      if (!isNamed) control.setAttribute("aria-labelledby", label.id);
    }
    // Typing into a day's field makes another day of it half-way (2019-06-1 becomes 2019-06-01): the calendar sets it.
    for (const day of question.querySelectorAll(".p-datepicker-input")) day.readOnly = true;
    for (const button of question.querySelectorAll(".capture-buttons button")) {
      button.id ||= `button-${++counter}`;
      button.setAttribute("aria-labelledby", `${button.id} ${label.id}`);
    }
  }
}

/** The dialog that finds the place names itself by a heading that it does not have. */
function nameDialog(dialog) {
  const name = dialog.querySelector("strong")?.textContent ?? "";
  dialog.removeAttribute("aria-labelledby");
  setOnce(dialog, "aria-label", name);
  setOnce(dialog.querySelector("[role=progressbar]"), "aria-label", name);
  setOnce(dialog.querySelector(".close-icon"), "aria-label", say("Close"));
}

/** Writing the same again would be seen as a change, for ever. */
function setOnce(element, attribute, value) {
  if (element && element.getAttribute(attribute) !== value) element.setAttribute(attribute, value);
}

/** A group's heading folds it by mouse only, and its menu is three dots: give both a name and the keyboard. */
function namePanel(panel) {
  const heading = panel.querySelector(":scope > .p-panel-header .panel-title");
  const menu = panel.querySelector(":scope > .p-panel-header .button-menu");
  if (heading) {
    heading.setAttribute("aria-expanded", String(!panel.classList.contains("panel-content-hidden")));
    if (!heading.hasAttribute("tabindex")) {
      heading.tabIndex = 0;
      heading.addEventListener("keydown", (event) => {
        if (event.key !== "Enter" && event.key !== " ") return;
        event.preventDefault();
        heading.click();
      });
    }
  }
  const name = say("More for {title}", { title: heading?.innerText.replace(/\s+/g, " ").trim() ?? "" });
  setOnce(menu, "aria-label", name);
}
