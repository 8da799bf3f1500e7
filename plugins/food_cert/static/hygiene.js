/* The form of an inspection on a phone: how much is answered and its score so far, the way to what
   is left, and what lacks is said before anything is kept. Without it the form is filled in as it is. */
"use strict";
(() => {
  const find = (selector, root = document) => root.querySelector(selector);
  const form = find("[data-hygiene]");
  const { elements, dataset } = form;
  const items = [...form.querySelectorAll("[data-item]")];
  const answer = (box) => elements[`item_${box.dataset.item}`].value;
  const open = () => items.filter((box) => !answer(box));

  const bar = find("[data-bar]");
  const counts = [...document.querySelectorAll("[data-count]")];
  const { words, score } = find("[data-words]").dataset;
  function count() {
    const weight = (given) =>
      items.filter((box) => answer(box) === given).reduce((sum, box) => sum + +box.dataset.weight, 0);
    const [passed, failed] = [weight("pass"), weight("fail")];
    const done = items.length - open().length;
    const parts = [words.replace("{n}", done).replace("{all}", items.length)];
    if (passed + failed) {
      const share = Math.floor((100 * passed) / (passed + failed)); // as score_of() of the server
      parts.push(score.replace("{score}", share));
    }
    for (const one of counts) one.textContent = parts.join(" · ");
    find("[data-next]").hidden = done === items.length;
  }
  for (const one of [bar, ...counts.map((one) => one.parentElement)]) one.hidden = false;
  form.addEventListener("input", ({ target }) => {
    const box = target.closest("[data-item]");
    document.getElementById(`${target.name}-error`)?.remove(); // it is put right
    if (box && !find(".err", box)) find("fieldset", box).classList.remove("bad");
    if (target.value === "fail" && target.checked) find("details", box).open = true;
    count();
  });
  form.addEventListener("reset", () => setTimeout(count));
  find("[data-next]").addEventListener("click", () => {
    const [box] = open();
    find("input", box).focus({ preventScroll: true });
    box.scrollIntoView({ block: "center" });
  });
  count();

  /* The same rules as problems_of() of the server, which decides. */
  form.addEventListener("offline:check", ({ detail: problems }) => {
    for (const box of items) {
      const { item, critical } = box.dataset;
      const say = (control, sentence) => (problems[control] = sentence.replace("{code}", item));
      if (!answer(box)) say(`item_${item}`, dataset.answer);
      const silent = !elements[`told_${item}`].value.trim();
      if (answer(box) === "fail" && critical !== undefined && silent) say(`told_${item}`, dataset.told);
    }
    if (items.every((box) => answer(box) === "none"))
      problems[`item_${items[0].dataset.item}`] = dataset.some;
    const photos = [...form.querySelectorAll("input[type=file]")].flatMap(({ files }) => [...files]);
    if (photos.length > dataset.most) problems.photo_place = dataset.fewer;
  });
})();
