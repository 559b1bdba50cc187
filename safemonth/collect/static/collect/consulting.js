// The board asks for its own rows every few seconds while somebody looks at it, and says when the line is lost.
const board = document.getElementById("board");
const note = document.getElementById("board-note");

async function refresh() {
  if (document.hidden || board.contains(document.activeElement)) return;
  try {
    const answer = await fetch(board.dataset.rows, { headers: { Accept: "text/html" } });
    if (!answer.ok) throw new Error(String(answer.status));
    const open = [...board.querySelectorAll("details")].map((part) => part.open);
    const rows = new DOMParser().parseFromString(await answer.text(), "text/html");
    board.replaceChildren(...rows.body.childNodes);
    board.querySelectorAll("details").forEach((part, at) => { part.open = open[at] ?? false; });
    note.textContent = "";
  } catch {
    note.textContent = note.dataset.lost;
  }
}

setInterval(refresh, Number(board.dataset.seconds) * 1000);
document.addEventListener("visibilitychange", refresh);
