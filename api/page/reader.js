// The article around a passage: the document's whole text as it was read, its paragraph tinted, the
// passage marked and in view. What the service merged or dropped shows here as it was printed.

import { citation, copyButton } from "./citation.js";
import { Characters, layered, make } from "./dom.js";
import * as service from "./service.js";
import { say } from "./words.js";

const AROUND = 30_000; // characters shown before and after the passage

const dialog = document.getElementById("reader");
const title = document.getElementById("reader-title");
const source = document.getElementById("reader-source");
const body = document.getElementById("reader-text");
const tools = document.getElementById("reader-tools");

let latest = null; // the last document read, { id, characters }
let turn = 0; // which opening is the newest: a slower, older one must not write over it

// Opens the article at an answer's passage, the answering words marked too.
export function openPassage({ id, highlights }) {
  return open(async () => ({ ...(await service.passage(id)), highlights }));
}

// Opens a document where a passage stands once more.
export function openPlace(printed) {
  return open(async () => ({ ...printed, paragraph_spans: [], highlights: [] }));
}

async function open(find) {
  const own = ++turn;
  body.replaceChildren(make("p", { class: "note" }, say("reading")));
  if (!dialog.open) {
    title.textContent = say("wholeText");
    source.textContent = "";
    tools.replaceChildren();
    dialog.showModal();
  }
  try {
    const found = await find();
    const characters = await whole(found.document_id);
    if (own === turn) draw(found, characters);
  } catch (trouble) {
    if (own !== turn) return;
    const again = make("button", { type: "button", class: "action" }, say("again"));
    again.addEventListener("click", () => open(find));
    body.replaceChildren(make("p", { class: "note", role: "alert" }, trouble.message), again);
  }
}

async function whole(documentId) {
  if (latest?.id !== documentId) {
    latest = { id: documentId, characters: new Characters(await service.text(documentId)) };
  }
  return latest.characters;
}

function head(passage) {
  const paragraph = say("paragraph", { number: passage.paragraph });
  const parts = [passage.district, passage.section, `${passage.document} ${paragraph}`, passage.date];
  title.textContent = passage.article || passage.document;
  source.textContent = parts.filter(Boolean).join(" · ");
}

function draw(passage, characters) {
  head(passage);
  const first = passage.spans[0][0];
  const last = passage.spans[passage.spans.length - 1][1];
  const start = Math.max(0, first - AROUND);
  const end = Math.min(characters.length, last + AROUND);
  const answering = passage.highlights.flatMap((range) => spansOf(range, passage.spans));
  const layers = [
    { ranges: passage.paragraph_spans, wrap: (inner) => make("span", { class: "around" }, inner) },
    { ranges: passage.spans, wrap: (inner) => make("mark", { class: "quoted" }, inner) },
    { ranges: answering, wrap: (inner) => make("strong", {}, inner) },
  ];
  const text = make("div", { class: "text", lang: "zh-CN" }, layered(characters, layers, start, end));
  const above = start > 0 ? leftOut(start) : null;
  const below = end < characters.length ? leftOut(characters.length - end) : null;
  body.replaceChildren(...[above, text, below].filter(Boolean));
  tools.replaceChildren(...toolsFor(passage));
  body.querySelector("mark").scrollIntoView({ block: "center" });
  body.focus({ preventScroll: true });
}

// Where in the document a range of the passage's text stands.
function spansOf([from, to], spans) {
  const found = [];
  let offset = 0;
  for (const [start, end] of spans) {
    const first = Math.max(start, start + from - offset);
    const last = Math.min(end, start + to - offset);
    if (first < last) found.push([first, last]);
    offset += end - start;
  }
  return found;
}

function leftOut(count) {
  return make("p", { class: "note" }, say("leftOut", { count: count.toLocaleString("en-US") }));
}

function toolsFor(passage) {
  const address = { href: service.textAddress(passage.document_id), target: "_blank", class: "action" };
  const plain = make("a", address, say("plainText"));
  if (!passage.id) return [plain];
  const cite = copyButton("cite", null, () => citation(passage));
  return [step("before", passage.before), step("after", passage.after), cite, plain];
}

function step(word, id) {
  const button = make("button", { type: "button", class: "action", disabled: id === null }, say(word));
  button.addEventListener("click", () => openPassage({ id, highlights: [] }));
  return button;
}
