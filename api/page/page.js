// The conversation: what is asked, with what history and in which districts, and what comes back.
// Nothing of it is kept but in this page; how an answer looks is in answer.js.

import { answerElement, gist } from "./answer.js";
import { copyButton } from "./citation.js";
import { make } from "./dom.js";
import * as service from "./service.js";
import { list, say, switchLanguage, translate } from "./words.js";

const MOST_NAMES = 12;
const FEW_DISTRICTS = 8;
const WIDE = matchMedia("(min-width: 48rem)");
const PAUSE = 2000; // milliseconds until the service is asked again whether it is ready

const [start, covers, conversation, form, field, filter, status] = [
  "start", "covers", "conversation", "ask", "question", "filter", "status",
].map((id) => document.getElementById(id));

let turns = []; // { element, draw, asked }, oldest first
let running = null; // what cancels the question under way
let count = 0; // of turns begun
let only = []; // the districts to search, none for all
let covered = []; // the districts that there are
let looking = 0; // which look around is the newest

// --- asking -------------------------------------------------------------------------------------

// `alone`: whatever was asked before, the question doesn't follow up on it.
async function ask(question, alone = false) {
  if (running) return;
  if (!question.trim()) {
    status.textContent = say("nothing");
    return;
  }
  const within = only;
  const turn = begin(question);
  running = new AbortController();
  try {
    const before = alone ? [] : turns.filter((other) => other.asked);
    const history = before.map((other) => other.asked);
    const answer = await service.ask(question, history, within, running.signal);
    if (!turns.includes(turn)) return; // a new conversation has begun meanwhile
    turn.asked = question;
    turn.draw = () => drawAnswer(turn, question, answer, within);
    turn.draw();
    turn.element.scrollIntoView({ block: "start" });
    status.textContent = say(answer.answered ? "answered" : "refusedTold", { message: gist(answer) });
    remember(answer.understood.question, within);
  } catch (trouble) {
    if (!(trouble instanceof service.Trouble)) throw trouble;
    if (!turns.includes(turn)) return;
    if (trouble.code === "cancelled") takeBack(turn, question);
    else fail(turn, question, trouble, alone);
  } finally {
    running = null;
    conversation.removeAttribute("aria-busy");
    form.classList.remove("busy");
  }
}

function begin(question) {
  const id = `turn-${++count}`;
  const heading = make(
    "h2",
    { id, class: "asked" },
    make("span", { class: "unseen", data: { word: "asked" } }, say("asked")),
    question,
  );
  const busy = make("p", { class: "busy-note" }, say("searching"));
  const element = make("article", { class: "turn", "aria-labelledby": id }, heading, busy);
  const turn = { element, id, asked: null, draw: () => {} };
  turns.push(turn);
  start.hidden = true;
  filter.open = false;
  conversation.append(element);
  conversation.setAttribute("aria-busy", "true");
  form.classList.add("busy");
  status.textContent = say("searching");
  setQuestion("");
  field.dataset.placeholder = "placeholderNext";
  field.placeholder = say("placeholderNext");
  element.scrollIntoView({ block: "start" });
  return turn;
}

function drawAnswer(turn, question, answer, within) {
  const link = copyButton("link", null, () => addressOf(answer.understood.question, within));
  const shown = answerElement(question, answer, within, turn.id);
  shown.append(make("div", { class: "actions turn-actions" }, link));
  turn.element.replaceChildren(turn.element.firstChild, shown);
}

function fail(turn, question, trouble, alone) {
  turn.draw = () => {
    const again = make("button", { type: "button", class: "action" }, say("again"));
    const edit = make("button", { type: "button", class: "action" }, say("edit"));
    again.addEventListener("click", () => {
      drop(turn);
      ask(question, alone);
      field.focus();
    });
    edit.addEventListener("click", () => takeBack(turn, question));
    const told = make("p", { class: "verdict" }, say("failed"));
    const why = make("p", { class: "message" }, trouble.message);
    const panel = make("div", { class: "answer failed", role: "alert" }, told, why);
    panel.append(make("div", { class: "actions" }, again, edit));
    turn.element.replaceChildren(turn.element.firstChild, panel);
  };
  turn.draw();
  turn.element.scrollIntoView({ block: "start" });
  status.textContent = "";
}

// Takes a turn out of the conversation and puts its question back into the box.
function takeBack(turn, question) {
  drop(turn);
  if (!field.value) setQuestion(question);
  status.textContent = say("gone");
  field.focus();
}

function drop(turn) {
  turn.element.remove();
  turns = turns.filter((other) => other !== turn);
  start.hidden = turns.length > 0;
}

function startAnew() {
  running?.abort();
  for (const turn of turns) turn.element.remove();
  turns = [];
  start.hidden = false;
  field.dataset.placeholder = "placeholder";
  field.placeholder = say("placeholder");
  history.replaceState(null, "", location.pathname);
  document.title = "泉问";
  status.textContent = say("started");
  setQuestion("");
  field.focus();
  scrollTo(0, 0);
  lookAround();
}

// --- the address --------------------------------------------------------------------------------

// A question's own address, to be shared: the whole question, so that it needs no history. It
// stands after the #, which no browser sends to a service: no log and no referrer has it.
function addressOf(question, within) {
  const asked = new URLSearchParams([["q", question], ...within.map((name) => ["district", name])]);
  return `${location.origin}${location.pathname}#${asked}`;
}

function remember(question, within) {
  history.replaceState(null, "", addressOf(question, within));
  document.title = `${question} · 泉问`;
}

// Asks what the address asks, after the # or, as other pages link, after the ?.
function askOfAddress() {
  const inside = new URLSearchParams(location.hash.slice(1));
  const asked = inside.has("q") ? inside : new URLSearchParams(location.search);
  const question = asked.get("q");
  if (!question) return;
  only = asked.getAll("district");
  drawDistricts();
  history.replaceState(null, "", addressOf(question, only));
  ask(question, true);
}

// --- districts and suggestions ------------------------------------------------------------------

// Shows what the service covers and what to ask first; waits until its index is open.
async function lookAround() {
  const own = ++looking;
  while (own === looking) {
    try {
      covered = (await service.districts()).map((district) => district.name);
      drawDistricts();
      drawCovers();
      filter.open = turns.length === 0 && covered.length <= FEW_DISTRICTS && WIDE.matches;
      service.suggestions().then(drawSuggestions, () => drawSuggestions([]));
      return;
    } catch (trouble) {
      if (covers.textContent !== trouble.message) covers.textContent = trouble.message;
      await new Promise((resolve) => setTimeout(resolve, PAUSE));
    }
  }
}

function drawDistricts() {
  // One that an address names and no document has can be taken back too.
  const chips = [...new Set([...covered, ...only])].map((name) => {
    const box = make("input", { type: "checkbox", value: name });
    box.checked = only.includes(name);
    return make("label", { class: "chip", lang: "zh-CN" }, box, make("span", {}, name));
  });
  document.getElementById("districts").replaceChildren(...chips);
  filter.hidden = covered.length < 2;
  drawChosen();
}

function drawChosen() {
  const chosen = document.getElementById("filter-chosen");
  chosen.textContent = only.length ? list(only) : say("anywhere");
}

function drawCovers() {
  const names = list(covered.slice(0, MOST_NAMES));
  const word = covered.length > MOST_NAMES ? "coversMore" : "covers";
  covers.textContent = covered.length ? say(word, { count: covered.length, names }) : "";
}

function drawSuggestions(questions) {
  const items = questions.map((question) => {
    const button = make("button", { type: "button", lang: "zh-CN" }, question);
    button.addEventListener("click", () => {
      ask(question);
      field.focus();
    });
    return make("li", {}, button);
  });
  const box = document.getElementById("suggestions");
  box.querySelector("ul").replaceChildren(...items);
  box.hidden = items.length === 0;
}

// --- the box ------------------------------------------------------------------------------------

function setQuestion(text) {
  field.value = text;
  fit();
}

function fit() {
  field.style.height = "auto";
  field.style.height = `${field.scrollHeight}px`;
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  ask(field.value);
  field.focus();
});
field.addEventListener("input", fit);
field.addEventListener("keydown", (event) => {
  // While a word is being composed, Enter belongs to the input method (229: Safari's way to say so).
  const composing = event.isComposing || event.keyCode === 229;
  if (event.key === "Enter" && !event.shiftKey && !composing) {
    event.preventDefault();
    form.requestSubmit();
  }
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && !event.isComposing) running?.abort();
});
filter.addEventListener("change", () => {
  only = [...filter.querySelectorAll("input:checked")].map((box) => box.value);
  drawChosen();
});
document.getElementById("new").addEventListener("click", startAnew);
document.getElementById("language").addEventListener("click", () => {
  switchLanguage();
  nameOtherLanguage();
  for (const turn of turns) turn.draw();
  drawCovers();
  drawChosen();
});
addEventListener("hashchange", askOfAddress);

function nameOtherLanguage() {
  const button = document.getElementById("language");
  const english = document.documentElement.lang === "en";
  button.textContent = english ? "中文" : "English";
  button.lang = english ? "zh-CN" : "en";
}

// --- printing -----------------------------------------------------------------------------------

let unfolded = [];
addEventListener("beforeprint", () => {
  unfolded = [...conversation.querySelectorAll("details:not([open])")];
  for (const details of unfolded) details.open = true;
});
addEventListener("afterprint", () => {
  for (const details of unfolded) details.open = false;
});

translate();
nameOtherLanguage();
fit();
field.focus();
lookAround().then(askOfAddress);
