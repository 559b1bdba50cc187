// Photos: fade between two that were laid over one another, and draw the places that a public copy covers.
// Without this script the pages say and do the same: the pictures stand beside each other, the places are typed.

const STEP = 0.5;
const LEAST = 1;

function fadeBetween(range) {
  const over = range.closest("figure").querySelector(".over");
  const show = () => { over.style.opacity = String(range.valueAsNumber / 100); };
  range.addEventListener("input", show);
  show();
}

class Cover {
  constructor(form) {
    this.name = form.dataset.name;
    this.stage = form.querySelector("[data-stage]");
    this.rows = form.querySelector("[data-rows]");
    this.blank = form.querySelector("[data-blank]");
    this.boxes = new Map();
    this.made = 0;
    for (const shown of form.querySelectorAll(".needs-script")) shown.hidden = false;
    for (const row of this.rows.querySelectorAll("[data-row]")) this.adopt(row);
    form.querySelector("[data-add]").addEventListener("click", () => {
      this.add({ left: 40, top: 40, width: 20, height: 20 }).row.querySelector("input").focus();
    });
    this.stage.addEventListener("pointerdown", (event) => this.draw(event));
  }

  add(place) {
    const row = this.blank.content.firstElementChild.cloneNode(true);
    this.made += 1;
    for (const input of row.querySelectorAll("input")) {
      const id = `${input.name}-new-${this.made}`;
      input.previousElementSibling.htmlFor = id;
      input.id = id;
    }
    this.rows.append(row);
    const box = this.adopt(row);
    this.write(row, place);
    return { row, box };
  }

  adopt(row) {
    let remove = row.querySelector("[data-remove]");
    if (!remove) {
      remove = this.blank.content.querySelector("[data-remove]").cloneNode(true);
      row.append(remove);
    }
    const box = document.createElement("button");
    box.type = "button";
    box.className = "cover-box";
    this.stage.append(box);
    this.boxes.set(row, box);
    remove.addEventListener("click", () => this.remove(row));
    row.addEventListener("input", () => this.place(row));
    box.addEventListener("keydown", (event) => this.key(event, row));
    box.addEventListener("pointerdown", (event) => this.move(event, row));
    this.number();
    this.place(row);
    return box;
  }

  remove(row) {
    this.boxes.get(row).remove();
    this.boxes.delete(row);
    row.remove();
    this.number();
  }

  number() {
    let count = 0;
    for (const [row, box] of this.boxes) {
      count += 1;
      row.querySelector("legend").textContent = `${this.name} ${count}`;
      box.textContent = String(count);
      box.setAttribute("aria-label", `${this.name} ${count}`);
    }
  }

  read(row) {
    const place = {};
    for (const input of row.querySelectorAll("input")) place[input.name] = input.valueAsNumber || 0;
    return place;
  }

  write(row, { left, top, width, height }) {
    const wide = Math.min(Math.max(width, LEAST), 100);
    const high = Math.min(Math.max(height, LEAST), 100);
    const place = {
      left: Math.min(Math.max(left, 0), 100 - wide), top: Math.min(Math.max(top, 0), 100 - high),
      width: wide, height: high,
    };
    for (const input of row.querySelectorAll("input")) input.value = String(Math.round(place[input.name] * 10) / 10);
    this.place(row);
  }

  place(row) {
    const box = this.boxes.get(row);
    for (const [edge, value] of Object.entries(this.read(row))) box.style[edge] = `${value}%`;
  }

  key(event, row) {
    if (event.key === "Delete" || event.key === "Backspace") {
      event.preventDefault();
      this.remove(row);
      return;
    }
    const steps = { ArrowLeft: [-STEP, 0], ArrowRight: [STEP, 0], ArrowUp: [0, -STEP], ArrowDown: [0, STEP] };
    const step = steps[event.key];
    if (!step) return;
    event.preventDefault();
    const place = this.read(row);
    const [across, down] = event.shiftKey ? ["width", "height"] : ["left", "top"];
    this.write(row, { ...place, [across]: place[across] + step[0], [down]: place[down] + step[1] });
  }

  at(event) {
    const edges = this.stage.getBoundingClientRect();
    return {
      x: Math.min(Math.max((event.clientX - edges.left) / edges.width, 0), 1) * 100,
      y: Math.min(Math.max((event.clientY - edges.top) / edges.height, 0), 1) * 100,
    };
  }

  follow(event, moved, done) {
    this.stage.setPointerCapture(event.pointerId);
    const stop = (last) => {
      this.stage.removeEventListener("pointermove", moved);
      this.stage.removeEventListener("pointerup", stop);
      this.stage.removeEventListener("pointercancel", stop);
      if (done) done(last);
    };
    this.stage.addEventListener("pointermove", moved);
    this.stage.addEventListener("pointerup", stop);
    this.stage.addEventListener("pointercancel", stop);
  }

  draw(event) {
    if (event.button !== 0 || event.target.closest(".cover-box")) return;
    event.preventDefault();
    const start = this.at(event);
    let drawn = null;
    this.follow(event, (now) => {
      const end = this.at(now);
      const place = {
        left: Math.min(start.x, end.x), top: Math.min(start.y, end.y),
        width: Math.abs(end.x - start.x), height: Math.abs(end.y - start.y),
      };
      // A click is no place; a line of a few points is the beginning of one.
      if (!drawn && (place.width >= LEAST || place.height >= LEAST)) drawn = this.add(place);
      if (drawn) this.write(drawn.row, place);
    }, () => { if (drawn) drawn.box.focus(); });
  }

  move(event, row) {
    if (event.button !== 0) return;
    const start = this.at(event);
    const place = this.read(row);
    this.follow(event, (now) => {
      const end = this.at(now);
      this.write(row, { ...place, left: place.left + end.x - start.x, top: place.top + end.y - start.y });
    });
  }
}

for (const range of document.querySelectorAll("[data-through]")) fadeBetween(range);
for (const form of document.querySelectorAll("[data-cover]")) new Cover(form);
