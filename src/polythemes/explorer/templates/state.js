"use strict";
// What is shown: the data, the filters, and the address that tells of them.
const D = JSON.parse(document.getElementById("data").textContent);
const P = D.passages, N = P.id.length;
const FILTERS = ["q", "theme", "least", "topic", "language", "article", "actor", "from", "to", "colour"];
const PLAIN = {least: "33", colour: "theme"};
const state = {};
let shown = [], visible = new Uint8Array(N), chosen = -1;

// Case, accents and full-width forms make no difference.
const fold = text => text.normalize("NFKD").replace(/\p{M}/gu, "").replace(/ß/g, "ss").toLowerCase();
const terms = D.terms.map(fold), actors = D.actors.map(one => fold(one.label));
const titles = D.articles.map(one => fold([one.id, one.label, one.source].join(" ")));
const hay = P.id.map((id, i) => [
  id, titles[P.article[i]], ...P.terms[i].map(t => terms[t]), ...P.actors[i].map(a => actors[a]),
  ...(P.text.length ? [fold(P.text[i])] : [])].join("\n"));
// The theme that takes most of a passage.
const main = P.themes.map(row => row.indexOf(Math.max(...row)));

const place = (list, id) => list.findIndex(one => one.id === id);
const label = one => one.label && one.label !== one.id ? one.label : one.id;

function category(i, by) {
  return by === "topic" ? P.topic[i] : by === "language" ? P.language[i]
    : by === "article" ? P.article[i] : main[i];
}
const listOf = by => D[{topic: "topics", language: "languages", article: "articles"}[by] || "themes"];

// A date that tells only a year lies in every month of it.
function within(date, from, to) {
  if (!from && !to) return true;
  return Boolean(date) && (!from || date + "~" >= from) && (!to || date <= to + "~");
}

function select() {
  const words = fold(state.q).split(/\s+/).filter(Boolean);
  const theme = place(D.themes, state.theme), topic = place(D.topics, state.topic);
  const language = place(D.languages, state.language), actor = place(D.actors, state.actor);
  const article = place(D.articles, state.article), least = 10 * Number(state.least);
  const bound = least === 330 ? 1000 / 3 : least;
  const dated = D.articles.map(one => within(one.date, state.from, state.to));
  shown = [];
  for (let i = 0; i < N; i++) {
    const holds = (theme < 0 || P.themes[i][theme] >= bound) && (topic < 0 || P.topic[i] === topic)
      && (language < 0 || P.language[i] === language) && (article < 0 || P.article[i] === article)
      && (actor < 0 || P.actors[i].includes(actor)) && dated[P.article[i]]
      && words.every(word => hay[i].includes(word));
    visible[i] = holds ? 1 : 0;
    if (holds) shown.push(i);
  }
  // With a theme, those that speak most for it come first.
  if (theme >= 0) shown.sort((a, b) => P.themes[b][theme] - P.themes[a][theme] || a - b);
}

function address() {
  const told = new URLSearchParams();
  for (const name of FILTERS)
    if (state[name] !== (PLAIN[name] || "")) told.set(name, state[name]);
  if (chosen >= 0) told.set("passage", P.id[chosen]);
  return "#" + told.toString();
}

function readAddress() {
  const told = new URLSearchParams(location.hash.slice(1));
  const lists = {theme: D.themes, topic: D.topics, language: D.languages, article: D.articles, actor: D.actors};
  for (const name of FILTERS) {
    const value = told.get(name) ?? (PLAIN[name] || "");
    const known = name in lists ? place(lists[name], value) >= 0
      : name === "least" ? ["10", "33", "50", "75"].includes(value)
      : name === "colour" ? ["theme", "topic", "language", "article"].includes(value) : true;
    state[name] = known ? value : (PLAIN[name] || "");
  }
  chosen = P.id.indexOf(told.get("passage") || "");
}
