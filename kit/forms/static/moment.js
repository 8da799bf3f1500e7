/* A form that asks when something was done begins with now: a page that was kept on a device says
   the time of yesterday. What was filled in again stays. <form data-moment="Asia/Bangkok"> */
"use strict";
(() => {
  const form = document.querySelector("[data-moment]");
  const { elements } = form;
  const clock = new Intl.DateTimeFormat("en-GB", {
    timeZone: form.dataset.moment,
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
  if (!document.querySelector("#problem.problem")) now();
  form.addEventListener("reset", () => setTimeout(now));
})();
