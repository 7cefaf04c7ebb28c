// Streamlit's own few words know English only. Where they stand in its toolbars, tooltips, fields and uploaders they
// are put into the reader's language, as whole texts that are in the list and nothing else. See streamlit_words.py.
const LABELLED = "button, input, section, nav, [data-testid='stSidebar'], [data-testid='stLogoLink'], [data-testid='stTooltipHoverTarget'], [data-testid='stMultiSelectTagsContainer']";
const SAID = "[data-testid='stTooltipContent'] p, [data-testid='stTooltipErrorContent'], [data-testid='stFileChip'] [role='alert']";
const SIZE = /^([\d.]+) ?(KB|MB|GB)$/;

// '50.0MB' as French writes it; other languages leave it.
function sized(text, language) {
  const found = language === "fr" && text.match(SIZE);
  return found ? `${String(Number(found[1])).replace(".", ",")}\u00a0${found[2][0].replace("K", "k")}o` : text;
}

function translator(pairs, language) {
  const whole = new Map(pairs.filter(([from]) => !from.includes("{what}")));
  const open = pairs.filter(([from]) => from.includes("{what}")).map(([from, to]) => [...from.split("{what}"), to]);
  return (text) => {
    if (whole.has(text)) return whole.get(text);
    for (const [head, tail, to] of open) {
      const fits = text.length > head.length + tail.length && text.startsWith(head) && text.endsWith(tail);
      if (fits) return to.replace("{what}", () => sized(text.slice(head.length, text.length - tail.length), language));
    }
    return text;
  };
}

function attribute(node, name, translate) {
  const before = node.getAttribute(name);
  const after = before && translate(before);
  if (after !== before) node.setAttribute(name, after);
}

function words(node, translate) {
  for (const part of node.childNodes) {
    if (part.nodeType !== Node.TEXT_NODE) continue;
    const text = part.nodeValue.trim();
    const after = text && translate(text);
    if (after !== text) part.nodeValue = part.nodeValue.replace(text, () => after);
  }
}

// Before the browser draws: what React has just put there, and what it puts there later.
function speak(pairs, language) {
  const translate = translator(pairs, language);
  const all = () => {
    for (const node of document.querySelectorAll(LABELLED)) {
      attribute(node, "aria-label", translate);
      attribute(node, "placeholder", translate);
    }
    for (const node of document.querySelectorAll(SAID)) words(node, translate);
  };
  window.toileWords?.disconnect();
  window.toileWords = new MutationObserver(all);
  window.toileWords.observe(document.body, {
    childList: true, subtree: true, attributes: true, attributeFilter: ["aria-label", "placeholder"],
  });
  all();
}

