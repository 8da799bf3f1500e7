/* The form of an inspection on a phone: position by the device, the time of now, and what lacks is
   said on the site, not hours later when it is sent. Without it the form is filled in by hand. */
"use strict";
(() => {
  const find = (selector, root = document) => root.querySelector(selector);
  const form = find("[data-inspection]");
  const { elements, dataset } = form;
  const value = (name) => (elements[name]?.value || "").trim();

  /* A page that was kept says the time of yesterday; what was filled in again stays. */
  const clock = new Intl.DateTimeFormat("en-GB", {
    timeZone: dataset.zone,
    dateStyle: "short",
    timeStyle: "short",
  });
  function now() {
    const parts = clock.formatToParts().map(({ type, value }) => [type, value]);
    const { day, month, year, hour, minute } = Object.fromEntries(parts);
    elements["made_on.day"].value = +day;
    elements["made_on.month"].value = +month;
    elements["made_on.year"].value = +year + 543;
    elements.made_time.value = `${hour}.${minute}`;
  }
  if (!find("#problem.problem")) now();
  form.addEventListener("reset", () => setTimeout(now));

  const button = find("[data-here]", form);
  const said = find("[data-said-gps]", form);
  if (navigator.geolocation) find("[data-gps]", form).hidden = false;
  button.addEventListener("click", () => {
    const { seeking, found, lost } = button.dataset;
    said.textContent = seeking;
    const take = ({ coords: { latitude, longitude, accuracy } }) => {
      elements.position.value = `${latitude.toFixed(5)}, ${longitude.toFixed(5)}`;
      elements.accuracy.value = Math.round(accuracy);
      said.textContent = found.replace("{n}", Math.round(accuracy));
    };
    const how = { timeout: 30000, enableHighAccuracy: true, maximumAge: 0 };
    navigator.geolocation.getCurrentPosition(take, () => (said.textContent = lost), how);
  });

  /* The same rules as problems_of() of the server, which decides. */
  function* lacking() {
    const silent = !value("remarks");
    if (!value("position") && silent) yield ["position", dataset.position];
    const lengths = ["front", "back", "left", "right"].map((side) => `measured_${side}`);
    if (value("result") === "drawn")
      for (const name of lengths) if (!value(name)) yield [name, dataset.distance];
    const photos = [...form.querySelectorAll("input[type=file]")].flatMap(({ files }) => [...files]);
    if (!photos.length && silent) yield ["photo_front", dataset.photos];
    if (photos.length > dataset.most) yield ["photo_other", dataset.fewer];
    for (const name of ["encroaches", "consent", "drains", "result"])
      if (!value(name)) yield [name, `${label(name)}: ${dataset.choose}`];
    if (["differs", "unsure"].includes(value("result")) && silent) yield ["remarks", dataset.remarks];
  }
  const label = (name) => find("legend", document.getElementById(name).closest("fieldset")).textContent;
  function complain(problems) {
    const box = find("#problem");
    const title = document.createElement("h2");
    title.id = "problem-title";
    title.textContent = dataset.problems.replace("{n}", problems.length);
    const list = document.createElement("ul");
    for (const [name, sentence] of problems) {
      const link = document.createElement("a");
      [link.href, link.textContent] = [`#${name}`, sentence];
      const item = document.createElement("li");
      item.append(link);
      list.append(item);
    }
    box.replaceChildren(title, list);
    box.className = "problem stack";
    box.setAttribute("role", "alert");
    document.dispatchEvent(new Event("htmx:after:swap")); // the face marks the fields
    box.focus();
  }
  addEventListener(
    "submit",
    (event) => {
      if (event.target !== form) return;
      const problems = [...lacking()];
      if (!problems.length) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      complain(problems);
    },
    true,
  );
})();
