// The page around the map: filters, the list of passages, and what is told of the chosen one.
const by = id => document.getElementById(id);
const STEP = 40;
let listed = STEP;

// Everything is put in as text, so that nothing in the data can run.
function make(tag, text = "", more = {}) {
  const made = document.createElement(tag);
  if (text !== "") made.textContent = text;
  for (const [name, value] of Object.entries(more)) made.setAttribute(name, value);
  return made;
}

const percent = part => part > 0 && part < 5 ? "<1 %" : Math.round(part / 10) + " %";
const where = i => {
  const [first, last] = P.place[i];
  return D.articles[P.article[i]].id + ":" + (first === last ? first : first + "–" + last);
};
const codeOf = i => D.languages[P.language[i]].id;

function options(id, list, all) {
  const select = by(id);
  select.append(make("option", all, {value: ""}));
  for (const one of list) {
    const text = id === "article" && one.label ? one.id + " " + one.label : label(one);
    select.append(make("option", text, {value: one.id, dir: "auto"}));
  }
}

function swatch(colour, shape) {
  const space = "http://www.w3.org/2000/svg", made = document.createElementNS(space, "svg");
  made.setAttribute("viewBox", "-8 -8 16 16");
  made.setAttribute("aria-hidden", "true");
  const mark = document.createElementNS(space, "path"), steps = [];
  const path = {moveTo: (x, y) => steps.push("M", x, y), lineTo: (x, y) => steps.push("L", x, y),
    rect: (x, y, w, h) => steps.push("M", x, y, "h", w, "v", h, "h", -w, "z"), closePath: () => steps.push("z"),
    arc: (x, y, r) => steps.push("M", -r, 0, "a", r, r, 0, 1, 0, 2 * r, 0, "a", r, r, 0, 1, 0, -2 * r, 0)};
  trace(path, shape, 0, 0, 6);
  mark.setAttribute("d", steps.join(" "));
  mark.setAttribute("fill", colour);
  made.append(mark);
  return made;
}

function key() {
  const list = listOf(state.colour), counts = new Map();
  for (const i of shown) counts.set(category(i, state.colour), (counts.get(category(i, state.colour)) || 0) + 1);
  const rows = [...counts].sort((a, b) => a[0] - b[0]).map(([c, n]) => {
    const row = make("li"), shape = state.colour === "language" ? shapes[c] : 1;
    const name = state.colour === "article" ? list[c].id : label(list[c]);
    row.append(swatch(list[c].colour, shape), make("bdi", name), " " + n);
    return row;
  });
  if (state.colour !== "language")
    for (const c of new Set(shown.map(i => P.language[i]))) {
      const row = make("li");
      row.append(swatch("#666", shapes[c]), make("bdi", label(D.languages[c])));
      rows.push(row);
    }
  by("key").replaceChildren(...rows);
}

function button(i) {
  const made = make("button", "", {type: "button", "data-passage": i});
  const theme = D.themes[main[i]];
  made.style.borderLeftColor = listOf(state.colour)[category(i, state.colour)].colour;
  made.append(make("b", where(i)), label(theme) + " " + percent(P.themes[i][main[i]]) + " ");
  const words = P.text.length ? P.text[i].slice(0, 140) : P.terms[i].slice(0, 8).map(t => D.terms[t]).join(", ");
  made.append(make("bdi", words, {class: "facts", lang: codeOf(i)}));
  if (i === chosen) made.setAttribute("aria-current", "true");
  return made;
}

function list() {
  const rows = shown.slice(0, listed).map(i => { const row = make("li"); row.append(button(i)); return row; });
  by("list").replaceChildren(...rows);
  by("more").hidden = shown.length <= listed;
}

function fact(into, name, ...told) {
  const value = make("dd", "", {dir: "auto"});
  value.append(...told);
  into.append(make("dt", name), value);
}

function go(i, text) {
  const made = make("button", text, {type: "button"});
  made.addEventListener("click", () => { choose(i); by("detail").focus(); });
  return made;
}

function tell() {
  const told = by("told");
  if (chosen < 0) {
    by("chosen").textContent = "No passage chosen";
    told.replaceChildren(make("p", "Click a passage on the map or in the list.", {class: "soft"}));
    return;
  }
  const i = chosen, article = D.articles[P.article[i]], facts = make("dl"), parts = [];
  const [, , start, end, words] = P.place[i];
  by("chosen").textContent = "Passage " + P.id[i];
  fact(facts, "Place", where(i) + ", characters " + start + " to " + end + ", " + words + " words, " + label(D.languages[P.language[i]]));
  fact(facts, "Article", make("bdi", [article.id, article.label, article.source, article.date].filter(Boolean).join(" · ")));
  if (P.text.length) parts.push(make("blockquote", P.text[i], {lang: codeOf(i), dir: "auto"}));
  fact(facts, "Themes", ...D.themes.map((theme, t) => [P.themes[i][t], t]).filter(([s]) => s >= 5)
    .sort((a, b) => b[0] - a[0]).map(([share, t]) => bar(D.themes[t], share)));
  fact(facts, "Topic", bar(D.topics[P.topic[i]], P.share[i]), P.weak[i] ? "a weak member: its topic hardly speaks for it" : "");
  for (const [, t, rank, said, nearest, near] of P.evidence.filter(row => row[0] === i))
    fact(facts, "Evidence " + rank + " of its article for " + label(D.themes[t]), make("bdi", said, {lang: codeOf(i)}),
      nearest ? "; nearest to “" + nearest + "” (" + (near / 1000).toFixed(2) + ")" : "");
  fact(facts, "Actors", P.actors[i].map(a => D.actors[a].label).join(", ") || "none named");
  fact(facts, "Terms", make("bdi", P.terms[i].map(t => D.terms[t]).join(", "), {lang: codeOf(i)}));
  const near = P.near[i], back = P.near.flatMap((j, k) => j === i ? [k] : []);
  if (near >= 0) fact(facts, "Nearest in another article (cosine " + (P.likeness[i] / 1000).toFixed(2) + ")", go(near, where(near)));
  if (back.length) fact(facts, "Nearest to it in other articles", ...back.slice(0, 12).map(k => go(k, where(k))));
  fact(facts, "More", make("code", "polythemes explain " + D.corpus + " " + article.id + ":" + P.place[i][0]));
  const home = make("button", "Back to the list", {type: "button"});
  home.addEventListener("click", () => (by("list").querySelector("[aria-current]") || by("q")).focus());
  told.replaceChildren(...parts, facts, home);
}

function bar(one, share) {
  const row = make("span", "", {class: "share"}), stripe = make("i", "", {"aria-hidden": "true"});
  stripe.style.width = share / 10 + "%";
  stripe.style.color = one.colour;
  row.append(make("bdi", label(one)), stripe, make("span", percent(share)));
  return row;
}

function say() {
  const extra = chosen < 0 ? "" : visible[chosen] ? "; chosen: " + where(chosen) : "; chosen: " + where(chosen) + ", which the filters leave out";
  by("status").textContent = shown.length + " of " + N + " passages" + extra;
}

function keep() {
  const told = address();
  by("share").href = told;
  // In a frame of a notebook there is no address to keep.
  try { history.replaceState(null, "", told); } catch { /* the link has it */ }
}

function choose(i) {
  chosen = i;
  for (const one of by("list").querySelectorAll("button"))
    one.toggleAttribute("aria-current", Number(one.dataset.passage) === i);
  tell(); say(); keep(); draw();
}

function renew() {
  select(); list(); key(); tell(); say(); keep(); draw();
}

function fill() {
  for (const name of FILTERS) by(name).value = state[name];
}

function read() {
  for (const name of FILTERS) state[name] = by(name).value.trim();
  listed = STEP;
  renew();
}

function walk(event) {
  const ways = {ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1]};
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key in ways) {
    const next = chosen >= 0 && visible[chosen] ? beyond(chosen, ...ways[event.key]) : at(width / 2, height / 2, 1e6);
    if (next >= 0) choose(next);
  } else if (event.key === "+" || event.key === "=") zoom(1.4);
  else if (event.key === "-") zoom(1 / 1.4);
  else if (event.key === "0") fit();
  else if (event.key === "Escape") choose(-1);
  else return;
  event.preventDefault();
}

function drag() {
  const held = new Map();
  let moved = 0;
  canvas.addEventListener("pointerdown", event => {
    if (!held.size) moved = 0;
    held.set(event.pointerId, [event.offsetX, event.offsetY]);
    canvas.setPointerCapture(event.pointerId);
  });
  canvas.addEventListener("pointermove", event => {
    const before = held.get(event.pointerId), now = [event.offsetX, event.offsetY];
    if (!before) { const i = at(...now); canvas.title = i < 0 ? "" : where(i) + " " + label(D.themes[main[i]]); return; }
    const other = [...held].find(([id]) => id !== event.pointerId)?.[1];
    if (other) zoom(Math.hypot(now[0] - other[0], now[1] - other[1]) / Math.max(1, Math.hypot(before[0] - other[0], before[1] - other[1])),
      (now[0] + other[0]) / 2, (now[1] + other[1]) / 2);
    else { view.x -= (now[0] - before[0]) / view.scale; view.y += (now[1] - before[1]) / view.scale; draw(); }
    moved += Math.abs(now[0] - before[0]) + Math.abs(now[1] - before[1]);
    held.set(event.pointerId, now);
  });
  canvas.addEventListener("pointerup", event => {
    if (held.size === 1 && moved < 6) { const i = at(event.offsetX, event.offsetY); if (i >= 0) choose(i); }
    held.delete(event.pointerId);
  });
  canvas.addEventListener("pointercancel", event => held.delete(event.pointerId));
  canvas.addEventListener("wheel", event => { event.preventDefault(); zoom(Math.exp(-event.deltaY / 400), event.offsetX, event.offsetY); }, {passive: false});
}

function begin() {
  options("theme", D.themes, "all themes");
  options("topic", D.topics, "all topics");
  options("language", D.languages, "all languages");
  options("article", D.articles, "all articles");
  options("actor", [...D.actors].sort((a, b) => a.label.localeCompare(b.label, "en")), "all actors");
  readAddress(); fill();
  by("filters").addEventListener("input", read);
  by("filters").addEventListener("submit", event => event.preventDefault());
  by("reset").addEventListener("click", event => { event.preventDefault(); location.hash = ""; for (const name of FILTERS) by(name).value = PLAIN[name] || ""; chosen = -1; read(); fit(); });
  by("list").addEventListener("click", event => { const one = event.target.closest("button"); if (one) { choose(Number(one.dataset.passage)); by("detail").focus(); } });
  by("more").addEventListener("click", () => { const first = listed; listed += STEP; list(); by("list").children[first]?.firstChild.focus(); });
  by("in").addEventListener("click", () => zoom(1.4));
  by("out").addEventListener("click", () => zoom(1 / 1.4));
  by("fit").addEventListener("click", fit);
  canvas.addEventListener("keydown", walk);
  window.addEventListener("hashchange", () => { readAddress(); fill(); renew(); });
  window.addEventListener("resize", resize);
  drag(); resize(); renew();
  // A font that the page holds may come after the first drawing.
  document.fonts?.ready.then(draw);
}
begin();
