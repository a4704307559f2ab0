// The service's routes. What goes wrong comes back as a `Trouble` that tells a person what it is.

import { say } from "./words.js";

const PATIENCE = 60_000; // milliseconds
const MOST_HISTORY = 50;
const MOST_BYTES = 64 * 1024;

export class Trouble extends Error {
  constructor(message, code) {
    super(message);
    this.code = code;
  }
}

export function ask(question, history, districts, signal) {
  const body = fitting(question, history.slice(-MOST_HISTORY), districts);
  const headers = { "Content-Type": "application/json" };
  return json("ask", { method: "POST", headers, body }, signal);
}

// A question with as many of the latest ones before it as a request may hold.
function fitting(question, history, districts) {
  const body = JSON.stringify({ question, history, districts });
  const fits = new TextEncoder().encode(body).length <= MOST_BYTES;
  return fits || !history.length ? body : fitting(question, history.slice(1), districts);
}

export const districts = async () => (await json("districts")).districts;
export const suggestions = async () => (await json("suggestions")).suggestions;
export const passage = (id) => json(`passages/${encodeURIComponent(id)}`);

export const textAddress = (documentId) => `documents/${encodeURIComponent(documentId)}/text`;
export const text = async (documentId) => (await response(textAddress(documentId))).text();

async function json(address, options, signal) {
  const answer = await response(address, options, signal);
  try {
    return await answer.json();
  } catch {
    throw new Trouble(say("unreadable"), "unreadable");
  }
}

async function response(address, options = {}, signal = null) {
  const waiting = new AbortController();
  const timer = setTimeout(() => waiting.abort(), PATIENCE);
  const cancel = () => waiting.abort();
  signal?.addEventListener("abort", cancel);
  try {
    const answer = await fetch(address, { ...options, signal: waiting.signal });
    if (answer.ok) return answer;
    throw await refusal(answer);
  } catch (error) {
    if (error instanceof Trouble) throw error;
    if (signal?.aborted) throw new Trouble("", "cancelled");
    if (waiting.signal.aborted) throw new Trouble(say("slow"), "slow");
    throw new Trouble(say("offline"), "offline");
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", cancel);
  }
}

async function refusal(answer) {
  try {
    const { code, message } = (await answer.json()).error;
    return new Trouble(code === "not_ready" ? say("notReady", { message }) : message, code);
  } catch {
    return new Trouble(say("unreadable"), "unreadable");
  }
}
