// Elements without a framework, for the light page of the list.

/** Make an element: `make("a", { href, class }, "text", child)`; `on` holds listeners; false and null are left out. */
export function make(tag, { on = {}, ...attributes } = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || value === null || value === undefined) continue;
    made.setAttribute(name, value === true ? "" : value);
  }
  for (const [event, listener] of Object.entries(on)) made.addEventListener(event, listener);
  made.append(...children.filter((child) => child !== null && child !== false && child !== ""));
  return made;
}
