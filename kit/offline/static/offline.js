/* A form that may be filled in without a signal: what is sent goes to the worker, which keeps it
   on this device until the server has answered. Without a worker it is an ordinary form. */
"use strict";
(() => {
  const LONGEST = 1600; // px of a photo's longest side
  const find = (selector, root = document) => root.querySelector(selector);
  const each = (selector, act) => document.querySelectorAll(selector).forEach(act);
  const account = find('meta[name="offline"]').content;
  const container = navigator.serviceWorker;
  if (!container) return;
  const section = find("[data-waiting]");
  const list = find(".files", section);
  const mine = new Map(); // forms by key, while who sent them waits for the answer
  const rows = new Map();
  const served = !!container.controller; // by the worker, which has kept this page then
  let ready = served;
  let pause = 2000; // ms until it is tried again by itself
  let dirty, timer;

  async function ask(kind, facts) {
    const { active } = await container.ready;
    return new Promise((done) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = ({ data }) => done(data);
      active.postMessage({ kind, account, ...facts }, [port2]);
    });
  }
  function make(tag, facts, ...inside) {
    const element = Object.assign(document.createElement(tag), facts);
    element.append(...inside);
    return element;
  }
  function say(what) {
    const said = find("[data-said]");
    said.replaceChildren(find(`[data-say=${what}]`).content.cloneNode(true));
    said.scrollIntoView({ block: "center" });
  }

  /* The list. */
  function row(entry, state = entry.state) {
    const li = find(`template[data-state=${state}]`).content.firstElementChild.cloneNode(true);
    const files = entry.files ? ` · ${list.dataset.files.replace("{n}", entry.files)}` : "";
    const link = find("[data-open]", li);
    const to = {
      problem: `${entry.page}#offline=${entry.key}`,
      signin: `/sign-in?next=${encodeURIComponent(entry.page)}`,
      sent: entry.location,
    }[state];
    find(".name", li).textContent = entry.label + files;
    find(".words", li).append(` ${{ sent: entry.words, problem: entry.message }[state] || ""}`);
    if (link && to) link.href = to;
    else link?.remove();
    li.dataset.key = entry.key;
    rows.get(entry.key)?.li.replaceWith(li);
    rows.set(entry.key, { li, entry });
    return li;
  }
  async function refresh() {
    const { answer } = await ask("list");
    if (!answer) return;
    const { entries, pages } = answer;
    for (const entry of entries) {
      const before = rows.get(entry.key);
      if (before?.entry.state !== entry.state || before.entry.at !== entry.at) {
        const li = row(entry);
        if (!before) list.append(li);
      }
      settle(entry);
    }
    const keys = entries.map(({ key }) => key);
    for (const [key, { li, entry }] of rows)
      if (!keys.includes(key) && entry.state !== "sent") {
        li.remove();
        rows.delete(key);
        settle({ key, state: "sent" }); // another window has told of it
      }
    const sent = entries.filter(({ state }) => state === "sent").map(({ key }) => key);
    if (sent.length && !document.hidden) ask("drop", { keys: sent }); // told once
    show(entries, pages);
  }
  function show(entries, pages) {
    const left = entries.filter(({ state }) => ["waiting", "later"].includes(state));
    const cut = left.some(({ state, tries }) => state === "waiting" && tries);
    each(".line-off", (line) => (line.hidden = navigator.onLine && !cut));
    section.hidden = !rows.size;
    each("[data-nothing]", (nothing) => (nothing.hidden = rows.size));
    each("[data-send]", (button) => (button.hidden = !left.length));
    each("[data-pages]", (box) => {
      const links = pages.map(({ url, title }) => make("li", {}, make("a", { href: url }, title)));
      find("ul", box).replaceChildren(...links);
      box.hidden = !links.length;
    });
    clearTimeout(timer);
    if (left.length) timer = setTimeout(retry, pause);
  }
  function retry() {
    pause = Math.min(pause * 2, 300000);
    ask("send");
  }
  function now() {
    pause = 2000;
    return ask("send");
  }

  /* What became of a form that was sent from this page. */
  function settle(entry) {
    const { state } = entry;
    const form = mine.get(entry.key);
    if (!form || state === "sending" || (state === "waiting" && !entry.tries)) return;
    mine.delete(entry.key);
    busy(form, false);
    if (state === "problem") return complain(form, entry);
    if (state === "sent" && entry.location) return location.assign(entry.location);
    form.reset();
    renew(form);
    if (state !== "sent") say("kept");
  }
  function renew(form) {
    form.elements.idempotency_key.value = crypto.randomUUID();
    dirty = false;
  }
  function busy(form, on) {
    form.ariaBusy = String(on);
    form.classList.toggle("htmx-request", on);
  }
  function complain(form, { message, problems, html }) {
    const page = html && new DOMParser().parseFromString(html, "text/html");
    let box = page && page.getElementById("problem");
    if (!box) {
      const facts = { id: "problem", className: "problem stack", tabIndex: -1, role: "alert" };
      const items = Object.entries(problems || {}).map(([name, sentence]) =>
        make("li", {}, make("a", { href: `#${name}` }, sentence)),
      );
      box = make("div", facts, make("h2", {}, message || ""), make("ul", {}, ...items));
    }
    const old = document.getElementById("problem");
    if (old) old.replaceWith(box);
    else form.before(box);
    document.dispatchEvent(new Event("htmx:after:swap")); // the face marks the fields
  }

  /* Sending: kept first, then sent by the worker. */
  async function shrink(file) {
    if (!file.type.startsWith("image/")) return file;
    const picture = await createImageBitmap(file).catch(() => null); // no picture we can read
    const by = picture && LONGEST / Math.max(picture.width, picture.height);
    if (!by || by >= 1) return file;
    const [width, height] = [picture.width * by, picture.height * by].map(Math.round);
    const canvas = make("canvas", { width, height });
    const brush = canvas.getContext("2d");
    brush.fillStyle = "#fff";
    brush.fillRect(0, 0, width, height);
    brush.drawImage(picture, 0, 0, width, height);
    const small = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.85));
    if (!small || small.size >= file.size) return file;
    return new File([small], file.name.replace(/\.\w+$/, "") + ".jpg", small);
  }
  async function pack(value) {
    if (!(value instanceof File)) return value;
    const file = await shrink(value);
    return { name: file.name, type: file.type, bytes: await file.arrayBuffer() };
  }
  async function take(form, submitter) {
    const data = [...new FormData(form)];
    const { offline, title, namedBy } = form.dataset;
    const key = form.elements.idempotency_key.value;
    const called = form.elements[namedBy]?.value;
    if (submitter?.name) data.push([submitter.name, submitter.value]);
    const chosen = data.filter(
      ([name, value]) =>
        !["_csrf_token", "idempotency_key"].includes(name) && (value.name !== "" || value.size),
    );
    const entry = {
      key,
      form: offline,
      page: location.pathname + location.search,
      action: new URL(form.getAttribute("action") || "", location).href,
      multipart: form.enctype === "multipart/form-data",
      label: [title, called].filter(Boolean).join(" "),
      files: chosen.filter(([, value]) => value instanceof File).length,
    };
    busy(form, true);
    mine.set(key, form);
    const body = [];
    for (const [name, value] of chosen) body.push([name, await pack(value)]);
    const { error } = await ask("keep", { entry, body });
    if (!error) return navigator.storage?.persist?.();
    mine.delete(key);
    busy(form, false);
    say("full");
  }
  document.addEventListener(
    "submit",
    (event) => {
      const form = event.target;
      if (!ready || !("offline" in form.dataset)) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      if (form.ariaBusy !== "true") take(form, event.submitter);
    },
    true,
  );

  /* An entry is opened again to be corrected. */
  function fill(form, body) {
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
        control.value = values[0] ?? "";
      }
      control.dispatchEvent(new Event("input", { bubbles: true }));
    }
  }
  async function reopen() {
    const [, key] = location.hash.split("#offline=");
    if (!key) return;
    history.replaceState(null, "", location.pathname + location.search);
    const { answer } = await ask("body", { key });
    const form = answer && find(`form[data-offline="${answer.entry.form}"]`);
    if (!form) return;
    fill(form, answer.body);
    form.elements.idempotency_key.value = key;
    complain(form, answer.entry);
  }

  document.addEventListener("input", ({ target }) => (dirty ||= "offline" in (target.form?.dataset || {})));
  section.addEventListener("click", ({ target }) => {
    const { li, entry } = rows.get(target.closest("li")?.dataset.key) || {};
    const on = (selector) => target.closest(selector);
    if (on("[data-send]")) now();
    if (on("[data-drop]")) find("[data-stay]", row(entry, "drop")).focus();
    if (on("[data-stay]")) row(entry);
    if (on("[data-dropped]")) ask("drop", { keys: [entry.key] });
    if (on("[data-open]") && dirty && entry.state === "problem") on("a").target = "_blank";
  });
  container.addEventListener("message", refresh);
  addEventListener("hashchange", reopen);
  addEventListener("offline", refresh);
  addEventListener("online", () => now().then(refresh));
  addEventListener("pageshow", () => each("form[data-offline]", (form) => busy(form, false)));
  document.addEventListener("visibilitychange", () => document.hidden || now());

  /* Where it cannot be registered, forms stay ordinary ones. */
  container.register("/offline-worker.js").catch(() => {});
  container.ready.then(async () => {
    ready = true;
    each("[data-ready]", (box) => (box.hidden = false));
    each("form[data-offline]", renew);
    if (!served) ask("page", { url: location.href.split("#")[0] });
    await reopen();
    await refresh();
    ask("send");
  });
})();
