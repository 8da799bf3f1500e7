/* The list of sites to inspect: every form is kept on the device while there is a line, and each
   site shows what became of its record. */
"use strict";
(() => {
  const find = (selector, root = document) => root.querySelector(selector);
  const rows = [...document.querySelectorAll("[data-case]")];
  const sent = new Set(); // told once by the worker, remembered by this page
  let begun, waited = 0;

  function mark(states) {
    for (const number of sent) if (!states.has(number)) states.set(number, "sent");
    for (const row of rows) {
      find("[data-mark]", row)?.remove();
      const state = states.get(row.dataset.case);
      if (!state) continue;
      const shown = ["sent", "problem"].includes(state) ? state : "waiting";
      const tag = find(`template[data-tag=${shown}]`).content.cloneNode(true).children[0];
      tag.dataset.mark = shown;
      find(".meta:last-child", row).append(tag);
    }
  }

  /* One after another: a form that is kept already is fetched anew, for its case may have moved. */
  async function takeAlong(keep) {
    let kept = 0;
    for (const row of rows) {
      const { href } = find("h3 a", row);
      if (navigator.onLine) await keep(href);
      if (await caches.match(href, { ignoreVary: true })) kept += 1;
    }
    find("[data-ready]").remove();
    const told = find(kept === rows.length ? "[data-along]" : "[data-short]");
    const words = find("p", told);
    words.textContent = words.textContent.replace("{n}", kept);
    told.hidden = false;
  }

  document.addEventListener("offline:listed", ({ detail: { entries, keep } }) => {
    const mine = entries.filter(({ form }) => form === "permits.inspection");
    for (const { told, state } of mine) if (state === "sent") sent.add(told.number);
    mark(new Map(mine.map(({ told, state }) => [told.number, state])));
    const waits = mine.filter(({ state }) => state !== "sent").length;
    if (waited && !waits && navigator.onLine) keep(); // the list for the next dead zone
    waited = waits;
    if (begun || !rows.length) return;
    begun = true;
    takeAlong(keep);
  });
})();
