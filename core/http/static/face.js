/* What the pages do better with a script; each of them works without it. */
"use strict";
(() => {
  const on = (event, act) => document.addEventListener(event, act);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const title = document.title;

  /* A summary of problems that comes is read out, leads the title and marks its fields. */
  let told = document.querySelector("#problem.problem");
  function mark(link) {
    const control = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    const field = control?.closest("fieldset.field") || control?.closest(".field");
    if (!field) return;
    const p = document.createElement("p");
    p.className = "err";
    p.id = `${control.id}-error`;
    p.textContent = link.textContent;
    field.classList.add("bad");
    (all(".help", field)[0] || all("legend, label", field)[0] || control).after(p);
    control.ariaInvalid = "true";
    control.setAttribute("aria-describedby", `${control.id}-help ${p.id}`);
  }
  on("htmx:after:swap", () => {
    const problem = document.querySelector("#problem.problem");
    if (!problem || problem === told) return;
    told = problem;
    all(".field .err").forEach((p) => p.remove());
    all(".field [aria-invalid]").forEach((control) => (control.ariaInvalid = null));
    all(".field.bad").forEach((field) => field.classList.remove("bad"));
    all('a[href^="#"]', problem).forEach(mark);
    document.title = `${all("h2", problem)[0].textContent}: ${title}`;
    problem.focus();
  });

  /* Numbers get their hyphens on leaving; Thai digits become Arabic ones. */
  const shapes = {
    id: [/^(\d)(\d{4})(\d{5})(\d\d)(\d)$/],
    phone: [/^(0[689]\d)(\d{3})(\d{4})$/, /^(02)(\d{3})(\d{4})$/, /^(0[3-7]\d)(\d{3})(\d{3})$/],
  };
  on("focusout", ({ target }) => {
    const arabic = (digit) => digit.charCodeAt() - 0xe50;
    for (const shape of shapes[target.dataset.shape] || []) {
      const digits = target.value.replace(/[\u0e50-\u0e59]/g, arabic).replace(/[\s-]/g, "");
      const parts = shape.exec(digits);
      if (parts) target.value = parts.slice(1).join("-");
    }
  });

  /* Whoever sends a file tells its row how far it is: {percent, words}. */
  on("face:progress", ({ target, detail }) => {
    all("progress", target).forEach((bar) => (bar.value = detail.percent));
    all(".words", target).forEach((span) => (span.textContent = detail.words));
  });

  /* The menu of the person closes when one looks elsewhere. */
  on("click", ({ target }) => {
    all("details.me").forEach((menu) => (menu.open &&= menu.contains(target)));
  });
})();
