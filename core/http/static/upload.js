/* Files go in pieces as soon as they are chosen, and go on when the line is back. */
const PIECE = 262144; // bytes
const SIGNS = { sent: "ok", sending: "up", waiting: "pause", failed: "alert", refused: "no" };
const text = (words) => btoa(String.fromCharCode(...new TextEncoder().encode(words)));
let going = 0, next, turn;

document.querySelectorAll("[data-pieces]").forEach((list) => {
  const form = list.closest("form");
  const input = form.elements[list.dataset.for];
  const row = list.nextElementSibling;
  const ask = async (method, url, headers, body) => {
    const token = { Accept: "application/json", "X-CSRFToken": form._csrf_token.value };
    const signal = AbortSignal.timeout(120000);
    const answer = await fetch(url, { method, body, headers: { ...token, ...headers }, signal });
    const { ok, status } = answer;
    if (ok) return answer;
    const { message } = await answer.json();
    throw status < 500 && ![408, 409, 429].includes(status) && message;
  };

  function add(file) {
    const { name, size } = file;
    const li = row.content.cloneNode(true).children[0];
    const find = (selector) => li.querySelector(selector);
    const [sign, words, bar, retry, drop] = ["use", ".words", "progress", "[data-retry]", "[data-drop]"].map(find);
    let url, wake, gone;
    li.querySelectorAll(".name, .sr").forEach((one) => one.append(name));
    for (const old of list.querySelectorAll("[data-file].is-bad"))
      if (old.dataset.file === name) old.remove();
    list.append(li);
    list.hidden = false;

    function show(state, n, why = "") {
      const { href } = sign;
      href.baseVal = href.baseVal.replace(/#.*/, `#i-${SIGNS[state]}`);
      bar.ariaLabel = words.textContent = row.dataset[state].replace("{n}", n) + why;
      bar.value = n;
      bar.hidden = /sent|refused/.test(state);
      li.classList.toggle("is-bad", /failed|refused/.test(state));
      retry.hidden = !/failed|waiting/.test(state);
    }
    async function send() {
      const about = {
        "Upload-Length": size,
        "Upload-Metadata": `filename ${text(name)},document ${text(input.name)},mark ${text(file.lastModified)}`,
      };
      let at = 0, pause = 1000;
      while (!gone) {
        const percent = Math.floor((100 * at) / size) || 0;
        try {
          show("sending", percent);
          const answer = url
            ? await ask("PATCH", url, {
                "Content-Type": "application/offset+octet-stream",
                "Upload-Offset": at,
              }, file.slice(at, at + PIECE))
            : await ask("POST", list.dataset.pieces, about);
          if (answer.status === 200) return keep(await answer.json());
          at = +answer.headers.get("Upload-Offset");
          url ??= answer.headers.get("Location");
          pause = 1000;
        } catch (problem) {
          if (problem.trim) return show("refused", 0, ` ${problem}`);
          url = null; // asked anew, it tells how much has come
          show(problem ? "waiting" : "failed", percent);
          await new Promise((done) => {
            wake = done;
            setTimeout(done, (pause = Math.min(2 * pause, 60000)));
            addEventListener("online", done, { once: true });
          });
        }
      }
      if (url) ask("DELETE", url).catch(Boolean);
    }
    function keep({ id, size }) {
      show("sent", Math.ceil(size / 1000));
      if (list.querySelector(`[value="${id}"]`)) li.remove(); // the same file again
      Object.assign(drop, { type: "submit", name: "drop", value: id, onclick: null });
    }
    retry.onclick = () => wake();
    drop.onclick = () => {
      gone = true;
      li.remove();
      wake?.();
    };
    show("sending", 0);
    going++;
    turn = Promise.resolve(turn).then(send).finally(() => --going || (next && form.requestSubmit(next)));
  }

  input.onchange = () => {
    [...input.files].forEach(add);
    input.value = "";
  };
  input.onchange(); // chosen before this came
  form.addEventListener("submit", (event) => {
    if (!going) return;
    event.preventDefault();
    next = event.submitter;
    const hold = row.nextElementSibling;
    hold.textContent = hold.dataset.hold;
  });
});
