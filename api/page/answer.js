// An answer as a person reads it: the message, a table of districts, the passages. A refusal looks
// different, says why, and keeps the nearest passages folded away.

import { citation, copyButton, place, quotation } from "./citation.js";
import { Characters, layered, link, make } from "./dom.js";
import { openPassage, openPlace } from "./reader.js";
import { isEnglish, list, say } from "./words.js";

const MOST_UNFOLDED = 6; // passages below a table

// `id` begins the ids of the passages' elements; `only` are the districts searched.
export function answerElement(question, answer, only, id) {
  const table = comparison(answer, id);
  return make(
    "div",
    { class: answer.answered ? "answer" : "answer refused" },
    answer.answered ? null : verdict(answer),
    make("p", { class: "message" }, gist(answer)),
    isEnglish() ? make("p", { class: "understood", lang: "zh-CN" }, answer.message) : null,
    understanding(question, answer.understood, only),
    table,
    passages(answer, id, table !== null),
  );
}

// The message; in English the heart of it, as the service's own is Chinese.
export function gist({ answered, by_district, message, passages, understood }) {
  const [best] = passages;
  const districts = Object.keys(by_district);
  const silent = districts.filter((district) => !by_district[district].length);
  const values = {
    message,
    count: passages.length,
    place: best && (best.district || best.document),
    speaking: list(districts.filter((district) => !silent.includes(district))),
    silent: list(silent),
  };
  if (!answered) return say(best ? "toldNear" : "toldNothing", values);
  if (!namesSeveral(understood)) return say("toldBest", values);
  return say(silent.length ? "toldSome" : "toldAll", values);
}

function verdict(answer) {
  return make("p", { class: "verdict" }, say("refused", { reason: say(answer.reason) }));
}

// How the question was read, where that isn't just what was asked.
function understanding(question, understood, only) {
  const same = bare(question) === bare(understood.question);
  const corrected = Object.entries(understood.corrected);
  const notes = [
    same ? null : say("understood", { question: understood.question }),
    ...corrected.map(([was, name]) => say("corrected", { was, name })),
    only.length ? say("only", { names: list(only) }) : null,
  ].filter(Boolean);
  return notes.length ? make("p", { class: "understood" }, notes.join(" · ")) : null;
}

const bare = (text) => text.replace(/\s/g, "");

// --- districts × answer -------------------------------------------------------------------------

// Each district asked about with the words that answer for it; null where there aren't several.
function comparison(answer, id) {
  const rows = Object.entries(answer.by_district);
  if (!answer.answered || !namesSeveral(answer.understood)) return null;
  return make(
    "table",
    { class: "districts" },
    make("caption", { class: "unseen" }, say("table")),
    make("thead", {}, row("th", { scope: "col" }, say("district"), say("answer"))),
    make("tbody", {}, rows.map(([district, ids]) => districtRow(district, ids, answer, id))),
  );
}

const namesSeveral = ({ districts, missing }) => districts.length + missing.length > 1;

function districtRow(district, ids, answer, id) {
  const number = answer.passages.findIndex((passage) => passage.id === ids[0]);
  const head = make("th", { scope: "row", lang: "zh-CN" }, district);
  if (number < 0) {
    const absent = answer.understood.missing.includes(district) ? "missing" : "silent";
    return make("tr", { class: "silent" }, head, make("td", {}, say(absent)));
  }
  const passage = answer.passages[number];
  const words = make("span", { class: "words", lang: "zh-CN" }, quotation(passage));
  const target = `${id}-passage-${number + 1}`;
  const numbered = say(passage.digest ? "digestNumber" : "passageNumber", { number: number + 1 });
  const go = make("button", { type: "button", class: "go" }, numbered);
  go.addEventListener("click", () => show(target));
  const about = make("span", { class: "about" }, badges(passage), go);
  return make("tr", {}, head, make("td", {}, words, about));
}

function row(tag, properties, ...cells) {
  return make("tr", {}, cells.map((cell) => make(tag, properties, cell)));
}

function show(target) {
  const element = document.getElementById(target);
  const folded = element.closest("details");
  if (folded) folded.open = true;
  element.scrollIntoView({ block: "start" });
  element.focus({ preventScroll: true });
}

// --- passages -----------------------------------------------------------------------------------

function passages(answer, id, below) {
  const count = answer.passages.length;
  if (!count) return null;
  const items = answer.passages.map((passage, i) =>
    passageElement(passage, i + 1, `${id}-passage-${i + 1}`),
  );
  const listed = make("ol", { class: "passages" }, items);
  const folded = !answer.answered || (below && count > MOST_UNFOLDED);
  if (!folded) return listed;
  const found = answer.passages[0].digest ? "digests" : "passages";
  const told = say(answer.answered ? found : "nearest", { count });
  return make("details", { class: "folded" }, make("summary", {}, told), listed);
}

function passageElement(passage, number, id) {
  const heading = make(
    "h3",
    { id, tabindex: "-1", lang: "zh-CN" },
    make("span", { class: "number" }, String(number)),
    passage.district ? make("span", { class: "district" }, passage.district) : null,
    make("cite", {}, passage.article ? `《${passage.article}》` : passage.document),
    badges(passage),
  );
  const marked = { ranges: passage.highlights, wrap: (inner) => make("mark", {}, inner) };
  const text = layered(new Characters(passage.text), [marked]);
  return make(
    "li",
    { class: answers(passage) ? "passage" : "passage near" },
    heading,
    passage.section ? make("p", { class: "section", lang: "zh-CN" }, passage.section) : null,
    make("blockquote", { lang: "zh-CN" }, make("p", {}, text)),
    figures(passage.figures),
    source(passage),
    tools(passage),
  );
}

// Whether some of a passage's words answer; else it is only near to what was asked.
const answers = (passage) => passage.highlights.length > 0;

function badges(passage) {
  return [
    answers(passage) ? null : make("span", { class: "badge" }, say("near")),
    passage.status ? statusBadge(passage.status) : null,
    passage.digest ? make("span", { class: "badge digest" }, say("digest")) : null,
    passage.truncated ? make("span", { class: "badge" }, say("truncated")) : null,
  ].filter(Boolean);
}

function statusBadge(status) {
  return make(
    "span",
    { class: `badge ${status}`, title: say(`${status}Long`) },
    make("span", { "aria-hidden": "true" }, say(status)),
    make("span", { class: "unseen" }, say(`${status}Long`)),
  );
}

// The amounts in the answering words as numbers; not 「一批」, which counts nothing.
function figures(found) {
  const counted = found.filter(({ value, text }) => value !== 1 || !text.startsWith("一"));
  if (!counted.length) return null;
  const items = counted.map(({ value, unit, text }) => {
    const plain = `${value.toLocaleString("en-US", { maximumFractionDigits: 6 })} ${unit}`;
    const same = bare(text) === bare(plain);
    return make("li", {}, make("b", {}, text), same ? null : ` = ${plain}`);
  });
  return make("div", { class: "figures" }, make("span", {}, say("figures")), make("ul", { lang: "zh-CN" }, items));
}

function source(passage) {
  const parts = [
    passage.document,
    say("paragraph", { number: passage.paragraph }),
    passage.date,
    passage.url ? link(passage.url) : null,
    passage.spans.length > 1 ? say("pieces", { count: passage.spans.length }) : null,
    ...passage.also_at.map((printed) => alsoAt(printed)),
  ].filter(Boolean);
  return make("p", { class: "source" }, parts.flatMap((part, i) => (i ? [" · ", part] : [part])));
}

function alsoAt(printed) {
  const paragraph = say("paragraph", { number: printed.paragraph });
  const words = `${say("also")} ${printed.document} ${paragraph}`;
  const open = () => openPlace(printed);
  return make("button", { type: "button", class: "go", on: { click: open } }, words);
}

function tools(passage) {
  const about = { place: place(passage) };
  const open = make(
    "button",
    { type: "button", class: "action", "aria-label": say("openAbout", about) },
    say("open"),
  );
  open.addEventListener("click", () => openPassage(passage));
  const cite = copyButton("cite", say("citeAbout", about), () => citation(passage));
  return make("div", { class: "actions" }, open, cite);
}
