/* The form of an inspection on a phone: what lacks is said on the site. */
"use strict";
(() => {
  const find = (selector, root = document) => root.querySelector(selector);
  const form = find("[data-inspection]");
  const { elements, dataset } = form;
  const value = (name) => (elements[name]?.value || "").trim();

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
