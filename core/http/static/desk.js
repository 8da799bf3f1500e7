/* What the pages of officers do better with a script; each of them works without it. */
"use strict";
(() => {
  const on = (event, act) => document.addEventListener(event, act);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];

  /* A key that is printed on a button presses it. */
  on("keydown", (event) => {
    const key = event.key === "Escape" ? "Esc" : event.key;
    const button = all("[data-key]").find((b) => b.dataset.key === key && b.offsetParent);
    if (!button || button.ariaDisabled) return;
    event.preventDefault();
    button.click();
  });

  /* Shift and a tick takes all between; the bar says how many are ticked. */
  let last;
  function count() {
    for (const told of all("[data-counted]")) {
      const ticked = all(".chk:checked", told.closest("form") || document).length;
      told.textContent = told.dataset.counted.replace("{n}", ticked);
    }
  }
  on("click", ({ target, shiftKey }) => {
    const boxes = all(".chk", target.closest("[data-range]") || target);
    const ends = [boxes.indexOf(last), boxes.indexOf(target)].sort((a, b) => a - b);
    if (shiftKey && ends[0] >= 0)
      boxes.slice(ends[0], ends[1] + 1).forEach((box) => (box.checked = target.checked));
    if (target.matches(".chk")) last = target;
    count();
  });
  on("htmx:after:swap", count);
  count();
})();
