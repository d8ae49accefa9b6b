// Printing: the drawing in front on sheets, cut between columns, each with the titles of its lanes.

/** Width of a sheet to its height: A4 or Letter across, less the margins. */
const SHEET = 1.38;
const sheets = element("sheets");

/** Where the sheets of a drawing begin and end, in map units. */
function slices(drawing) {
  const { width, height, leftSize } = drawing;
  const room = Math.max(height * SHEET, 1200);
  if (!leftSize || width <= room) return [[0, width]];
  const edges = [...new Set([...drawing.areas.values()].map((area) => area[0] - 8))].sort((a, b) => a - b);
  const found = [];
  let start = 0;
  while (start < width) {
    const end = start + room - (found.length ? leftSize : 0);
    const edge = edges.findLast((it) => it <= end && it > start + room / 3);
    const next = end >= width ? width : edge ?? end;
    found.push([start, next]);
    start = next;
  }
  return found;
}

function svgElement(name, attributes) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

window.addEventListener("beforeprint", () => {
  const drawing = front;
  if (!drawing) return;
  for (const entry of drawing.groups) entry.group.classList.remove("off");
  zoomRanges.forEach((_, number) => drawing.svg.classList.remove(`k${number}`));
  drawing.ring.classList.add("off");
  drawing.runs.forEach((run, number) => {
    run.id = `run${number}`;
    run.removeAttribute("transform");
  });
  const uses = (pins) => drawing.runs
    .filter((run) => pins.includes(run.dataset.pin))
    .map((run) => svgElement("use", { href: `#${run.id}` }));
  const made = slices(drawing).map(([start, end], number) => {
    const top = number ? drawing.top : 0;
    const titles = number ? drawing.leftSize : 0;
    const [width, height] = [end - start + titles, drawing.height - top];
    const sheet = svgElement("svg", { viewBox: `0 ${top} ${width} ${height}`, class: "sheet" });
    const part = svgElement("svg", {
      x: titles, y: top, width: end - start, height, viewBox: `${start} ${top} ${end - start} ${height}`,
    });
    part.append(...uses(["none", "top"]));
    sheet.append(part, ...uses(["left", "corner"]));
    return sheet;
  });
  sheets.replaceChildren(...made);
});

window.addEventListener("afterprint", () => {
  sheets.replaceChildren();
  if (!front) return;
  for (const entry of front.groups) entry.hidden = false;
  front.place();
  front.select(selected);
});
