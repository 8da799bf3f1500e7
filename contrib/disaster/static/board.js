/* The board renews itself when the server says that something has changed. Without this script it is
   renewed by loading the page again. */
"use strict";
(() => {
  const board = () => document.getElementById("board");
  let asking = false;
  async function renew(mark) {
    if (asking || mark === board().dataset.mark) return;
    asking = true;
    try {
      const answer = await fetch(location.href, { headers: { "HX-Request": "true" } });
      if (!answer.ok) return;
      const held = document.createElement("template");
      held.innerHTML = await answer.text();
      board().replaceWith(held.content.getElementById("board"));
    } finally {
      asking = false;
    }
  }
  const stream = new EventSource(board().dataset.stream);
  stream.addEventListener("message", (event) => renew(event.data));
  // Time that passes moves requests up too, though nothing else has changed.
  setInterval(() => renew(""), 60_000);
})();
