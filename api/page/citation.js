// A passage's address and its quotation, as one puts them into a text, and the clipboard.
// The form is that of qa/citation.py.

import { Characters, make } from "./dom.js";
import { say } from "./words.js";

const NOTED = 2500; // milliseconds that a button says what it did

// 洛江区《办好家门口的学校》（洛江.txt 第2段，2025-03-01）：「全区今年新建两所小学。」
export function citation(passage) {
  const headline = passage.article ? `《${passage.article}》` : "";
  const notes = [
    `${passage.document} 第${passage.paragraph}段`,
    passage.date,
    passage.url,
    passage.digest ? "摘要，非原文" : null,
  ];
  const where = notes.filter(Boolean).join("，");
  return `${passage.district || ""}${headline}（${where}）：「${quotation(passage)}」`;
}

// The answering words, what is left out between them shown; where none answer, the whole passage.
export function quotation(passage) {
  const text = new Characters(passage.text);
  let words = "";
  let done = 0;
  for (const [start, end] of passage.highlights) {
    words += `${words && start > done ? "……" : ""}${text.slice(start, end)}`;
    done = end;
  }
  return words || passage.text;
}

export function place(passage) {
  const where = `${passage.document} 第${passage.paragraph}段`;
  return [passage.district, passage.article, where].filter(Boolean).join(" · ");
}

// A button that copies what `text()` returns and says that it did, or shows it to be copied by hand.
export function copyButton(word, label, text) {
  const button = make("button", { type: "button", class: "action" }, say(word));
  if (label) button.setAttribute("aria-label", label);
  button.addEventListener("click", async () => {
    if (await copy(text(), button)) note(button, word, label);
    else showByHand(button, text());
  });
  return button;
}

async function copy(text, button) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyBySelection(text, button); // no clipboard, or not over plain HTTP
  }
}

// The older way, which works over plain HTTP too. In a dialog only what is inside can be selected.
function copyBySelection(text, button) {
  const area = make("textarea", { class: "unseen", "aria-hidden": "true" });
  area.value = text;
  button.after(area);
  area.select();
  try {
    return document.execCommand("copy");
  } finally {
    area.remove();
    button.focus();
  }
}

function note(button, word, label) {
  button.textContent = say("copied");
  button.removeAttribute("aria-label");
  document.getElementById("status").textContent = say("copied");
  clearTimeout(button.noted);
  button.noted = setTimeout(() => {
    button.textContent = say(word);
    if (label) button.setAttribute("aria-label", label);
  }, NOTED);
}

function showByHand(button, text) {
  const area = make("textarea", { class: "by-hand", readonly: "", rows: "4" });
  area.value = text;
  button.parentElement.after(make("label", { class: "by-hand-label" }, say("copyByHand"), area));
  area.select();
}
