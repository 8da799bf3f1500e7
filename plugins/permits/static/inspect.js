/* The form of an inspection on a phone: the time of now, and what lacks is said on the site.
   Without it the form is filled in by hand. */
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
  form.addEventListener("offline:check", ({ detail: problems }) =>
    Object.assign(problems, Object.fromEntries(lacking())),
  );
})();
