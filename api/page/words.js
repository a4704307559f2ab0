// What the page says, in Chinese and in English, and which of the two it speaks.
// Passages and the service's own messages are Chinese in either.

const CHINESE = {
  skip: "跳到提问框",
  new: "新对话",
  title: "各地区有什么打算？",
  lead: "回答是文件里的原话，一字不改，带着出处；文件没有说的，就告诉您没有。标着“摘要”的不是原话。",
  covers: "现有文件涉及 {count} 个地区：{names}",
  coversMore: "现有文件涉及 {count} 个地区：{names}等",
  suggested: "可以这样问",
  districts: "地区",
  onlyIn: "只在这些地区里找",
  anywhere: "不限",
  question: "问题",
  placeholder: "想问各地区什么？",
  placeholderNext: "接着问：那别的区呢？",
  send: "提问",
  keys: "Enter 提问，Shift+Enter 换行，Esc 取消",
  asked: "您问：",
  searching: "正在文件里找…",
  understood: "理解为：{question}",
  corrected: "“{was}”当作{name}",
  only: "只在{names}里找",
  refused: "文件没有回答：{reason}",
  unknown_district: "没有这个地区的文件",
  district_silent: "这个地区的文件没有说到",
  no_evidence: "文件都没有说到",
  off_topic: "不是这些文件的事",
  toldBest: "{message}",
  toldAll: "{message}",
  toldSome: "{message}",
  toldNear: "{message}",
  toldNothing: "{message}",
  nearest: "最接近的 {count} 段，不是回答",
  passages: "原文 {count} 段",
  digests: "摘要 {count} 段",
  table: "各地区的回答",
  district: "地区",
  answer: "回答",
  silent: "没有提到",
  missing: "没有这个地区的文件",
  passageNumber: "原文 {number}",
  digestNumber: "摘要 {number}",
  near: "只是相近",
  digest: "摘要，非原文",
  truncated: "原件印到此处中断",
  planned: "拟",
  plannedLong: "说的是打算",
  ongoing: "正在",
  ongoingLong: "说的是正在做的事",
  done: "已",
  doneLong: "说的是已成的事",
  paragraph: "第 {number} 段",
  pieces: "原件分 {count} 处印出，已接上",
  also: "又见",
  figures: "数量",
  open: "看上下文",
  openAbout: "看上下文：{place}",
  cite: "复制引文",
  citeAbout: "复制引文：{place}",
  link: "复制链接",
  copied: "已复制",
  copyByHand: "浏览器不让复制，请手动选中复制：",
  again: "再试一次",
  edit: "改问题",
  failed: "没有问成",
  offline: "连不上服务。请看看网络，或服务是不是停了。",
  slow: "等了太久，服务没有回应。",
  notReady: "服务还没准备好：{message}",
  unreadable: "服务的回答读不懂。",
  reading: "正在打开全文…",
  close: "关闭",
  wholeText: "全文",
  plainText: "纯文本全文",
  before: "上一段",
  after: "下一段",
  leftOut: "……此处有 {count} 字未显示，见纯文本全文……",
  answered: "有回答。{message}",
  refusedTold: "没有回答。{message}",
  gone: "已取消，问题放回了提问框。",
  started: "已开始新对话。",
  nothing: "请先写出要问的话。",
};

const ENGLISH = {
  skip: "Skip to the question",
  new: "New conversation",
  title: "What does each district plan?",
  lead:
    "Answers are the documents’ own words with their source, never rewritten; what the documents" +
    " don’t say, you are told they don’t. What is marked “digest” is our summary. Questions and" +
    " passages are in Chinese.",
  covers: "The documents cover {count} districts: {names}",
  coversMore: "The documents cover {count} districts: {names} …",
  suggested: "For example",
  districts: "Districts",
  onlyIn: "Search these districts only",
  anywhere: "all",
  question: "Question",
  placeholder: "Ask in Chinese",
  placeholderNext: "Ask on: 那别的区呢？",
  send: "Ask",
  keys: "Enter asks, Shift+Enter starts a line, Esc cancels",
  asked: "You asked: ",
  searching: "Searching the documents…",
  understood: "Understood as: {question}",
  corrected: "“{was}” taken as {name}",
  only: "Searched in {names} only",
  refused: "The documents don’t answer this: {reason}",
  unknown_district: "no document of this district",
  district_silent: "this district’s documents don’t mention it",
  no_evidence: "no document mentions it",
  off_topic: "not a question for these documents",
  toldBest: "The best passage is from {place} ({count} shown, the best first).",
  toldAll: "Found for {speaking} ({count} shown).",
  toldSome: "Found for {speaking}, nothing for {silent} ({count} shown).",
  toldNear: "The nearest passages are below; judge for yourself.",
  toldNothing: "Ask what a district plans, its figures, or how it goes about something.",
  nearest: "The nearest {count} passages, not an answer",
  passages: "{count} passages",
  digests: "{count} passages of the digest",
  table: "Answers by district",
  district: "District",
  answer: "Answer",
  silent: "not mentioned",
  missing: "no document of this district",
  passageNumber: "passage {number}",
  digestNumber: "digest {number}",
  near: "only near",
  digest: "digest, not the source",
  truncated: "the original breaks off here",
  planned: "planned",
  plannedLong: "tells a plan",
  ongoing: "under way",
  ongoingLong: "tells of work under way",
  done: "done",
  doneLong: "tells of something done",
  paragraph: "paragraph {number}",
  pieces: "printed in {count} pieces, joined here",
  also: "Also in",
  figures: "Figures",
  open: "In context",
  openAbout: "In context: {place}",
  cite: "Copy citation",
  citeAbout: "Copy citation: {place}",
  link: "Copy link",
  copied: "Copied",
  copyByHand: "The browser won’t copy; please select and copy this:",
  again: "Try again",
  edit: "Change the question",
  failed: "The question wasn’t answered",
  offline: "The service can’t be reached. Check the network, or whether it has stopped.",
  slow: "The service took too long to answer.",
  notReady: "The service isn’t ready: {message}",
  unreadable: "The service’s answer can’t be read.",
  reading: "Opening the text…",
  close: "Close",
  wholeText: "Whole text",
  plainText: "Plain text",
  before: "Previous passage",
  after: "Next passage",
  leftOut: "… {count} characters not shown; see the plain text …",
  answered: "Answered. {message}",
  refusedTold: "Not answered. {message}",
  gone: "Cancelled; the question is back in the box.",
  started: "New conversation started.",
  nothing: "Write a question first.",
};

const KEPT = "quanwen.language";

let words = chosen() === "en" ? ENGLISH : CHINESE;

// The language switched to earlier, else the browser's first that is Chinese or English.
function chosen() {
  const asked = [kept(), ...(navigator.languages || [navigator.language])].map((tag) =>
    String(tag).slice(0, 2).toLowerCase(),
  );
  return asked.find((tag) => tag === "zh" || tag === "en") || "zh";
}

function kept() {
  try {
    return localStorage.getItem(KEPT);
  } catch {
    return null; // the browser keeps nothing
  }
}

export function isEnglish() {
  return words === ENGLISH;
}

export function say(key, values = {}) {
  return words[key].replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

export function list(names) {
  return names.join(isEnglish() ? ", " : "、");
}

export function switchLanguage() {
  words = isEnglish() ? CHINESE : ENGLISH;
  try {
    localStorage.setItem(KEPT, isEnglish() ? "en" : "zh");
  } catch {
    // then the choice lasts until the page is closed
  }
  translate();
}

// Puts the words into everything that names one: its text, its label or its placeholder.
export function translate(root = document) {
  document.documentElement.lang = isEnglish() ? "en" : "zh-CN";
  for (const element of root.querySelectorAll("[data-word]")) {
    element.textContent = say(element.dataset.word, element.dataset);
  }
  for (const element of root.querySelectorAll("[data-label]")) {
    element.setAttribute("aria-label", say(element.dataset.label, element.dataset));
  }
  for (const element of root.querySelectorAll("[data-placeholder]")) {
    element.placeholder = say(element.dataset.placeholder);
  }
}
