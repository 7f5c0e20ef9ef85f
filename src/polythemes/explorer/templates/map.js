// The map: passages as marks on a canvas, by language a shape of their own.
const canvas = document.getElementById("map"), pen = canvas.getContext("2d");
const MANY = 5000;
const view = {x: 0, y: 0, scale: 1};
let width = 1, height = 1, drawing = false;
// Matplotlib's markers by the shape that stands for them: circle, square, triangles, diamond, plus, bar.
const shapes = D.languages.map(one => Math.max(0, ["o", "s", "^", "v", "D", "P", "X"].indexOf(one.marker)));

function extent(indices) {
  let [a, b, c, d] = [Infinity, -Infinity, Infinity, -Infinity];
  for (const i of indices) {
    a = Math.min(a, P.x[i]); b = Math.max(b, P.x[i]);
    c = Math.min(c, P.y[i]); d = Math.max(d, P.y[i]);
  }
  return N ? [a, b, c, d] : [0, 1, 0, 1];
}

function fit() {
  const [a, b, c, d] = extent(P.id.keys()), room = 36;
  view.scale = Math.min((width - 2 * room) / Math.max(1, b - a), (height - 2 * room) / Math.max(1, d - c));
  view.x = (a + b) / 2;
  view.y = (c + d) / 2;
  draw();
}

const across = i => width / 2 + (P.x[i] - view.x) * view.scale;
const down = i => height / 2 - (P.y[i] - view.y) * view.scale;

function trace(path, shape, x, y, r) {
  if (shape === 1) return path.rect(x - r * .9, y - r * .9, r * 1.8, r * 1.8);
  if (shape === 2 || shape === 3) {
    const s = shape === 2 ? 1 : -1;
    path.moveTo(x, y - s * r * 1.15); path.lineTo(x + r * 1.1, y + s * r * .85); path.lineTo(x - r * 1.1, y + s * r * .85);
    return path.closePath();
  }
  if (shape === 4) {
    path.moveTo(x, y - r * 1.25); path.lineTo(x + r * 1.1, y); path.lineTo(x, y + r * 1.25); path.lineTo(x - r * 1.1, y);
    return path.closePath();
  }
  if (shape === 5) { path.rect(x - r * 1.1, y - r * .4, r * 2.2, r * .8); return path.rect(x - r * .4, y - r * 1.1, r * .8, r * 2.2); }
  if (shape === 6) { path.rect(x - r * 1.2, y - r * .5, r * 2.4, r); return; }
  path.moveTo(x + r, y); path.arc(x, y, r, 0, 2 * Math.PI);
}

// A mark is drawn once for each colour and shape, then stamped: thousands stay fluid.
function stamp(stamps, colour, shape, r, ratio) {
  const key = colour + shape;
  if (!stamps.has(key)) {
    const made = document.createElement("canvas"), own = made.getContext("2d"), path = new Path2D();
    made.width = made.height = Math.ceil(ratio * (3 * r + 2));
    own.scale(ratio, ratio);
    trace(path, shape, made.width / ratio / 2, made.width / ratio / 2, r);
    own.fillStyle = colour;
    own.fill(path);
    if (N < 3000) { own.strokeStyle = "#fff"; own.lineWidth = .8; own.stroke(path); }
    stamps.set(key, made);
  }
  return stamps.get(key);
}

function marks(wanted, colour, r, ratio) {
  const stamps = new Map(), side = Math.max(2, Math.round(1.8 * r * ratio));
  let last = "";
  for (let i = 0; i < N; i++) {
    if (visible[i] !== wanted) continue;
    const x = across(i), y = down(i);
    if (x < -9 || y < -9 || x > width + 9 || y > height + 9) continue;
    if (N > MANY) {
      // So many are small: their shapes could not be told apart.
      if (colour(i) !== last) pen.fillStyle = last = colour(i);
      pen.fillRect(Math.round((x - r) * ratio), Math.round((y - r) * ratio), side, side);
      continue;
    }
    const mark = stamp(stamps, colour(i), shapes[P.language[i]], r, ratio), half = mark.width / 2;
    pen.drawImage(mark, Math.round(x * ratio - half), Math.round(y * ratio - half));
  }
}

function paint() {
  drawing = false;
  const ratio = window.devicePixelRatio || 1, by = state.colour, list = listOf(by);
  const r = Math.max(2, Math.min(5.5, 90 / Math.sqrt(N + 1)));
  pen.setTransform(1, 0, 0, 1, 0, 0);
  pen.clearRect(0, 0, canvas.width, canvas.height);
  marks(0, () => "#e3e3e3", r * .75, ratio);
  marks(1, i => list[category(i, by)].colour, r, ratio);
  pen.setTransform(ratio, 0, 0, ratio, 0, 0);
  names(by, list);
  if (chosen >= 0) ring(chosen, r + 5, 3);
  if (chosen >= 0 && P.near[chosen] >= 0) ring(P.near[chosen], r + 4, 1.5);
}

function ring(i, r, line) {
  pen.beginPath();
  pen.arc(across(i), down(i), r, 0, 2 * Math.PI);
  pen.strokeStyle = "#000";
  pen.lineWidth = line;
  pen.stroke();
}

// Names stand in the middle of what they name, the largest first, none over another.
function names(by, list) {
  const sums = list.map(() => [0, 0, 0]);
  for (const i of shown) {
    const sum = sums[category(i, by)];
    sum[0] += across(i); sum[1] += down(i); sum[2] += 1;
  }
  const taken = [];
  pen.font = "600 13px " + getComputedStyle(document.documentElement).fontFamily;
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  const order = sums.map((sum, c) => [sum[2], c]).filter(([n]) => n).sort((a, b) => b[0] - a[0] || a[1] - b[1]);
  for (const [n, c] of order.slice(0, 12)) {
    const whole = by === "article" ? list[c].id : label(list[c]);
    const text = whole.length > 34 ? whole.slice(0, 33) + "…" : whole;
    const half = pen.measureText(text).width / 2 + 4;
    const x = Math.min(width - half, Math.max(half, sums[c][0] / n)), y = sums[c][1] / n;
    if (taken.some(([a, b, h]) => Math.abs(a - x) < half + h && Math.abs(b - y) < 18)) continue;
    taken.push([x, y, half]);
    pen.lineWidth = 4; pen.lineJoin = "round";
    pen.strokeStyle = "rgba(255,255,255,.92)"; pen.strokeText(text, x, y);
    pen.fillStyle = "#111"; pen.fillText(text, x, y);
  }
}

function draw() {
  if (drawing) return;
  drawing = true;
  requestAnimationFrame(paint);
}

function resize() {
  const box = canvas.getBoundingClientRect(), ratio = window.devicePixelRatio || 1;
  width = Math.max(50, box.width); height = Math.max(50, box.height);
  canvas.width = Math.round(width * ratio); canvas.height = Math.round(height * ratio);
  fit();
}

function zoom(by, x = width / 2, y = height / 2) {
  const to = Math.min(5, Math.max(.005, view.scale * by));
  view.x += (x - width / 2) * (1 / view.scale - 1 / to);
  view.y -= (y - height / 2) * (1 / view.scale - 1 / to);
  view.scale = to;
  draw();
}

function at(x, y, most = 14) {
  let best = -1, least = most * most;
  for (const i of shown) {
    const far = (across(i) - x) ** 2 + (down(i) - y) ** 2;
    if (far < least) { least = far; best = i; }
  }
  return best;
}

// The nearest passage in a direction: one far aside counts as farther.
function beyond(i, dx, dy) {
  let best = -1, least = Infinity;
  for (const j of shown) {
    const x = across(j) - across(i), y = down(j) - down(i);
    const on = x * dx + y * dy, off = Math.abs(x * dy - y * dx);
    const far = on + 2 * off;
    if (j !== i && on > .5 && far < least) { least = far; best = j; }
  }
  return best;
}
