// Asked in a page, beside axe: what is wrong there, and which words are in a language they
// should not be in. Nothing of it is seen by scripts of the page but its answer.
{
  const THAI = /[\u0e00-\u0e7f]/;
  const CODE = /\('[^']*', |\bText\(|\bundefined\b|\bNaN\b|<(Macro|function|built-in)/; // a value, not words
  const SPOKEN = ["alt", "aria-label", "placeholder", "title"];

  // All rules, targets of WCAG 2.2 too, or only what colours and languages can change; what passes
  // is not described.
  const COLOURS = { runOnly: ["color-contrast", "html-has-lang", "html-lang-valid", "valid-lang"] };
  const faults = async (colours) => {
    const { violations } = await axe.run({
      ...(colours ? COLOURS : { rules: { "target-size": { enabled: true } } }),
      resultTypes: ["violations"],
      selectors: false,
    });
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(({ html }) => `${id}: ${html.slice(0, 200)}`),
    );
  };

  // What is typed into a control is data; its label is not.
  function* texts() {
    const walker = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const at = walker.currentNode.parentElement;
      if (!at.closest("script, style, textarea")) yield [at, walker.currentNode.data.trim()];
    }
    for (const one of document.querySelectorAll("*"))
      for (const name of SPOKEN) if (one.hasAttribute(name)) yield [one, one.getAttribute(name)];
  }

  const words = () => {
    const found = [];
    for (const [at, text] of texts()) {
      if (!text || at.tagName === "TITLE") continue; // a title cannot say which language a part is in
      if (CODE.test(text)) found.push(`of the program: ${text}`);
      const said = at.closest("[lang]")?.lang;
      if (said !== "th" && THAI.test(text)) found.push(`${at.tagName}: ${text}`);
      if (at.lang === "th" && /[a-z]{3}/i.test(text) && !THAI.test(text))
        found.push(`not Thai: ${text}`);
    }
    const headings = [...document.querySelectorAll("h1")].map((one) => one.innerText);
    if (headings.length !== 1) found.push(`headings: ${headings.join(" | ")}`);
    if (document.documentElement.lang === "th")
      for (const text of [document.title.split(" – ")[0], ...headings])
        if (!THAI.test(text)) found.push(`no Thai in: ${text}`);
    return { strange: found };
  };

  const menu = () =>
    [...document.querySelectorAll("header .nav a")].map((one) => one.getAttribute("href"));

  window.found = async ({ colours }) => ({
    faults: await faults(colours),
    words: words(),
    menu: menu(),
  });
}
