// Elements made of data, never of markup: whatever a document holds becomes text.

// make("p", { class: "note", data: { word: "silent" } }, "text", element, null)
export function make(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name === "data") Object.assign(element.dataset, value);
    else if (name === "on") addListeners(element, value);
    else if (value !== null && value !== false) element.setAttribute(name, value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== ""));
  return element;
}

function addListeners(element, listeners) {
  for (const [event, listener] of Object.entries(listeners)) {
    element.addEventListener(event, listener);
  }
}

// A text whose offsets count characters as the service does: code points, not UTF-16 units.
export class Characters {
  constructor(text) {
    this.characters = /[\ud800-\udfff]/.test(text) ? Array.from(text) : text;
    this.length = this.characters.length;
  }

  slice(start, end) {
    const piece = this.characters.slice(start, end);
    return typeof piece === "string" ? piece : piece.join("");
  }
}

// The text from `start` to `end` in pieces, each wrapped by every layer that one of whose ranges
// holds it; a layer is { ranges, wrap }, the outermost first.
export function layered(characters, layers, start = 0, end = characters.length) {
  const inside = (offset) => offset > start && offset < end;
  const bounds = layers.flatMap((layer) => layer.ranges.flat()).filter(inside);
  const cuts = [...new Set([start, ...bounds, end])].sort((a, b) => a - b);
  return cuts.slice(0, -1).map((from, i) => {
    const over = layers.filter(({ ranges }) => ranges.some(([a, b]) => a <= from && from < b));
    const text = document.createTextNode(characters.slice(from, cuts[i + 1]));
    return over.reduceRight((inner, { wrap }) => wrap(inner), text);
  });
}

// The web addresses that a document may lead to; any other, a script's above all, stays text.
export function link(address) {
  const safe = /^https?:\/\/[^\s]+$/i.test(address);
  if (!safe) return document.createTextNode(address);
  const target = { href: address, target: "_blank", rel: "noopener noreferrer" };
  return make("a", target, address);
}
