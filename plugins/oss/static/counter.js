/* What counter mode does better with a script: Enter goes on, a known person is filled in, the
   errand has a clock, and nothing typed is left by a slip of the finger. */
"use strict";
(() => {
  const errand = document.getElementById("errand");
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const visible = (control) => control.offsetParent && control.type !== "hidden";

  /* Enter goes to the next control; in a text of several lines and on a button it stays itself. */
  errand.addEventListener("keydown", (event) => {
    const { key, target } = event;
    if (key !== "Enter" || event.isComposing || !target.matches("input, select")) return;
    event.preventDefault();
    const stops = all("input, select, textarea, button", errand).filter(visible);
    stops[stops.indexOf(target) + 1]?.focus();
  });

  /* A known person: only what is still empty is filled in. */
  function fill(name, value) {
    const control = errand.elements.namedItem(name);
    if (control && !control.value) control.value = value;
  }
  function know() {
    const { home, service } = document.getElementById("fields").dataset;
    for (const { dataset, value } of all("#known data"))
      fill(dataset.fill || `${home}.${dataset.home}`, value);
    if (service) errand.elements.namedItem("counter-service").value = service;
  }
  document.addEventListener("htmx:after:swap", know);
  know();

  /* How long the errand has taken. */
  for (const told of all("[data-clock]")) {
    const began = told.dataset.clock ? Date.parse(told.dataset.clock) : Date.now();
    const figure = told.querySelector("b");
    const words = figure.textContent;
    told.hidden = false;
    const show = () => {
      const seconds = Math.max(0, Math.round((Date.now() - began) / 1000));
      const clock = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
      figure.textContent = words.replace(/\d+:\d\d/, clock);
    };
    show();
    setInterval(show, 1000);
  }

  /* The next is called over something typed only when asked twice. */
  let typed = false;
  errand.addEventListener("input", () => (typed = true));
  document.addEventListener("submit", (event) => {
    if (event.target === errand) typed = false;
    const said = document.getElementById("unsent");
    if (!event.target.matches('[action="/desk/counter/next"]') || !typed || said.textContent) return;
    event.preventDefault();
    said.className = "notice is-warn";
    said.textContent = said.dataset.unsent;
  });
})();
