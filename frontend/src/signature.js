// A question for a photo with the appearance `signature` is signed on the screen: @getodk/web-forms 0.22 only offers a file.

import { say } from "./words.js";

const INK = "#14213d";
const STROKE_PX = 2.6;

/** Return the labels, in every language, of the questions of a form that are to be signed. */
export function signedLabels(xform) {
  const parsed = new DOMParser().parseFromString(xform, "application/xml");
  const texts = [...parsed.getElementsByTagNameNS("*", "text")];
  const labels = new Set();
  for (const upload of parsed.getElementsByTagNameNS("*", "upload")) {
    if (!/(^|\s)signature(\s|$)/.test(upload.getAttribute("appearance") ?? "")) continue;
    const label = upload.getElementsByTagNameNS("*", "label")[0];
    const id = /jr:itext\('(.+)'\)/.exec(label?.getAttribute("ref") ?? "")?.[1];
    const said = id ? texts.filter((text) => text.getAttribute("id") === id) : [label];
    for (const text of said) labels.add(plain(text?.textContent));
  }
  return labels;
}

/** Give each such question under `root` a button that opens a place to sign, also those that appear later. */
export function offerSignatures(root, labels) {
  if (!labels.size) return;
  const offer = () => {
    for (const question of root.querySelectorAll(".question-container")) {
      const label = question.querySelector(".control-text label");
      if (!label || !labels.has(plain(label.textContent))) continue;
      const button = question.querySelector(".sign") ?? addButton(question, label);
      // The page's language may have changed; writing the same again would be seen as a change, for ever.
      if (button && button.textContent !== say("Sign on the screen")) button.textContent = say("Sign on the screen");
    }
  };
  new MutationObserver(offer).observe(root, { subtree: true, childList: true });
  offer();
}

function plain(text) {
  return (text ?? "").replace(/\s+/g, " ").trim();
}

function addButton(question, label) {
  const buttons = question.querySelector(".capture-buttons");
  if (!buttons) return null;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "sign";
  button.addEventListener("click", async () => {
    const drawn = await drawnSignature(plain(label.textContent));
    if (drawn) hand(question.querySelector("input[type=file]"), drawn);
    button.focus();
  });
  buttons.append(button);
  return button;
}

/** Give a file to the widget as if it had been chosen. */
function hand(input, file) {
  const chosen = new DataTransfer();
  chosen.items.add(file);
  input.files = chosen.files;
  input.dispatchEvent(new Event("change", { bubbles: true }));
}

/** Let somebody sign; resolves to a PNG file, or null where they did not. */
function drawnSignature(title) {
  const dialog = document.createElement("dialog");
  dialog.className = "signing";
  dialog.setAttribute("aria-label", title);
  const heading = document.createElement("h2");
  heading.textContent = title;
  const canvas = document.createElement("canvas");
  canvas.setAttribute("role", "img");
  canvas.setAttribute("aria-label", say("Sign here with a finger"));
  const foot = document.createElement("p");
  const [clear, cancel, done] = [say("Wipe"), say("Cancel"), say("Signed")].map((words) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = words;
    foot.append(button);
    return button;
  });
  done.className = "done";
  done.disabled = true;
  dialog.append(heading, canvas, foot);
  document.body.append(dialog);
  dialog.showModal();
  const wipe = drawing(canvas, (isDrawn) => (done.disabled = !isDrawn));
  clear.addEventListener("click", wipe);
  return new Promise((resolve) => {
    const end = (file) => {
      dialog.remove();
      resolve(file);
    };
    cancel.addEventListener("click", () => end(null));
    dialog.addEventListener("cancel", () => end(null));
    done.addEventListener("click", () =>
      canvas.toBlob((blob) => end(new File([blob], `signature-${Date.now()}.png`, { type: "image/png" })), "image/png"),
    );
  });
}

/** Let a pointer draw on a canvas; `told` hears whether there is anything. Returns a function that wipes it. */
function drawing(canvas, told) {
  const sharpness = Math.min(window.devicePixelRatio || 1, 2);
  canvas.width = Math.round(canvas.clientWidth * sharpness);
  canvas.height = Math.round(canvas.clientHeight * sharpness);
  const context = canvas.getContext("2d");
  Object.assign(context, { lineWidth: STROKE_PX * sharpness, lineCap: "round", lineJoin: "round", strokeStyle: INK });
  let last = null;
  const at = (event) => {
    const box = canvas.getBoundingClientRect();
    return [(event.clientX - box.left) * sharpness, (event.clientY - box.top) * sharpness];
  };
  canvas.addEventListener("pointerdown", (event) => {
    canvas.setPointerCapture(event.pointerId);
    last = at(event);
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!last) return;
    const next = at(event);
    context.beginPath();
    context.moveTo(...last);
    context.lineTo(...next);
    context.stroke();
    last = next;
    told(true);
  });
  for (const name of ["pointerup", "pointercancel"]) canvas.addEventListener(name, () => (last = null));
  return () => {
    context.clearRect(0, 0, canvas.width, canvas.height);
    told(false);
  };
}
