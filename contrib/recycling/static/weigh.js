/* The scale at a house: the sum as it is typed, by the prices of the moment, and the moment itself,
   which counts although it may be sent hours later. Without it the form is filled in as it is. */
"use strict";
(() => {
  const form = document.querySelector("[data-weigh]");
  const prices = JSON.parse(form.dataset.weigh);
  const boxes = [...form.querySelectorAll("[data-code]")];
  const total = form.querySelector("[data-total]");
  const digits = (text) =>
    text.replace(/[๐-๙]/g, (sign) => sign.charCodeAt(0) - 0x0e50).replace(/[,\s]/g, "");
  /* Grams or pieces, as read_quantity() of the server; NaN where it is none. */
  function quantity({ dataset: { unit, code } }) {
    const text = digits(form.elements[`q_${code}`].value);
    if (!text) return 0;
    const [, whole, rest = ""] = /^(\d{1,12})(?:\.(\d{0,3}))?$/.exec(text) ?? [];
    if (whole === undefined || (unit !== "kg" && text.includes("."))) return NaN;
    return unit === "kg" ? +whole * 1000 + +rest.padEnd(3, "0") : +whole;
  }
  /* As worth() of the server, which decides. */
  function worth(box, moment) {
    const known = prices[box.dataset.code] ?? [];
    const price = known.findLast(([from]) => from <= moment)?.[1] ?? 0;
    const much = quantity(box);
    return box.dataset.unit === "kg" ? Math.floor((much * price + 500) / 1000) : much * price;
  }
  const sum = (moment) => boxes.reduce((all, box) => all + worth(box, moment), 0);
  function tell() {
    const satang = sum(Date.now());
    total.hidden = !(satang > 0);
    const baht = (satang / 100).toLocaleString("en", { minimumFractionDigits: 2 });
    total.textContent = total.dataset.words.replace("{n}", baht);
  }
  form.addEventListener("input", tell);
  form.addEventListener("reset", () => setTimeout(tell));
  form.addEventListener("offline:check", ({ detail: problems }) => {
    if (!boxes.some((box) => quantity(box) > 0))
      problems[`q_${boxes[0].dataset.code}`] = form.dataset.nothing;
  });
  form.addEventListener("formdata", ({ formData }) => {
    // What comes back to be corrected was weighed when it was typed first.
    if (formData.get("weighed_at")) return;
    const now = new Date();
    formData.set("weighed_at", now.toISOString());
    formData.set("said", sum(now.getTime()) || "");
  });
  tell();
})();
