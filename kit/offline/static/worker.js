/* Serves what was kept on this device while there is no line, and sends what was filled in.

   Kept are only pages that say so (<meta name="offline">), for the account that opened them, with
   the files they need; they go when anybody signs in or out. What was filled in stays until the
   server has answered, and only this worker sends it: one after another, under its key. */
"use strict";

const PAGES = "offline:";
const MOST_PAGES = 30;
const PATIENCE = 6000; // ms for the network before a kept page is shown
const SENDING = 240000; // ms for one sending; browsers stop workers after five minutes
const NOTED = 2 * 864e5; // ms that "sent" is told about at most
const LOOSE = { ignoreVary: true };
const FILES = /^\/(static|assets|theme)\//;

/* What waits: entries are small and listed, bodies hold the fields and files. */
let opened;
function database() {
  opened ??= new Promise((done, fail) => {
    const asked = indexedDB.open("offline", 1);
    asked.onupgradeneeded = () => {
      asked.result.createObjectStore("entries", { keyPath: "key" });
      asked.result.createObjectStore("bodies");
    };
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => fail(asked.error);
  });
  return opened;
}
async function within(act) {
  const base = await database();
  return new Promise((done, fail) => {
    const deal = base.transaction(["entries", "bodies"], "readwrite", { durability: "strict" });
    const asked = act(deal.objectStore("entries"), deal.objectStore("bodies"));
    deal.oncomplete = () => done(asked?.result);
    deal.onabort = () => fail(deal.error);
  });
}
async function all() {
  const entries = await within((entries) => entries.getAll());
  return entries.sort((one, other) => one.at - other.at);
}
async function tell() {
  for (const client of await clients.matchAll({ includeUncontrolled: true }))
    client.postMessage("changed");
}
/* An entry that was deleted meanwhile is not brought back. */
async function note(key, facts) {
  await within((entries, bodies) => {
    entries.get(key).onsuccess = ({ target: { result } }) => {
      if (result) entries.put({ ...result, ...facts });
      if (facts.state === "sent") bodies.delete(key);
    };
  });
  await tell();
}
function drop(keys) {
  return within((entries, bodies) => {
    for (const key of keys) {
      entries.delete(key);
      bodies.delete(key);
    }
  });
}

/* Sending. The token tells who is signed in and what was answered when the answer was lost. */
async function permit(key) {
  const asked = await fetch(`/offline/token?key=${encodeURIComponent(key)}`, { cache: "no-store" });
  return asked.ok ? asked.json() : null;
}
/* Files are parts of the form: photos come here small. What is to go in pieces is sent from here
   first, and named in its field by what the server called it. */
function filled(entry, fields) {
  const body = entry.multipart ? new FormData() : new URLSearchParams();
  for (const [name, value] of fields)
    body.append(name, value.bytes ? new File([value.bytes], value.name, value) : value);
  return body;
}
async function post(entry, permitted) {
  const fields = await within((_, bodies) => bodies.get(entry.key));
  const headers = {
    Accept: "application/json",
    "Idempotency-Key": entry.key,
    "Offline-Account": entry.account,
    "X-CSRFToken": permitted.token,
  };
  const signal = AbortSignal.timeout(SENDING);
  const body = filled(entry, fields);
  return read(await fetch(entry.action, { method: "POST", headers, body, signal }));
}
async function read(response) {
  const { ok, status } = response;
  const text = await response.text();
  const json = (response.headers.get("content-type") || "").includes("json");
  const { location, words, message, problems } = json ? JSON.parse(text) : {};
  const moved = response.redirected ? response.url : null;
  if (status === 401 || moved?.startsWith(`${self.location.origin}/sign-in`))
    return { state: "signin" };
  if (ok) return { state: "sent", location: location || moved, words };
  if (status >= 500 || [408, 425, 429].includes(status)) return { state: "later" };
  const title = /id="problem-title">([^<]*)/.exec(text)?.[1];
  return { state: "problem", message: message || title, problems, html: json ? null : text };
}
async function outcome(entry) {
  const permitted = await permit(entry.key);
  if (!permitted) return { state: "later" };
  if (permitted.account !== entry.account) return { state: "signin" };
  if (permitted.answer) return { state: "sent", ...permitted.answer };
  return post(entry, permitted);
}
async function send(entry) {
  await note(entry.key, { state: "sending" });
  await note(entry.key, await outcome(entry));
}
/* "sending" is what is new, and what a worker that was stopped has left. */
const OPEN = ["waiting", "later", "sending", "signin"];
async function sendAll() {
  const done = new Set();
  for (;;) {
    const entries = await all();
    const old = entries.filter(({ state, at }) => state === "sent" && at < Date.now() - NOTED);
    await drop(old.map(({ key }) => key));
    const entry = entries.find(({ state, key }) => OPEN.includes(state) && !done.has(key));
    if (!entry) return;
    done.add(entry.key);
    await send(entry).catch(putOff);
  }
}
/* There is no line: the others need not be tried. */
async function putOff(lost) {
  for (const { key, state } of await all())
    if (state === "sending") await note(key, { state: "waiting" });
  throw lost;
}
let running;
function flush() {
  running ??= sendAll().finally(() => (running = null));
  return running;
}
async function left() {
  return (await all()).some(({ state }) => ["waiting", "later", "sending"].includes(state));
}
/* Have the browser wake this worker when it sees a line, also when no page is open. Where it
   cannot, or is not allowed to, the pages ask for it. */
async function wake() {
  const tags = (await registration.sync?.getTags()) || ["offline"];
  if (!tags.includes("offline")) await registration.sync.register("offline").catch(() => {});
}
async function flushOrWake() {
  await flush().catch(() => {}); // no line: the entries say so
  if (await left()) await wake();
}
async function flushOrFail() {
  await flush();
  if (await left()) throw new Error("the server takes it later");
}

/* Pages that open without a line, and the files that they need. */
const html = (response) => (response.headers.get("content-type") || "").startsWith("text/html");
function needs(text, base) {
  const found = text.matchAll(/(?:src|href)="([^"#]+)|url\(["']?([^"')#]+)/g);
  return [...found]
    .map(([, address, file]) => new URL(address ?? file, base))
    .filter(({ origin, pathname }) => origin === self.location.origin && FILES.test(pathname))
    .map(({ href }) => href);
}
async function forget(but) {
  for (const name of await caches.keys())
    if (name.startsWith(PAGES) && name !== but) await caches.delete(name);
}
/* One after another: who gathers would throw away what another one has just put there. */
let keeping = Promise.resolve();
function keep(url, response) {
  const kept = keeping.then(() => put(url, response));
  keeping = kept.catch(() => {});
  return kept;
}
async function put(url, response) {
  if (!response.ok || response.redirected) return;
  const text = await response.clone().text();
  const mark = /<meta name="offline" content="([^"]*)"/.exec(text)?.[1];
  if (mark === undefined) return;
  await forget(PAGES + mark);
  const cache = await caches.open(PAGES + mark);
  await cache.delete(url, LOOSE);
  await cache.put(url, response);
  const home = new URL("/offline", url).href;
  if (!(await cache.match(home, LOOSE))) await put(home, await fetch(home));
  await gather(cache);
}
async function gather(cache) {
  const wanted = new Set();
  const look = async (response) => {
    for (const address of needs(await response.text(), response.url)) {
      if (wanted.has(address)) continue;
      wanted.add(address);
      const file = (await cache.match(address, LOOSE)) || (await fetch(address));
      if (file.ok) await cache.put(address, file.clone());
      if (address.includes(".css")) await look(file);
    }
  };
  for (const { url } of (await kept(cache)).slice(-MOST_PAGES)) {
    wanted.add(url);
    await look(await cache.match(url, LOOSE));
  }
  for (const { url } of await cache.keys()) if (!wanted.has(url)) await cache.delete(url, LOOSE);
}
async function kept(cache) {
  const pages = [];
  for (const { url } of await cache.keys()) {
    const response = await cache.match(url, LOOSE);
    if (html(response)) pages.push({ url, response });
  }
  return pages;
}
async function titles(account) {
  const pages = [];
  for (const { url, response } of await kept(await caches.open(PAGES + account))) {
    const title = /<title>([^<]*?)( – [^<]*)?</.exec(await response.text());
    if (new URL(url).pathname !== "/offline") pages.push({ url, title: title?.[1] ?? url });
  }
  return pages;
}
function inTime(answer) {
  return new Promise((done, fail) => {
    setTimeout(fail, PATIENCE);
    answer.then(done, fail);
  });
}
async function open(event, url) {
  const before = await caches.match(url, LOOSE);
  const asked = Promise.resolve(event.preloadResponse).then((given) => given || fetch(event.request));
  try {
    const response = await (before ? inTime(asked) : asked);
    if (html(response)) event.waitUntil(keep(url, response.clone()));
    return response;
  } catch {
    const home = await caches.match("/offline", LOOSE);
    return before || home || Response.error();
  }
}
async function give(request) {
  const { pathname, searchParams } = new URL(request.url);
  const found = await caches.match(request, LOOSE);
  if (found && (searchParams.has("v") || pathname.startsWith("/theme/"))) return found;
  return fetch(request).catch(() => found || Response.error());
}
async function pass(request) {
  const answer = await fetch(request);
  await forget();
  return answer;
}

addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => {
  const ready = [clients.claim(), registration.navigationPreload?.enable()];
  event.waitUntil(Promise.all(ready));
});
addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname, href } = new URL(request.url);
  if (origin !== self.location.origin) return;
  if (request.method !== "GET") {
    if (pathname.startsWith("/sign-")) event.respondWith(pass(request));
  } else if (request.mode === "navigate") {
    event.respondWith(open(event, href.split("#")[0]));
  } else if (FILES.test(pathname)) {
    event.respondWith(give(request));
  }
});
addEventListener("sync", (event) => event.waitUntil(flushOrFail()));

const TASKS = {
  async keep({ entry, body, account }) {
    await within((entries, bodies) => {
      entries.put({ ...entry, account, state: "sending", at: Date.now() });
      bodies.put(body, entry.key);
    });
    Promise.resolve(running).catch(() => {}).then(flushOrWake); // a run that began may not see it
  },
  async list({ account }) {
    const entries = (await all()).filter((entry) => entry.account === account);
    return { entries, pages: await titles(account) };
  },
  async body({ key, account }) {
    const entry = await within((entries) => entries.get(key));
    if (entry?.account !== account) return null;
    return { entry, body: await within((_, bodies) => bodies.get(key)) };
  },
  async drop({ keys }) {
    await drop(keys);
    await tell();
  },
  async page({ url }) {
    await keep(url, await fetch(url));
  },
  send: flushOrWake,
};
addEventListener("message", (event) => {
  const [port] = event.ports;
  const { kind } = event.data;
  const task = TASKS[kind](event.data).then(
    (answer) => port.postMessage({ answer }),
    ({ name }) => port.postMessage({ error: name }),
  );
  event.waitUntil(task.then(() => running));
});
