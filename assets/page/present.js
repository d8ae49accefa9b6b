// The presentation: overview, then each stage with its touchpoints.

/** The places of the route and where it is; null while nothing is presented. */
let route = null;
const bar = element("show");
const blank = element("blank");
const light = element("light");
/** What hides lanes and columns that do not fit as a whole. */
const covers = { below: element("below"), beside: element("beside") };

function present() {
  if (route) return;
  if (!front || view === "findings") show("journey");
  const stops = [{ kind: "overview" }];
  stages.forEach((stage, number) => {
    stops.push({ kind: "stage", stage: number });
    for (const touchpoint of stage.touchpoints) stops.push({ kind: "touchpoint", stage: number, touchpoint });
  });
  const at = selected < 0 ? 0 : stops.findIndex((stop) => stop.touchpoint === selected);
  route = { stops, at, page: 0, camera: front.camera };
  root.classList.add("shows");
  bar.hidden = false;
  root.requestFullscreen?.().catch(() => {});
  map.focus();
  stop();
}

function endShow() {
  if (!route) return;
  const { camera } = route;
  route = null;
  spotted = null;
  root.classList.remove("shows");
  for (const part of [bar, blank, light, ...Object.values(covers)]) part.hidden = true;
  closeCard();
  if (document.fullscreenElement) document.exitFullscreen().catch(() => {});
  highlight();
  look(camera);
  map.focus();
}

/** Shows the place of the route. */
function stop() {
  const { kind, stage, touchpoint } = route.stops[route.at];
  const count = `${route.at + 1} of ${route.stops.length}`;
  const name = stages[stage]?.name;
  blank.hidden = true;
  for (const cover of Object.values(covers)) cover.hidden = true;
  element("show-place").textContent = name ? `${count} · ${name}` : count;
  if (kind === "touchpoint") {
    spotted = new Set([touchpoint]);
    selected = touchpoint;
    openCard();
    front.select(touchpoint);
    highlight();
    const area = front.areas.get(touchpoint);
    if (area) look(front.centered(area, 1));
    element("said").textContent = touchpoints[touchpoint].name;
    return;
  }
  closeCard();
  front.select(-1);
  spotted = kind === "stage" ? new Set(stages[stage].touchpoints) : null;
  highlight();
  element("said").textContent = name ?? document.title;
  if (kind === "overview") {
    look(front.whole());
    return;
  }
  const pages = front.stagePages(stage);
  route.page = Math.min(route.page, pages.length - 1);
  const { camera, below, beside } = pages[route.page];
  look(camera);
  if (below === undefined) return;
  for (const cover of Object.values(covers)) cover.hidden = false;
  covers.below.style.top = `${below}px`;
  covers.beside.style.left = `${beside}px`;
}

function walk(by) {
  const { stops, page } = route;
  const { kind, stage } = stops[route.at];
  const pages = kind === "stage" ? front.stagePages(stage).length : 1;
  if (Math.abs(by) === 1 && page + by >= 0 && page + by < pages) {
    route.page += by;
  } else {
    const at = clamp(route.at + by, 0, stops.length - 1);
    if (at === route.at) return;
    Object.assign(route, { at, page: 0 });
  }
  stop();
}

/** Goes to the stage before or after. */
function walkStages(by) {
  const { stops, at } = route;
  const isHead = (stop) => stop.kind !== "touchpoint";
  const found = by > 0 ? stops.findIndex((it, index) => index > at && isHead(it))
    : stops.findLastIndex((it, index) => index < at && isHead(it));
  if (found < 0) return;
  Object.assign(route, { at: found, page: 0 });
  stop();
}

function blankTo(color) {
  const same = !blank.hidden && blank.className === color;
  blank.className = color;
  blank.hidden = same;
}

/** The key of a presentation; whether it meant something. */
function presentKey(event) {
  const keys = {
    " ": () => walk(1), Enter: () => walk(1), ArrowRight: () => walk(1), PageDown: () => walk(1),
    ArrowLeft: () => walk(-1), PageUp: () => walk(-1), Backspace: () => walk(-1),
    ArrowDown: () => walkStages(1), ArrowUp: () => walkStages(-1),
    Home: () => walk(-route.stops.length), End: () => walk(route.stops.length),
    Escape: endShow, F5: endShow,
    b: () => blankTo("black"), w: () => blankTo("white"),
    l: () => { light.hidden = !light.hidden; },
  };
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const isButton = event.target.closest?.("button") && (key === " " || key === "Enter");
  if (isButton || !keys[key]) return false;
  keys[key]();
  return true;
}

element("present").addEventListener("click", present);
element("show-back").addEventListener("click", () => walk(-1));
element("show-on").addEventListener("click", () => walk(1));
element("show-end").addEventListener("click", endShow);
blank.addEventListener("click", () => { blank.hidden = true; });
document.addEventListener("fullscreenchange", () => {
  if (!document.fullscreenElement) endShow();
});
