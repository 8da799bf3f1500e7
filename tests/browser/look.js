// Asked in a page, beside axe: what is wrong there, and which words are in a language they
// should not be in. Nothing of it is seen by scripts of the page but its answer.
{
  const THAI = /[\u0e00-\u0e7f]/;
  const CODE = /\('[^']*', |\bText\(|\bundefined\b|\bNaN\b|<(Macro|function|built-in)/; // a value, not words
  const SPOKEN = ["alt", "aria-label", "placeholder", "title"];

  // What axe finds; what passes is not described.
  const asked = async (where, rules) => {
    const { violations } = await axe.run(where, {
      ...rules,
      resultTypes: ["violations"],
      selectors: false,
    });
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(({ html }) => `${id}: ${html.slice(0, 200)}`),
    );
  };

  // Every rule but that on colours, targets of WCAG 2.2 too.
  const OF_COLOURS = ["color-contrast"];
  const faults = () => {
    const left = OF_COLOURS.map((rule) => [rule, { enabled: false }]);
    const rules = { ...Object.fromEntries(left), "target-size": { enabled: true } };
    return asked(document, { rules });
  };

  // The colours of something come of its place: what it is and how it stands, below what.
  const STANDS = ["type", "disabled", "open", "checked", "hidden", "aria-checked", "aria-current",
    "aria-disabled", "aria-invalid", "aria-pressed", "data-theme"];
  const CHOSEN = "label:has(:checked)";
  const placed = () => {
    const found = new Map();
    const place = (one) => {
      if (!one) return "";
      if (!found.has(one)) {
        const names = STANDS.filter((name) => one.hasAttribute(name));
        const stands = names.map((name) => `${name}=${one.getAttribute(name)}`);
        if (one.matches(CHOSEN)) stands.push("chosen");
        const own = [one.tagName, ...one.classList, ...stands].join(".");
        found.set(one, `${place(one.parentElement)}>${own}`);
      }
      return found.get(one);
    };
    document.body.querySelectorAll("*").forEach(place);
    return found;
  };

  // The rule on colours, for what stands at one of these places and what is in it.
  const colours = (places) => {
    const among = new Set(places);
    const at = placed();
    const include = [...at.keys()].filter(
      (one) => among.has(at.get(one)) && !among.has(at.get(one.parentElement)),
    );
    return asked({ include }, { runOnly: OF_COLOURS });
  };

  // The bytes of the page with all that it loads, compressed, without photographs.
  const weight = () => {
    const loaded = ["navigation", "resource"].flatMap((kind) => performance.getEntriesByType(kind));
    const photograph = ({ initiatorType, name }) => initiatorType === "img" && !name.includes(".svg");
    return loaded.reduce((sum, one) => sum + (photograph(one) ? 0 : one.encodedBodySize), 0);
  };

  // What is typed into a control is data, and so is a program; its label is not.
  function* texts(page) {
    const walker = page.createTreeWalker(page.documentElement, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const at = walker.currentNode.parentElement;
      if (!at.closest("script, style, textarea, pre")) yield [at, walker.currentNode.data.trim()];
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

  const width = () => document.documentElement.scrollWidth;

  const thai = async () => {
    const found = { weight: weight(), wide: width(), menu: menu(), strange: strange(document, "th") };
    const part = await fetch(location.href, { headers: { "HX-Request": "true" } });
    // What is not shown is not looked at; it is where it is shown.
    const drawn = [...placed()].filter(([one]) => one.checkVisibility());
    const places = [...new Set(drawn.map(([, place]) => place))];
    return { ...found, part: part.status, faults: await faults(), places };
  };

  // The same page in English is laid out in the place of this one; what its scripts do is the same.
  const english = async (cookie) => {
    const speak = (language) => (document.cookie = `${cookie}=${language}; path=/`);
    speak("en");
    const answer = await fetch(location.href);
    speak("th");
    const read = new DOMParser().parseFromString(await answer.text(), "text/html");
    const found = strange(read, "en");
    document.documentElement.lang = read.documentElement.lang;
    document.body.replaceWith(read.body);
    return [answer.status, found, width()];
  };

  const statuses = (links) =>
    Promise.all(links.map(async (link) => [link, (await fetch(link, { redirect: "manual" })).status]));

  window.found = { thai, colours, english, width, statuses };
}
