// Views, the selected touchpoint with its card, and highlights.

const tabs = [...document.querySelectorAll("#tabs [role=tab]")];
const text = element("text");
const card = element("card");
const query = element("query");
const selects = [...document.querySelectorAll("#filters select")];
/** The number of the selected touchpoint; none is −1. */
let selected = -1;
/** What the presentation shows; null outside of it. */
let spotted = null;
let view = "";
/** The highlight of the saved view in front. */
let own = { marks: "", chosen: null, personas: [] };

function show(name) {
  const tab = tabs.find((it) => it.dataset.view === name) ?? tabs[0];
  view = tab.dataset.view;
  for (const it of tabs) {
    it.setAttribute("aria-selected", it === tab);
    it.tabIndex = it === tab ? 0 : -1;
  }
  root.classList.toggle("reads", view === "text");
  // What cannot be seen takes no focus.
  text.tabIndex = view === "text" ? 0 : -1;
  for (const link of text.querySelectorAll("a")) link.tabIndex = view === "text" ? 0 : -1;
  const { drawing, m, touchpoints: chosen, personas } = tab.dataset;
  own = { marks: m ?? "", chosen: chosen === undefined ? null : new Set(numbers(chosen)), personas: numbers(personas) };
  front = drawings.find((it) => it.view === (drawing ?? view)) ?? null;
  // A drawing is shown when what is out of sight is left out, so that only the rest is ever laid out.
  for (const it of drawings) it.svg.classList.remove("front");
  map.hidden = !front;
  tab.scrollIntoView({ block: "nearest", inline: "nearest" });
  if (front) {
    front.prepare();
    front.camera ??= front.start();
    front.select(selected);
    front.place();
    front.svg.classList.add("front");
    // A saved view shows what it highlights.
    const first = own.chosen && [...own.chosen].map((number) => front.areas.get(number)).find(Boolean);
    if (first) reveal(first);
  } else {
    closeCard();
  }
  highlight();
  try {
    history.replaceState(null, "", `#${view}`);
  } catch {
    // Some viewers keep the address; the page works without.
  }
}

/** Width and height of the window that the card covers. */
function cardCover() {
  if (card.hidden) return { right: 0, bottom: 0 };
  const { width, height } = card.getBoundingClientRect();
  const below = getComputedStyle(card).getPropertyValue("--below").trim() === "1";
  return below ? { right: 0, bottom: height } : { right: width, bottom: 0 };
}

/** The pictures of a touchpoint, which are in the journey already. */
function pictures(number) {
  const journey = drawings.find((drawing) => drawing.view === "journey");
  const found = journey?.images(number) ?? [];
  return found.map((image) => {
    const picture = new Image();
    picture.src = image.getAttribute("xlink:href") ?? image.getAttribute("href");
    picture.alt = "";
    return picture;
  });
}

function openCard() {
  const touchpoint = touchpoints[selected];
  if (!touchpoint) return;
  const copy = document.createElement("div");
  for (const child of touchpoint.article.children) copy.append(child.cloneNode(true));
  for (const link of copy.querySelectorAll("a")) link.tabIndex = 0;
  const title = copy.querySelector("h4");
  const heading = document.createElement("h2");
  heading.append(...title.childNodes);
  title.replaceWith(heading);
  heading.after(...pictures(selected));
  element("card-body").replaceChildren(...copy.children);
  element("card-body").scrollTop = 0;
  element("card-stage").textContent = stages[touchpoint.stage].name;
  card.hidden = false;
}

function closeCard() {
  if (card.contains(document.activeElement)) map.focus();
  card.hidden = true;
}

/** Selects a touchpoint, brings it into sight and says its name. */
function select(number, opens = !card.hidden) {
  if (!touchpoints[number]) return;
  selected = number;
  if (opens) openCard();
  for (const drawing of drawings) if (drawing.groups) drawing.select(number);
  const touchpoint = touchpoints[number];
  const area = front?.areas.get(number);
  if (area) reveal(area);
  const feeling = touchpoint.article.querySelector("dd.good, dd.bad");
  const about = [touchpoint.name, stages[touchpoint.stage].name, feeling?.textContent];
  element("said").textContent = about.filter(Boolean).join(", ");
}

/** Shows an area in the room, in a zoom in which names can be read. */
function reveal(area) {
  const zoom = front.camera.zoom < 0.45 ? 0.7 : front.camera.zoom;
  const { x, y } = front.camera;
  const room = front.room(zoom);
  const inside = zoom === front.camera.zoom
    && x + area[0] * zoom >= room.left && x + area[2] * zoom <= room.right
    && y + area[1] * zoom >= room.top && y + area[3] * zoom <= room.bottom;
  if (!inside) look(front.centered(area, zoom));
}

/** Whether anything narrows the touchpoints. */
const isFiltered = () => query.value.trim() !== "" || selects.some((it) => it.value !== "");
const pressed = (id) => element(id).getAttribute("aria-pressed") === "true";
const marks = () => (pressed("unowned") ? "u" : "") + (pressed("pains") ? "p" : "");

/** The numbers of the touchpoints that filters, search, marks and the saved view agree on. */
function hits() {
  const values = selects.map((it) => it.value).filter(Boolean).map(Number);
  const words = fold(query.value.trim());
  const wanted = [...marks(), ...own.marks];
  const found = touchpoints.filter((it) =>
    values.every((value) => it.values.has(value))
    && (own.chosen === null || own.chosen.has(it.number))
    && (words === "" || it.words.includes(words))
    && (wanted.length === 0 || wanted.some((mark) => it.marks.includes(mark))));
  return found.map((it) => it.number);
}

function highlight() {
  const found = hits();
  const narrows = isFiltered() || own.chosen !== null;
  const on = narrows || marks() + own.marks !== "";
  element("hits").hidden = !on;
  element("count").textContent = found.length === 1 ? "1 touchpoint" : `${found.length} touchpoints`;
  for (const id of ["back", "on"]) element(id).disabled = found.length === 0;
  const chosenPersonas = selects.flatMap((it) => [...it.selectedOptions].map((option) => option.dataset.persona));
  const personas = [...chosenPersonas.filter(Boolean).map(Number), ...own.personas];
  // A search without hits dims nothing.
  const chosen = narrows && !(found.length === 0 && query.value.trim() !== "") ? new Set(found) : null;
  front?.highlight({
    marks: spotted ? "" : marks() + own.marks,
    chosen: spotted ?? chosen,
    personas: new Set(personas),
  });
  for (const { article, number } of touchpoints) article.hidden = isFiltered() && !found.includes(number);
}

/** Goes to the next or previous touchpoint of what is highlighted. */
function walkHits(by) {
  const found = hits();
  if (found.length === 0) return;
  const next = by > 0 ? found.find((it) => it > selected) : found.findLast((it) => it < selected);
  const number = next ?? (by > 0 ? found[0] : found.at(-1));
  select(number);
  if (view === "text") touchpoints[number].article.scrollIntoView({ block: "center" });
}

function toggle(id) {
  element(id).setAttribute("aria-pressed", !pressed(id));
  highlight();
}
