// Drawings: a camera over each, bands that stay in sight, elements only of groups in view.

/** Distance that the name of a stage keeps from the titles of the lanes, in map units. */
const INSET = 14;
/** Largest share of the window that pinned bands may cover. */
const MOST_PINNED = 0.5;
/** Height that the controls of the presentation need at the bottom, in pixels. */
const CONTROLS = 64;
const ZOOMS = { least: 0.02, most: 4 };

const zoomRanges = root.dataset.zooms.split(" ").filter(Boolean).map((range) => {
  const [from, below] = range.split("-");
  return { from: Number(from), below: below ? Number(below) : Infinity };
});
const contains = (range, zoom) => zoom >= range.from && zoom < range.below;

function svgElement(name, attributes, children = []) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

const numbers = (text) => (text ?? "").split(" ").filter(Boolean).map(Number);
const clamp = (value, least, most) => Math.min(Math.max(value, least), most);

/** What begins a run or a group in the text of a drawing. */
const NEXT = "\n<g ";

/** The first element of some SVG. */
function svgOf(markup) {
  const holder = document.createElement("template");
  holder.innerHTML = `<svg>${markup}</svg>`;
  return document.adoptNode(holder.content.firstChild.firstChild);
}

class Drawing {
  /** The file has a drawing as the text of a `noscript`: a browser makes elements only of what this
   * class puts into sight. */
  constructor(source) {
    const markup = source.textContent;
    const end = markup.indexOf(NEXT);
    this.markup = end < 0 ? "" : markup.slice(end);
    this.svg = svgOf(end < 0 ? markup : `${markup.slice(0, end)}</svg>`);
    this.svg.classList.remove("front");
    source.replaceWith(this.svg);
    this.view = this.svg.dataset.view;
    [, , this.width, this.height] = numbers(this.svg.getAttribute("viewBox"));
    const [top, topSize] = numbers(this.svg.dataset.top);
    const [left, leftSize] = numbers(this.svg.dataset.left);
    Object.assign(this, { top, topSize, left, leftSize });
    this.camera = null;
    /** What the highlight shows; null for everything. */
    this.lit = null;
  }

  /** Reads places of groups and areas of objects, when the drawing is first shown. */
  prepare() {
    if (this.groups) return;
    this.svg.removeAttribute("viewBox");
    this.runs = [];
    this.groups = [];
    this.areas = new Map();
    this.stageAreas = new Map();
    for (const markup of this.markup.split(NEXT).slice(1)) {
      const head = markup.slice(0, markup.indexOf(">"));
      const value = (name) => new RegExp(` ?data-${name}="([^"]*)"`).exec(head)?.[1];
      const pin = value("pin");
      if (pin !== undefined) {
        this.runs.push(svgElement("g", { "data-pin": pin }));
        continue;
      }
      const run = this.runs.at(-1);
      const place = document.createComment("");
      run.append(place);
      this.groups.push({
        markup, place, run, pin: run.dataset.pin, box: numbers(value("box")), along: numbers(value("along")),
        group: null, objects: [], hidden: true, way: 0,
      });
      for (const [, about, area] of markup.matchAll(/<g class="o"([^>]*) data-area="([^"]*)"/g)) {
        const touchpoint = / data-t="(\d+)"/.exec(about);
        const stage = / data-s="(\d+)"/.exec(about);
        if (touchpoint) this.areas.set(Number(touchpoint[1]), numbers(area));
        if (stage) this.stageAreas.set(Number(stage[1]), numbers(area));
      }
    }
    this.markup = "";
    this.ring = svgElement("rect", { class: "ring" });
    this.runs.filter((run) => run.dataset.pin === "none").at(-1)?.append(this.ring);
    this.svg.append(...this.runs);
  }

  /** Makes the elements of a group. */
  make(entry) {
    if (entry.group) return;
    entry.group = svgOf(`<g ${entry.markup}`);
    entry.objects = [...entry.group.querySelectorAll(".o")].map((object) => {
      const { s, t, to, p, m } = object.dataset;
      const number = (text) => (text === undefined ? null : Number(text));
      return { object, s: number(s), t: number(t), to: number(to), p: number(p), m: m ?? "", out: false };
    });
    this.dim(entry);
  }

  /** Puts a group into its drawing, or takes it out. */
  put(entry, hidden) {
    if (hidden === entry.hidden) return;
    entry.hidden = hidden;
    if (hidden) {
      entry.group.replaceWith(entry.place);
    } else {
      this.make(entry);
      entry.place.replaceWith(entry.group);
    }
  }

  get size() {
    return { width: map.clientWidth || 1, height: map.clientHeight || 1 };
  }

  /** The part of the window that neither pinned bands nor the card cover. */
  room(zoom) {
    const { width, height } = this.size;
    const held = (size, side) => (size * zoom <= side * MOST_PINNED ? size * zoom : 0);
    const covered = cardCover();
    return {
      left: held(this.leftSize, width),
      top: held(this.topSize, height),
      right: width - covered.right,
      bottom: height - covered.bottom,
    };
  }

  /** Moves the drawing to its camera. */
  place() {
    const { x, y, zoom } = this.camera;
    const { width, height } = this.size;
    const held = this.room(zoom);
    const stuck = (natural, covered) => (covered === 0 ? 0 : Math.max(0, -natural));
    const dx = stuck(x + this.left * zoom, held.left);
    const dy = stuck(y + this.top * zoom, held.top);
    const free = held.left === 0 ? 0 : x + this.left * zoom + dx + held.left;
    for (const run of this.runs) {
      const pin = run.dataset.pin;
      const right = x + (pin === "left" || pin === "corner" ? dx : 0);
      const down = y + (pin === "top" || pin === "corner" ? dy : 0);
      run.setAttribute("transform", `translate(${right} ${down})scale(${zoom})`);
    }
    const [left, right] = [-x / zoom, (width - x) / zoom];
    const [top, bottom] = [-y / zoom, (height - y) / zoom];
    for (const entry of this.groups) {
      const { pin, box, along } = entry;
      const most = along.length ? along[2] : 0;
      const beside = (pin === "none" || pin === "top") && (box[2] + most < left || box[0] > right);
      const below = (pin === "none" || pin === "left") && (box[3] < top || box[1] > bottom);
      const hidden = beside || below;
      this.put(entry, hidden);
      if (most && !hidden) {
        const way = clamp((free - x) / zoom - (box[0] - INSET), 0, most);
        if (way !== entry.way) {
          entry.way = way;
          entry.group.setAttribute("transform", `translate(${along[0] + way} ${along[1]})`);
        }
      }
    }
    zoomRanges.forEach((range, number) => {
      this.svg.classList.toggle(`k${number}`, contains(range, zoom) !== contains(range, 1));
    });
  }

  /** The camera that shows an area, as large as it fits, at most in this zoom. */
  fit([left, top, right, bottom], most = 1, margin = 16) {
    // The pinned bands grow with the zoom, so that it is found from the largest down.
    let zoom = most;
    for (let step = 0; step < 12; step++) {
      const room = this.room(zoom);
      const wide = room.right - room.left - 2 * margin;
      const high = room.bottom - room.top - 2 * margin;
      const fitting = Math.min(wide / (right - left || 1), high / (bottom - top || 1));
      if (fitting >= zoom) break;
      zoom = Math.max(fitting, zoom / 2, ZOOMS.least);
    }
    return this.centered([left, top, right, bottom], zoom);
  }

  /** The camera in a zoom with an area in the middle of the room. */
  centered([left, top, right, bottom], zoom) {
    const room = this.room(zoom);
    return {
      zoom,
      x: (room.left + room.right) / 2 - ((left + right) / 2) * zoom,
      y: (room.top + room.bottom) / 2 - ((top + bottom) / 2) * zoom,
    };
  }

  /** The camera that shows all of the drawing. */
  whole() {
    const { width, height } = this.size;
    const zoom = clamp(Math.min(width / this.width, height / this.height), ZOOMS.least, 1);
    return {
      zoom,
      x: Math.max(0, (width - this.width * zoom) / 2),
      y: Math.max(0, (height - this.height * zoom) / 2),
    };
  }

  /** The camera at the start: the whole drawing if it can be read, else its beginning. */
  start() {
    const whole = this.whole();
    const { width, height } = this.size;
    const least = width < 600 ? 0.6 : 0.75;
    return whole.zoom >= least ? whole : { zoom: clamp(height / this.height, least, 1), x: 0, y: 0 };
  }

  /** The lanes in which something is drawn between two places, from top to bottom. */
  filledLanes(left, right) {
    const isIn = ({ pin, box, markup }) =>
      pin === "none" && box[0] < right && box[2] > left && markup.includes('<g class="o"');
    const content = this.groups.filter(isIn);
    const lanes = this.groups.filter((entry) => entry.pin === "left").map(({ box }) => box);
    const isFilled = (lane) => content.some(({ box }) => box[1] < lane[3] - 1 && box[3] > lane[1] + 1);
    return lanes.filter(isFilled).sort((a, b) => a[1] - b[1]);
  }

  /** The filled lanes of some columns, as many to a page as it has room for. */
  lanePages({ left, right }, room) {
    const pages = [];
    for (const [, top, , bottom] of this.filledLanes(left + 4, right - 4)) {
      const page = pages.at(-1);
      if (page && bottom - page.top <= room) page.bottom = bottom;
      else pages.push({ left, right, top, bottom });
    }
    return pages;
  }

  /** The columns of a stage that fit beside the titles of the lanes, from left to right. */
  stageWindows(stage, [left, , right], room) {
    if (right - left <= room) return [{ left, right }];
    const cards = stages[stage].touchpoints.map((number) => this.areas.get(number)).filter(Boolean);
    const windows = [];
    for (const [from, , to] of cards.sort((a, b) => a[0] - b[0])) {
      const last = windows.at(-1);
      if (last && to + INSET - last.left <= room) last.right = Math.max(last.right, to + INSET);
      else windows.push({ left: from - INSET, right: to + INSET });
    }
    return windows;
  }

  /** Cameras over a stage, one after the other: as many whole columns and lanes as fit each, and
   * where they end in the window. */
  stagePages(stage) {
    const area = this.stageArea(stage);
    if (!area) return [{ camera: this.whole() }];
    const { width, height } = this.size;
    const wide = this.leftSize + area[2] - area[0];
    const zoom = clamp((width - 24) / wide, Math.min(0.8, 0.42 + width / 4000), Math.max(height / 800, 0.9));
    const room = (width - 12) / zoom - this.leftSize;
    const windows = this.leftSize ? this.stageWindows(stage, area, room) : [];
    const high = (height - CONTROLS) / zoom - this.topSize;
    const pages = windows.flatMap((columns) => this.lanePages(columns, high));
    if (pages.length === 0) return [{ camera: this.fit(area, 1.6) }];
    return pages.map(({ left, top, right, bottom }) => {
      // Each page fills the window, however little is on it.
      const fitting = Math.min(
        (width - 12) / (this.leftSize + right - left),
        (height - CONTROLS) / (this.topSize + bottom - top),
      );
      const size = clamp(fitting, zoom, 1.8);
      return {
        camera: { zoom: size, x: (this.leftSize - left) * size, y: (this.topSize - top) * size },
        below: (this.topSize + bottom - top) * size,
        beside: (this.leftSize + right - left) * size,
      };
    });
  }

  /** The area of a stage: its column where stages are columns, else around its touchpoints. */
  stageArea(stage) {
    const band = this.stageAreas.get(stage);
    if (this.view.startsWith("journey") && band) return [band[0], band[1], band[2], this.height];
    const areas = stages[stage].touchpoints.map((number) => this.areas.get(number));
    const all = [band, ...areas].filter(Boolean);
    if (all.length === 0) return null;
    return all.reduce((a, b) => [
      Math.min(a[0], b[0]), Math.min(a[1], b[1]), Math.max(a[2], b[2]), Math.max(a[3], b[3]),
    ]);
  }

  /** The pictures of a touchpoint, in sight or not. */
  images(touchpoint) {
    this.prepare();
    const own = ` data-t="${touchpoint}"`;
    const entries = this.groups.filter(({ markup }) => markup.includes("<image") && markup.includes(own));
    return entries.flatMap((entry) => {
      this.make(entry);
      const shown = entry.objects.filter(({ t }) => t === touchpoint);
      return shown.flatMap(({ object }) => [...object.querySelectorAll("image")]);
    });
  }

  /** Draws the outline of the selected touchpoint. */
  select(number) {
    const area = this.areas.get(number);
    this.ring.classList.toggle("off", !area);
    if (!area) return;
    const [left, top, right, bottom] = area;
    const sides = { x: left - 4, y: top - 4, width: right - left + 8, height: bottom - top + 8, rx: 12 };
    for (const [name, value] of Object.entries(sides)) this.ring.setAttribute(name, value);
  }

  /** Dims what is outside a highlight. */
  highlight(lit) {
    this.lit = lit;
    for (const entry of this.groups) this.dim(entry);
  }

  /** Dims those objects of a group that are outside the highlight. */
  dim(entry) {
    if (!this.lit) return;
    const { marks, chosen, personas } = this.lit;
    const holds = (number) => chosen === null || chosen.has(number);
    for (const it of entry.objects) {
      const marked = marks === "" || [...marks].some((mark) => it.m.includes(mark));
      let lit = marked;
      if (lit && chosen !== null) {
        if (it.s !== null) lit = stages[it.s].touchpoints.some(holds);
        else if (it.t === null) lit = false;
        else lit = holds(it.t) && (it.to === null || holds(it.to));
        if (lit && it.p !== null && personas.size > 0) lit = personas.has(it.p);
      }
      if (lit === it.out) {
        it.out = !lit;
        it.object.classList.toggle("out", !lit);
      }
    }
  }
}

const map = element("map");
/** The view that the file shows first. */
const firstView = /class="drawing front"[^>]* data-view="([^"]*)"/;
const sources = [...map.querySelectorAll("noscript")];
const opening = sources.map((source) => firstView.exec(source.textContent.slice(0, 400))?.[1]).find(Boolean);
const drawings = sources.map((source) => new Drawing(source));
/** The drawing in front; none while the text is. */
let front = null;

const still = window.matchMedia("(prefers-reduced-motion: reduce)");
const GLIDE = 150;
let gliding = 0;

/** Moves the drawing in front to a camera, at once or gliding. */
function look(camera, glides = true) {
  const drawing = front;
  cancelAnimationFrame(gliding);
  if (!drawing) return;
  const from = drawing.camera;
  if (!glides || still.matches || !from) {
    drawing.camera = camera;
    drawing.place();
    return;
  }
  const begun = performance.now();
  const step = (now) => {
    const share = clamp((now - begun) / GLIDE, 0, 1);
    const eased = share * share * (3 - 2 * share);
    const between = (name) => from[name] + (camera[name] - from[name]) * eased;
    drawing.camera = share < 1 ? { x: between("x"), y: between("y"), zoom: between("zoom") } : camera;
    drawing.place();
    if (share < 1) gliding = requestAnimationFrame(step);
  };
  gliding = requestAnimationFrame(step);
}

/** Moves the drawing by pixels; some of it stays in sight. */
function pan(right, down) {
  const { x, y, zoom } = front.camera;
  const { width, height } = front.size;
  look({
    zoom,
    x: clamp(x + right, Math.min(0, 120 - front.width * zoom), width - 120),
    y: clamp(y + down, Math.min(0, 120 - front.height * zoom), height - 120),
  }, false);
}

/** Zooms about a point of the window. */
function zoomBy(factor, at, glides = false) {
  const { x, y, zoom } = front.camera;
  const { width, height } = front.size;
  const [px, py] = at ?? [width / 2, height / 2];
  const next = clamp(zoom * factor, ZOOMS.least, ZOOMS.most);
  const share = next / zoom;
  look({ zoom: next, x: px - (px - x) * share, y: py - (py - y) * share }, glides);
}
