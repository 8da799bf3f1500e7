// Asked in a page, beside axe: what is wrong there, and which words are in a language they
// should not be in. Nothing of it is seen by scripts of the page but its answer.
{
  const THAI = /[\u0e00-\u0e7f]/;
  const CODE = /\('[^']*', |\bText\(|\bundefined\b|\bNaN\b|<(Macro|function|built-in)/; // a value, not words
  const SPOKEN = ["alt", "aria-label", "placeholder", "title"];

  // The rules of axe, targets of WCAG 2.2 too, or only those on colours; what passes is not
  // described.
  const asked = async (rules) => {
    const { violations } = await axe.run({
      ...rules,
      resultTypes: ["violations"],
      selectors: false,
    });
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(({ html }) => `${id}: ${html.slice(0, 200)}`),
    );
  };
  const faults = () =>
    asked({ rules: { "color-contrast": { enabled: false }, "target-size": { enabled: true } } });
  const colours = () => asked({ runOnly: ["color-contrast"] });

  // The colours of something come of its place: what it is and how it stands, below what.
  const STANDS = ["type", "disabled", "open", "checked", "aria-current", "aria-invalid", "data-theme"];
  const places = () => {
    const found = new Map();
    const place = (one) => {
      if (!one) return "";
      if (!found.has(one)) {
        const names = STANDS.filter((name) => one.hasAttribute(name));
        const stands = names.map((name) => `${name}=${one.getAttribute(name)}`);
        const own = [one.tagName, ...one.classList, ...stands].join(".");
        found.set(one, `${place(one.parentElement)}>${own}`);
      }
      return found.get(one);
    };
    document.body.querySelectorAll("*").forEach(place);
    return [...new Set(found.values())];
  };

  // What is typed into a control is data; its label is not.
  function* texts(page) {
    const walker = page.createTreeWalker(page.documentElement, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const at = walker.currentNode.parentElement;
      if (!at.closest("script, style, textarea")) yield [at, walker.currentNode.data.trim()];
    }
    for (const one of page.querySelectorAll("*"))
      for (const name of SPOKEN) if (one.hasAttribute(name)) yield [one, one.getAttribute(name)];
  }

  const strange = (page, language) => {
    const { lang } = page.documentElement;
    const found = lang === language ? [] : [`a page in: ${lang}`];
    for (const one of page.querySelectorAll("[lang]"))
      if (!["th", "en"].includes(one.lang)) found.push(`a language: ${one.lang}`);
    for (const [at, text] of texts(page)) {
      if (!text || at.tagName === "TITLE") continue; // a title cannot say which language a part is in
      if (CODE.test(text)) found.push(`of the program: ${text}`);
      const said = at.closest("[lang]")?.lang;
      if (said !== "th" && THAI.test(text)) found.push(`${at.tagName}: ${text}`);
      if (at.lang === "th" && /[a-z]{3}/i.test(text) && !THAI.test(text))
        found.push(`not Thai: ${text}`);
    }
    const headings = [...page.querySelectorAll("h1")].map((one) => one.innerText);
    if (headings.length !== 1) found.push(`headings: ${headings.join(" | ")}`);
    if (lang === "th")
      for (const text of [page.title.split(" – ")[0], ...headings])
        if (!THAI.test(text)) found.push(`no Thai in: ${text}`);
    return found;
  };

  const menu = () =>
    [...document.querySelectorAll("header .nav a")].map((one) => one.getAttribute("href"));

  const thai = () => [menu(), strange(document, "th")];

  // The same page in English is laid out in the place of this one; what its scripts do is the same.
  const english = async () => {
    const answer = await fetch(location.href);
    const read = new DOMParser().parseFromString(await answer.text(), "text/html");
    const found = strange(read, "en");
    document.documentElement.lang = read.documentElement.lang;
    document.body.replaceWith(read.body);
    return [answer.status, found];
  };

  window.found = { faults, colours, places, thai, english };
}
