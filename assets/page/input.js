// Pointer, touch, wheel and keyboard; and the start of the page.

/** Distance in pixels from which a press is a drag. */
const SLOP = 5;
const pointers = new Map();
let press = null;

function pinch() {
  const [one, other] = [...pointers.values()];
  return { size: Math.hypot(one.x - other.x, one.y - other.y) || 1, at: [(one.x + other.x) / 2, (one.y + other.y) / 2] };
}

const onMap = (event) => {
  const { left, top } = map.getBoundingClientRect();
  return { x: event.clientX - left, y: event.clientY - top };
};

map.addEventListener("pointerdown", (event) => {
  if (!front || event.target.closest("button") || event.button > 1) return;
  pointers.set(event.pointerId, onMap(event));
  press = { target: event.target, from: onMap(event), moved: pointers.size > 1 };
});

map.addEventListener("pointermove", (event) => {
  light.style.setProperty("--x", `${event.clientX}px`);
  light.style.setProperty("--y", `${event.clientY}px`);
  const before = pointers.get(event.pointerId);
  if (!before || !front) return;
  const now = onMap(event);
  if (pointers.size === 2) {
    const old = pinch();
    pointers.set(event.pointerId, now);
    const next = pinch();
    zoomBy(next.size / old.size, old.at);
    pan(next.at[0] - old.at[0], next.at[1] - old.at[1]);
    return;
  }
  if (!press.moved && Math.hypot(now.x - press.from.x, now.y - press.from.y) < SLOP) return;
  if (!press.moved) {
    press.moved = true;
    map.setPointerCapture(event.pointerId);
    map.classList.add("drags");
  }
  pointers.set(event.pointerId, now);
  pan(now.x - before.x, now.y - before.y);
});

function release(event) {
  if (!pointers.delete(event.pointerId)) return;
  map.classList.remove("drags");
  if (pointers.size > 0 || event.type === "pointercancel" || press.moved) return;
  if (route) {
    // A tap on the left third goes back.
    walk(press.from.x < map.clientWidth / 3 ? -1 : 1);
    return;
  }
  const object = press.target.closest(".o[data-t]");
  if (object) select(Number(object.dataset.t), true);
  else closeCard();
}
map.addEventListener("pointerup", release);
map.addEventListener("pointercancel", release);

map.addEventListener("wheel", (event) => {
  if (!front) return;
  event.preventDefault();
  const unit = event.deltaMode === 1 ? 30 : 1;
  if (event.ctrlKey || event.metaKey) {
    const { x, y } = onMap(event);
    zoomBy(Math.exp(-event.deltaY * unit * 0.004), [x, y]);
  } else {
    const [right, down] = event.shiftKey && !event.deltaX ? [event.deltaY, 0] : [event.deltaX, event.deltaY];
    pan(-right * unit, -down * unit);
  }
}, { passive: false });

/** Selects the first touchpoint of the stage before or after. */
function selectStage(by) {
  const filled = stages.filter((stage) => stage.touchpoints.length > 0);
  const at = filled.findIndex((stage) => stage.touchpoints.includes(selected));
  const stage = filled[clamp(at + by, 0, filled.length - 1)];
  if (stage) select(stage.touchpoints[0]);
}

function mapKey(event) {
  if (event.shiftKey) {
    const ways = { ArrowLeft: [80, 0], ArrowRight: [-80, 0], ArrowUp: [0, 80], ArrowDown: [0, -80] };
    if (ways[event.key]) {
      pan(...ways[event.key]);
      return true;
    }
  }
  const keys = {
    ArrowRight: () => select(Math.min(selected + 1, touchpoints.length - 1)),
    ArrowLeft: () => select(Math.max(selected - 1, 0)),
    ArrowDown: () => selectStage(1),
    ArrowUp: () => selectStage(-1),
    Home: () => select(0),
    End: () => select(touchpoints.length - 1),
    Enter: () => { if (selected >= 0) { select(selected, true); element("card-body").focus(); } },
    "+": () => zoomBy(1.25, null, true),
    "=": () => zoomBy(1.25, null, true),
    "-": () => zoomBy(0.8, null, true),
    0: () => look(front.whole()),
    1: () => zoomBy(1 / front.camera.zoom, null, true),
    2: () => { const area = front.areas.get(selected); if (area) look(front.fit(area, 2)); },
  };
  if (!keys[event.key]) return false;
  keys[event.key]();
  return true;
}

function pageKey(event) {
  const keys = {
    u: () => toggle("unowned"),
    p: () => toggle("pains"),
    ".": () => walkHits(1),
    ",": () => walkHits(-1),
    "/": () => { openTools(true); query.focus(); },
    "?": () => element("help").showModal(),
    F5: present,
    Escape: closeCard,
  };
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  if (!keys[key]) return false;
  keys[key]();
  return true;
}

document.addEventListener("keydown", (event) => {
  if (event.altKey || event.isComposing || element("help").open) return;
  const digit = /^Digit([1-9])$/.exec(event.code);
  if (event.ctrlKey && event.shiftKey && digit && !route) {
    const tab = tabs[Number(digit[1]) - 1];
    if (tab) {
      event.preventDefault();
      show(tab.dataset.view);
    }
    return;
  }
  if (event.ctrlKey || event.metaKey) return;
  if (route) {
    if (presentKey(event)) event.preventDefault();
    return;
  }
  if (event.target.closest("input, select")) {
    if (event.key === "F5") present();
    else return;
    event.preventDefault();
    return;
  }
  const isMap = front && (event.target === map || event.target === document.body);
  if ((isMap && mapKey(event)) || pageKey(event)) event.preventDefault();
});

element("tabs").addEventListener("keydown", (event) => {
  const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
  if (!by) return;
  const at = tabs.findIndex((tab) => tab.dataset.view === view);
  const tab = tabs[(at + by + tabs.length) % tabs.length];
  show(tab.dataset.view);
  tab.focus();
});
for (const tab of tabs) tab.addEventListener("click", () => show(tab.dataset.view));

function openTools(opens) {
  root.classList.toggle("finds", opens);
  element("more").setAttribute("aria-expanded", opens);
}
element("more").addEventListener("click", () => openTools(!root.classList.contains("finds")));
for (const id of ["unowned", "pains"]) element(id).addEventListener("click", () => toggle(id));
element("back").addEventListener("click", () => walkHits(-1));
element("on").addEventListener("click", () => walkHits(1));
for (const it of selects) it.addEventListener("change", highlight);
query.addEventListener("input", highlight);
query.addEventListener("keydown", (event) => {
  if (event.key === "Enter") walkHits(event.shiftKey ? -1 : 1);
  if (event.key === "Escape") {
    query.value = "";
    highlight();
    map.focus();
  }
});
element("card-back").addEventListener("click", () => select(Math.max(selected - 1, 0)));
element("card-on").addEventListener("click", () => select(Math.min(selected + 1, touchpoints.length - 1)));
element("card-close").addEventListener("click", closeCard);
element("larger").addEventListener("click", () => zoomBy(1.25, null, true));
element("smaller").addEventListener("click", () => zoomBy(0.8, null, true));
element("whole").addEventListener("click", () => look(front.whole()));
element("keys").addEventListener("click", () => element("help").showModal());
element("help-close").addEventListener("click", () => element("help").close());
element("theme").value = root.dataset.theme ?? "";
element("theme").addEventListener("change", (event) => {
  if (event.target.value) root.dataset.theme = event.target.value;
  else delete root.dataset.theme;
});
new ResizeObserver(() => {
  root.style.setProperty("--bar", `${element("bar").offsetHeight}px`);
  if (!front?.camera) return;
  if (route) stop();
  else front.place();
}).observe(map);
window.addEventListener("hashchange", () => start(location.hash.slice(1)));

/** Opens what an address names: a view, or `t` and the number of a touchpoint. */
function start(address) {
  const touchpoint = /^t(\d+)$/.exec(address);
  if (touchpoint) {
    show(view || tabs[0].dataset.view);
    select(Number(touchpoint[1]), true);
  } else if (tabs.some((tab) => tab.dataset.view === address)) {
    show(address);
  } else if (!view) {
    show(opening);
  }
}
if (root.dataset.highlight.includes("u")) toggle("unowned");
if (root.dataset.highlight.includes("p")) toggle("pains");
start(location.hash.slice(1));
