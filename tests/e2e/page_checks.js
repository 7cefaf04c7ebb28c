// What an eye would object to on any page: it is wider than the window, text is cut off, text is too faint.
() => {
  const problems = [];
  const width = document.documentElement.clientWidth;
  const name = (node) => {
    const text = (node.innerText || node.textContent || "").trim().replace(/\s+/g, " ").slice(0, 50);
    return `<${node.tagName.toLowerCase()} ${node.dataset.testid || node.className || ""}> “${text}”`;
  };
  const shown = (node) => {
    if (!node.checkVisibility({ opacityProperty: true, visibilityProperty: true })) return false;
    const box = node.getBoundingClientRect();
    return box.width > 1 && box.height > 1 && box.right > 0 && !node.closest(".toile-unseen");
  };
  const scrolls = (node) => {
    for (let up = node.parentElement; up; up = up.parentElement) {
      if (["auto", "scroll"].includes(getComputedStyle(up).overflowX) && up.dataset.testid !== "stMain" && up !== document.body) return true;
    }
    return false;
  };

  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const known = new Map();
  const rgba = (colour) => {
    if (!known.has(colour)) {
      canvas.clearRect(0, 0, 1, 1);
      canvas.fillStyle = colour;
      canvas.fillRect(0, 0, 1, 1);
      const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
      known.set(colour, [r, g, b, a / 255]);
    }
    return known.get(colour);
  };
  const over = (top, under) => top.slice(0, 3).map((value, i) => value * top[3] + under[i] * (1 - top[3])).concat(1);
  const ground = (node) => {
    const layers = [];
    for (let up = node; up; up = up.parentElement) {
      const colour = rgba(getComputedStyle(up).backgroundColor);
      if (colour[3] > 0) layers.push(colour);
      if (colour[3] === 1) break;
    }
    return layers.reverse().reduce((under, top) => over(top, under), [255, 255, 255, 1]);
  };
  const light = (colour) => {
    const [r, g, b] = colour.map((value) => (value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (one, two) => {
    const [high, low] = [light(one), light(two)].sort((a, b) => b - a);
    return (high + 0.05) / (low + 0.05);
  };

  const main = document.querySelector('[data-testid="stMain"]');
  if (document.documentElement.scrollWidth > width + 1) problems.push(`page: ${document.documentElement.scrollWidth} px wide in ${width}`);
  if (main && main.scrollWidth > main.clientWidth + 1) problems.push(`main part: ${main.scrollWidth} px wide in ${main.clientWidth}`);

  // A row of choices that scrolls sideways hides some of them: unlike a table, it is not expected to.
  for (const group of document.querySelectorAll('[data-testid="stButtonGroup"]')) {
    const edge = group.getBoundingClientRect().right + 1;
    for (const choice of group.querySelectorAll("button")) {
      if (shown(choice) && choice.getBoundingClientRect().right > edge) problems.push(`a choice is hidden: ${name(choice)}`);
    }
  }

  for (const node of document.querySelectorAll('[data-testid="stMain"] *, [data-testid="stSidebar"] *')) {
    if (!(node instanceof HTMLElement) || !shown(node)) continue;
    const own = [...node.childNodes].some((child) => child.nodeType === 3 && child.textContent.trim());
    const style = getComputedStyle(node);
    const box = node.getBoundingClientRect();
    if (own && box.right > width + 1 && box.left < width && !scrolls(node)) problems.push(`runs out of the window: ${name(node)}`);
    // 'visible' shows what is wider than its box; every other value of overflow cuts it.
    if (own && style.overflowX !== "visible" && !["auto", "scroll"].includes(style.overflowX) && node.scrollWidth > node.clientWidth + 1)
      problems.push(`cut at the side: ${name(node)}`);
    if (own && ["hidden", "clip"].includes(style.overflowY) && node.scrollHeight > node.clientHeight + 2)
      problems.push(`cut at the foot: ${name(node)}`);
    if (!own || node.closest("[disabled], [aria-disabled='true']")) continue;
    const under = ground(node);
    let text = rgba(style.color);
    if (text[3] < 1) text = over(text, under);
    const size = parseFloat(style.fontSize);
    const icon = style.fontFamily.includes("Material");
    const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    // A slider's value floats above its thumb, which is its parent in the tree and not what lies under it.
    if (node.closest('[data-testid="stSliderThumbValue"]')) continue;
    const ratio = contrast(text, under);
    if (ratio < (large || icon ? 3 : 4.5) - 0.01) problems.push(`contrast ${ratio.toFixed(2)}: ${name(node)}`);
  }
  return [...new Set(problems)];
}
