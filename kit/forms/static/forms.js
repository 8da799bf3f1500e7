/* What forms do better with a script: fields that are asked only after some answers hide
   until then, and a long text tells how much room is left. The server relies on neither. */
const all = (selector, root) => [...root.querySelectorAll(selector)];

function given(form, name) {
  const control = form.elements.namedItem(name);
  const box = (control?.[0] ?? control)?.closest?.("[data-when]");
  if (box?.hidden) return [];
  const answers = new FormData(form).getAll(name);
  return control.type === "checkbox" && !answers.length ? ["no"] : answers;
}

function ask(form) {
  for (const box of all("[data-when]", form)) {
    const [name, values] = box.dataset.when.split("=");
    // An answer of another page is given already, and the field is here because of it.
    if (!form.elements.namedItem(name)) continue;
    box.hidden = !given(form, name).some((answer) => values.split(",").includes(answer));
  }
}

function count(told) {
  const left = told.dataset.longest - [...document.getElementById(told.dataset.of).value].length;
  told.hidden = false;
  told.textContent = (left < 0 ? told.dataset.over : told.dataset.left).replace(
    "{n}",
    Math.abs(left).toLocaleString("en"),
  );
}

function refresh(root) {
  all("form", root).forEach(ask);
  all("[data-longest]", root).forEach(count);
}

document.addEventListener("input", ({ target }) => {
  if (target.form) ask(target.form);
  all("[data-longest]", target.parentElement).forEach(count);
});
document.addEventListener("htmx:after:swap", () => refresh(document));
refresh(document);
