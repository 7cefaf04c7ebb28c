// A text whose passages can be chosen one by one: by mouse, or by Tab and Enter. Texts go in as text, never as markup.
function build(root, data, pick) {
  root.replaceChildren();
  for (const field of data.fields) {
    if (field.name) {
      const name = document.createElement("p");
      name.className = "name";
      name.textContent = field.name;
      root.append(name);
    }
    const line = document.createElement("p");
    line.className = `text ${field.style}`;
    for (const passage of field.passages) {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = passage.text;
      button.dataset.at = `${field.path}:${passage.start}`;
      button.onclick = () =>
        pick({ path: field.path, start: passage.start, end: passage.end, at: Date.now() });
      line.append(button, " ");
    }
    root.append(line);
  }
}

function dress(root, data) {
  for (const field of data.fields) {
    for (const passage of field.passages) {
      const button = root.querySelector(`[data-at="${CSS.escape(field.path)}:${passage.start}"]`);
      if (!button) continue;
      const chosen = data.chosen === button.dataset.at;
      button.setAttribute("aria-pressed", String(chosen || Boolean(passage.marked)));
      button.className = chosen ? "chosen" : passage.marked ? "marked" : "";
      button.title = passage.marked || "";
    }
  }
}

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector("section");
  root.setAttribute("aria-label", data.label);
  if (root.dataset.text !== data.text) {
    build(root, data, (place) => setTriggerValue("pick", place));
    root.dataset.text = data.text;
  }
  dress(root, data);
}
