/* A form that may be filled in without a signal: what is sent goes to the worker, which keeps it
   on this device until the server has answered. Without a worker it is an ordinary form. */
"use strict";
(() => {
  const LONGEST = 1600; // px of a photo's longest side
  const find = (selector) => document.querySelector(selector);
  const each = (selector, act) => document.querySelectorAll(selector).forEach(act);
  const account = find('meta[name="offline"]').content;
  const section = find("[data-waiting]");
  const container = navigator.serviceWorker;
  if (!container) return;
  const served = !!container.controller; // by the worker, which has kept this page then
  const mine = new Map(); // forms by key, while who sent them waits for the answer
  let ready = served;
  let list;

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
  function renew(form) {
    form.elements.idempotency_key.value = crypto.randomUUID();
  }
  function busy(form, on) {
    form.ariaBusy = String(on);
    form.classList.toggle("htmx-request", on);
  }

  /* The list is fetched when there is something to list. */
  async function refresh() {
    const { answer } = await ask("list");
    if (!answer) return;
    const { entries } = answer;
    // A script of the page may show them at their places: {entries, keep}. It may have this page
    // kept anew, or another one that nobody has opened yet.
    const here = location.href.split("#")[0];
    const detail = { entries, keep: (url = here) => ask("page", { url }) };
    document.dispatchEvent(new CustomEvent("offline:listed", { detail }));
    entries.forEach(settle);
    for (const key of mine.keys())
      if (!entries.some((entry) => entry.key === key)) settle({ key, state: "sent" }); // told elsewhere
    if (list || entries.length || !navigator.onLine || find("[data-pages]")) {
      const kept = await import(section.dataset.src).catch(() => null); // no line to fetch it
      list ??= kept?.keep(section, ask);
      list?.(answer);
    }
  }

  /* What became of a form that was sent from this page. */
  function settle(entry) {
    const { key, state } = entry;
    const form = mine.get(key);
    if (!form || state === "sending") return;
    mine.delete(key);
    busy(form, false);
    if (state === "problem") return complain(form, entry);
    if (state === "sent" && entry.location)
      return ask("drop", { keys: [key] }).then(() => location.assign(entry.location));
    form.reset();
    renew(form);
    if (state !== "sent") say("kept");
  }
  /* The summary of problems: of the page that the server answered with, or of its sentences. */
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
    const old = find("#problem");
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
    const { offline, title, namedBy, tells = "" } = form.dataset;
    const texts = tells.split(" ").map((name) => [name, form.elements[name]?.value]);
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
      told: Object.fromEntries(texts),
      files: chosen.filter(([, value]) => value instanceof File).length,
    };
    busy(form, true);
    const body = [];
    for (const [name, value] of chosen) body.push([name, await pack(value)]);
    const { error } = await ask("keep", { entry, body });
    if (!error) {
      mine.set(key, form);
      navigator.storage?.persist?.();
      return refresh();
    }
    busy(form, false);
    say("full");
  }
  /* What the server would refuse is said where the form is filled in, not hours later: a script of
     the page adds to ``problems`` a sentence by control. */
  function check(form) {
    const problems = {};
    form.dispatchEvent(new CustomEvent("offline:check", { detail: problems }));
    const { length } = Object.keys(problems);
    const message = section.dataset.problems.replace("{n}", length);
    if (length) complain(form, { message, problems });
    return !length;
  }
  document.addEventListener(
    "submit",
    (event) => {
      const form = event.target;
      if (!ready || !("offline" in form.dataset)) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      if (form.ariaBusy !== "true" && check(form)) take(form, event.submitter);
    },
    true,
  );

  /* An entry opens again to be corrected. */
  async function reopen() {
    const [, key] = location.hash.split("#offline=");
    if (!key) return;
    history.replaceState(null, "", location.pathname + location.search);
    const { answer } = await ask("body", { key });
    const form = answer && find(`form[data-offline="${answer.entry.form}"]`);
    if (!form) return;
    (await import(section.dataset.src)).fill(form, answer.body);
    form.elements.idempotency_key.value = key;
    complain(form, answer.entry);
  }

  function announce() {
    each("[data-ready]", (box) => (box.hidden = !ready));
  }
  document.addEventListener("htmx:after:swap", announce);
  container.addEventListener("message", refresh);
  addEventListener("hashchange", reopen);
  addEventListener("offline", refresh);
  addEventListener("online", () => ask("send").then(refresh));
  addEventListener("pageshow", () => each("form[data-offline]", (form) => busy(form, false)));

  /* Where it cannot be registered, forms stay ordinary ones. */
  container.register("/offline-worker.js").catch(() => {});
  container.ready.then(async () => {
    ready = true;
    announce();
    each("form[data-offline]", renew);
    if (!served) ask("page", { url: location.href.split("#")[0] });
    await reopen();
    await refresh();
    ask("send");
  });
})();
