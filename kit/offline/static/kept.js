/* The list of what waits on this device, and forms that are filled from it again. */
const find = (selector, root) => root.querySelector(selector);
const each = (selector, act) => document.querySelectorAll(selector).forEach(act);
const LONGEST_PAUSE = 300000; // ms between one attempt and the next

/* Return a function that shows what the worker lists in ``section``.
   ``ask`` has the worker do something for this account. */
export function keep(section, ask) {
  const list = find(".files", section);
  const rows = new Map();
  let pause = 2000;
  let dirty, timer;

  function row(entry, state = entry.state) {
    const li = find(`template[data-state=${state}]`, section).content.cloneNode(true).children[0];
    const files = entry.files ? ` · ${list.dataset.files.replace("{n}", entry.files)}` : "";
    const link = find("[data-open]", li);
    const to = {
      problem: `${entry.page}#offline=${entry.key}`,
      signin: `/sign-in?next=${encodeURIComponent(entry.page)}`,
      sent: entry.location,
    }[state];
    const name = find(".name", li);
    name.textContent = entry.label + files;
    name.id = `kept-${entry.key}`;
    li.querySelectorAll("a, button").forEach((one) => one.setAttribute("aria-describedby", name.id));
    find(".words", li).append(` ${{ sent: entry.words, problem: entry.message }[state] || ""}`);
    if (link && to) link.href = to;
    else link?.remove();
    li.dataset.key = entry.key;
    rows.get(entry.key)?.li.replaceWith(li);
    rows.set(entry.key, { li, entry });
    return li;
  }
  function show({ entries, pages }) {
    for (const entry of entries) {
      const before = rows.get(entry.key);
      const same = before?.entry.state === entry.state && before.entry.at === entry.at;
      const li = same ? before.li : row(entry);
      if (!before) list.append(li);
    }
    const keys = entries.map(({ key }) => key);
    for (const [key, { li, entry }] of rows)
      if (!keys.includes(key) && entry.state !== "sent") {
        li.remove();
        rows.delete(key);
      }
    const sent = entries.filter(({ state }) => state === "sent").map(({ key }) => key);
    if (sent.length && !document.hidden) ask("drop", { keys: sent }); // told once
    const states = entries.map(({ state }) => state);
    const cut = states.includes("waiting");
    const off = cut || states.includes("later");
    each(".line-off", (line) => (line.hidden = navigator.onLine && !cut));
    section.hidden = !rows.size;
    each("[data-nothing]", (nothing) => (nothing.hidden = rows.size));
    each("[data-send]", (button) => (button.hidden = !off));
    each("[data-pages]", (box) => lead(box, pages));
    clearTimeout(timer);
    if (off || states.includes("sending")) timer = setTimeout(retry, pause);
  }
  function lead(box, pages) {
    const items = pages.map(({ url, title }) => {
      const li = document.createElement("li");
      const link = document.createElement("a");
      [link.href, link.textContent] = [url, title];
      li.append(link);
      return li;
    });
    find("ul", box).replaceChildren(...items);
    box.hidden = !items.length;
  }
  function retry() {
    pause = Math.min(pause * 2, LONGEST_PAUSE);
    ask("send");
  }
  function now() {
    pause = 2000;
    ask("send");
  }

  section.addEventListener("click", ({ target }) => {
    const { entry } = rows.get(target.closest("li")?.dataset.key) || {};
    const on = (selector) => target.closest(selector);
    if (on("[data-send]")) now();
    if (on("[data-drop]")) find("[data-stay]", row(entry, "drop")).focus();
    if (on("[data-stay]")) find("[data-drop]", row(entry)).focus();
    if (on("[data-dropped]")) ask("drop", { keys: [entry.key] });
    // What is being typed is not replaced.
    if (on("[data-open]") && dirty && entry.state === "problem") on("a").target = "_blank";
  });
  document.addEventListener("input", ({ target }) => (dirty ||= target.form?.dataset.offline));
  document.addEventListener("reset", () => (dirty = false));
  document.addEventListener("visibilitychange", () => document.hidden || now());
  addEventListener("online", () => (pause = 2000));
  return show;
}

/* Fill a form with what was kept of it. */
export function fill(form, body) {
  const turn = {}; // of controls with the same name
  for (const control of form.elements) {
    const values = body.filter(([name]) => name === control.name).map(([, value]) => value);
    if (/hidden|submit|button|reset|fieldset|output/.test(control.type)) continue;
    if (control.type === "file") {
      const held = new DataTransfer();
      for (const { bytes, name, type } of values) held.items.add(new File([bytes], name, { type }));
      control.files = held.files;
    } else if (/radio|checkbox/.test(control.type)) {
      control.checked = values.includes(control.value);
    } else if (control.options) {
      for (const option of control.options) option.selected = values.includes(option.value);
    } else {
      const next = (turn[control.name] = (turn[control.name] ?? -1) + 1);
      control.value = values[next] ?? "";
    }
    control.dispatchEvent(new Event("input", { bubbles: true }));
  }
}
