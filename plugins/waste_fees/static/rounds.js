/* The round on a phone: a house opens its form on this page, so that it works without a signal.
   What it knows is in the list; what waits to be sent is told by the worker's list. Without this
   script every house is a link to a page of its own. */
"use strict";
(() => {
  const find = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const [list, house] = [find("[data-list]"), find("[data-house]")];
  const form = find("form", house);
  const rows = all("[data-point]");
  const made = Date.parse(find("[data-round]").dataset.round);
  const { elements } = form;
  const digits = (text) => text.replace(/[๐-๙]/g, (one) => one.charCodeAt(0) - 0xe50);
  const plain = (text) => digits(text).toLowerCase().replace(/\s+/g, " ").trim();

  /* Amounts: satang, whole; NaN for what is none. */
  function satang(text) {
    const found = /^(\d+)(?:\.(\d{0,2}))?$/.exec(digits(text).replace(/[,\s]/g, ""));
    return found ? found[1] * 100 + +(found[2] || "").padEnd(2, "0") : NaN;
  }
  const shape = { minimumFractionDigits: 2, maximumFractionDigits: 2 };
  const baht = (amount) => (amount / 100).toLocaleString("en-US", shape);

  /* What was taken since the list was made: it is remembered in this tab only, by number. A list
     that was made after the sending knows by itself. */
  const MEMORY = "waste_fees.round";
  const sent = JSON.parse(sessionStorage.getItem(MEMORY) || "{}");
  const states = new Map(); // by number: {state, amount}; the state is waiting or problem

  function state(number) {
    return states.get(number) || (sent[number]?.at > made && { state: "sent", ...sent[number] });
  }
  function mark() {
    for (const row of rows) {
      const known = state(row.dataset.point);
      find("[data-mark]", row)?.remove();
      const owes = find(".meta:last-child .tag", row);
      owes.hidden = known && known.state !== "problem" && known.amount >= +row.dataset.owed;
      if (!known) continue;
      const tag = find(`template[data-tag=${known.state}]`).content.cloneNode(true).children[0];
      tag.dataset.mark = known.state;
      find(".meta:last-child", row).append(tag);
    }
  }
  function sum(entries) {
    const open = entries.filter(({ state }) => state !== "sent");
    const box = find("[data-sum]");
    const words = find("[data-waits]", box);
    const whole = open.reduce((amount, { told }) => amount + (satang(told.amount) || 0), 0);
    if (open.length || !box.hidden)
      words.textContent = open.length
        ? words.dataset.waits.replace("{n}", open.length).replace("{sum}", baht(whole))
        : words.dataset.none;
    if (open.length) {
      box.hidden = false;
      find("[data-ready]", list)?.remove(); // said already, and the search is to be near
    }
    find("a", box).hidden = !open.length;
    return open.length;
  }
  let waited = 0;
  document.addEventListener("offline:listed", ({ detail: { entries, keep } }) => {
    const mine = entries.filter((entry) => entry.form === form.dataset.offline);
    states.clear();
    for (const { state, told } of mine) {
      const amount = satang(told.amount) || 0;
      if (state === "sent") sent[told.point] = { at: Date.now(), amount };
      else states.set(told.point, { state: state === "problem" ? state : "waiting", amount });
    }
    sessionStorage.setItem(MEMORY, JSON.stringify(sent));
    mark();
    const waits = sum(mine);
    // The list that is kept for the next dead zone shall know what was paid.
    if (waited && !waits) {
      find("[data-said]").replaceChildren();
      if (navigator.onLine) keep();
    }
    waited = waits;
  });

  /* One house. */
  function show(row) {
    const { point, bill = "", owed, bills } = row.dataset;
    const link = find("h3 a", row);
    const copy = (from) => [...from.cloneNode(true).childNodes];
    find("[data-name]").replaceChildren(...copy(link));
    find("[data-address]").replaceChildren(...copy(find(".meta", row)));
    elements.point.value = point;
    elements.bill.value = bill;
    elements.seen.value = owed;
    find("[data-total]").textContent = baht(+owed);
    const lines = bills ? bills.split("\n") : [];
    find("[data-lines]").replaceChildren(
      ...lines.map((line) => Object.assign(document.createElement("li"), { textContent: line })),
    );
    const taken = !!find("[data-mark]", row);
    find("[data-taken]").hidden = !taken;
    find("[data-clear]").hidden = !!bill;
    form.hidden = !bill;
    [list.hidden, house.hidden] = [true, false];
  }
  function open(row) {
    show(row);
    elements.amount.value = baht(+row.dataset.owed);
    change();
    find("#problem")?.remove();
    scrollTo(0, 0);
    find("[data-name]").focus();
  }
  function close() {
    [list.hidden, house.hidden] = [false, true];
    if (location.hash.startsWith("#house-"))
      history.replaceState(null, "", location.pathname + location.search);
  }
  const named = (number) => rows.find(({ dataset }) => dataset.point === number);
  function follow() {
    const row = named(location.hash.split("#house-")[1]);
    if (row) open(row);
    else if (location.hash !== "#offline-title") close();
  }
  addEventListener("hashchange", follow);
  const go = (row) => (location.hash = `house-${row.dataset.point}`);
  list.addEventListener("click", (event) => {
    const row = event.target.closest("[data-point]"); // all of it, for thumbs
    if (!row) return;
    event.preventDefault();
    go(row);
  });
  find("[data-close]").addEventListener("click", (event) => {
    event.preventDefault();
    close();
  });

  /* What is typed. When it is filled from what waits, to be corrected, the house opens with it. */
  function change() {
    const said = find("[data-change]");
    const [amount, tendered] = [satang(elements.amount.value), satang(elements.tendered.value)];
    said.hidden = !(amount > 0 && tendered > 0);
    const { back, short, even } = said.dataset;
    const rest = tendered - amount;
    const words = rest > 0 ? back : rest < 0 ? short : even;
    said.textContent = words.replace("{n}", baht(Math.abs(rest)));
  }
  form.addEventListener("input", ({ target }) => {
    if (target === elements.point && named(target.value)) show(named(target.value));
    change();
  });
  form.addEventListener("reset", () => {
    find("[data-change]").hidden = find("[data-wrong]", form).hidden = true;
    close();
  });
  /* What cannot be right is said at the door, and not when it is sent hours later. */
  function complaint(exact) {
    const [amount, tendered] = [satang(elements.amount.value), satang(elements.tendered.value)];
    if (!(amount > 0 && amount <= +elements.seen.value)) return "amount";
    return exact || tendered >= amount ? "" : "tendered";
  }
  addEventListener(
    "submit",
    (event) => {
      if (event.target !== form) return;
      const field = complaint(event.submitter?.name === "exact");
      const wrong = find("[data-wrong]", form);
      wrong.hidden = !field;
      if (!field) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      const most = baht(+elements.seen.value);
      find("[data-words]", wrong).textContent = wrong.dataset[field].replace("{n}", most);
      elements[field].focus();
    },
    true,
  );
  form.addEventListener("formdata", ({ formData }) =>
    formData.set("taken_at", new Date().toISOString()),
  );

  /* The search, and a number that is typed or scanned. */
  const search = find("input[type=search]", list);
  const said = find("[data-found]");
  function tell(what) {
    said.hidden = !what;
    said.textContent = what ? said.dataset[what] : "";
  }
  function sift() {
    const words = plain(search.value);
    for (const row of rows) row.hidden = !plain(row.textContent).includes(words);
    tell(rows.every(({ hidden }) => hidden) && "unknown");
  }
  search.addEventListener("input", sift);
  const code = (text) =>
    text.replace(/\/+$/, "").split("/").pop().toUpperCase().replace(/[^0-9A-Z]/g, "");
  function lead(text) {
    const words = plain(text);
    const number = /^\d+$/.test(words) && words.padStart(5, "0");
    const shown = rows.filter(({ hidden }) => !hidden);
    const row =
      named(number) ||
      rows.find(({ dataset }) => code(dataset.code) === code(text)) ||
      (shown.length === 1 && text === search.value && shown[0]);
    tell(row ? "" : "unknown");
    if (!row) return false;
    search.value = "";
    sift();
    go(row);
    return true;
  }
  search.form.addEventListener("submit", (event) => {
    event.preventDefault();
    lead(search.value);
  });

  /* The camera, where the browser reads codes itself. */
  const camera = find("[data-camera]");
  const video = find("video", camera);
  let looking;
  function stop() {
    camera.hidden = true;
    clearInterval(looking);
    video.srcObject?.getTracks().forEach((track) => track.stop());
    video.srcObject = null;
  }
  async function scan() {
    tell("");
    const wanted = { video: { facingMode: "environment" } };
    const stream = await navigator.mediaDevices.getUserMedia(wanted).catch(() => null);
    if (!stream) return tell("unseen");
    const reader = new BarcodeDetector({ formats: ["qr_code"] });
    camera.hidden = false;
    video.srcObject = stream;
    await video.play();
    looking = setInterval(async () => {
      const [seen] = await reader.detect(video).catch(() => []);
      if (!seen || camera.hidden) return;
      stop();
      lead(seen.rawValue);
    }, 250);
  }
  if ("BarcodeDetector" in window && navigator.mediaDevices) {
    find("[data-scan]").hidden = false;
    find("[data-scan]").addEventListener("click", scan);
    find("[data-stop]").addEventListener("click", stop);
    addEventListener("pagehide", stop);
  }
  mark();
  follow();
})();
