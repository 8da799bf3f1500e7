/* A list whose forms are taken along: each is kept on the device while there is a line, and each
   row shows what became of it. The list names the form, and by which of the texts that the form
   tells a row is known: <… data-along="permits.inspection" data-by="number"> with rows that have
   data-told="1254/2569". */
"use strict";
(() => {
  const find = (selector, root = document) => root.querySelector(selector);
  const list = find("[data-along]");
  const { along, by } = list.dataset;
  const rows = [...list.querySelectorAll("[data-told]")];
  const sent = new Set(); // told once by the worker, remembered by this page
  let begun, waited = 0;

  function mark(states) {
    for (const known of sent) if (!states.has(known)) states.set(known, "sent");
    for (const row of rows) {
      find("[data-mark]", row)?.remove();
      const state = states.get(row.dataset.told);
      if (!state) continue;
      const shown = ["sent", "problem"].includes(state) ? state : "waiting";
      const tag = find(`template[data-tag=${shown}]`, list).content.cloneNode(true).children[0];
      tag.dataset.mark = shown;
      find(".meta:last-child", row).append(tag);
    }
  }

  /* One after another: a form that is kept already is fetched anew, for it may have changed. */
  async function takeAlong(keep) {
    let kept = 0;
    for (const row of rows) {
      const { href } = find("h3 a", row);
      if (navigator.onLine) await keep(href);
      if (await caches.match(href, { ignoreVary: true })) kept += 1;
    }
    find("[data-ready]").remove();
    const told = find(kept === rows.length ? "[data-kept]" : "[data-short]");
    const words = find("p", told);
    words.textContent = words.textContent.replace("{n}", kept);
    told.hidden = false;
  }

  document.addEventListener("offline:listed", ({ detail: { entries, keep } }) => {
    const mine = entries.filter(({ form }) => form === along);
    for (const { told, state } of mine) if (state === "sent") sent.add(told[by]);
    mark(new Map(mine.map(({ told, state }) => [told[by], state])));
    const waits = mine.filter(({ state }) => state !== "sent").length;
    if (waited && !waits && navigator.onLine) keep(); // the list for the next dead zone
    waited = waits;
    if (begun || !rows.length) return;
    begun = true;
    takeAlong(keep);
  });
})();
