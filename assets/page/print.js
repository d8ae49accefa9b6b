// Printing: the drawing in front on a sheet, and where its columns and lanes are pinned, in its
// natural size on as many sheets as it takes, each with stage names and lane titles.

/** Room of a sheet in map units and size of a unit: A4 or Letter across, less the margins. */
const SHEET = { width: 1620, height: 1080, unit: 0.17 };
const sheets = element("sheets");

/** Columns that fit a sheet, cut between stages where possible, else between touchpoints. */
function printColumns(drawing) {
  const room = SHEET.width - drawing.leftSize;
  const columns = [];
  for (const [number] of stages.entries()) {
    const area = drawing.stageArea(number);
    if (!area) continue;
    for (const { left, right } of drawing.stageWindows(number, area, room)) {
      const last = columns.at(-1);
      if (last && right - last.left <= room) last.right = right;
      else columns.push({ left, right });
    }
  }
  return columns;
}

/** A part of the drawing at a place of a sheet. */
function printPart(drawing, pins, [x, y], [left, top, width, height]) {
  const runs = drawing.runs.filter((run) => pins.includes(run.dataset.pin));
  const uses = runs.map((run) => svgElement("use", { href: `#${run.id}` }));
  return svgElement("svg", { x, y, width, height, viewBox: `${left} ${top} ${width} ${height}` }, uses);
}

function printSheet(drawing, { left, right, top, bottom }) {
  const { leftSize, topSize } = drawing;
  const [wide, high] = [right - left, bottom - top];
  const [width, height] = [leftSize + wide, topSize + high];
  return svgElement("svg", {
    class: "sheet", viewBox: `0 0 ${width} ${height}`,
    width: `${width * SHEET.unit}mm`, height: `${height * SHEET.unit}mm`,
  }, [
    printPart(drawing, ["none"], [leftSize, topSize], [left, top, wide, high]),
    printPart(drawing, ["top"], [leftSize, 0], [left, drawing.top, wide, topSize]),
    printPart(drawing, ["left"], [0, topSize], [drawing.left, top, leftSize, high]),
  ]);
}

window.addEventListener("beforeprint", () => {
  const drawing = front;
  if (!drawing) return;
  for (const entry of drawing.groups) {
    const { along } = entry;
    drawing.put(entry, false);
    if (along.length) entry.group.setAttribute("transform", `translate(${along[0]} ${along[1]})`);
  }
  zoomRanges.forEach((_, number) => drawing.svg.classList.remove(`k${number}`));
  drawing.ring.classList.add("off");
  drawing.runs.forEach((run, number) => {
    run.id = `run${number}`;
    run.removeAttribute("transform");
  });
  const { width, height } = drawing;
  const pins = ["none", "top", "left", "corner"];
  const whole = svgElement("svg", { class: "sheet whole", viewBox: `0 0 ${width} ${height}` }, [
    printPart(drawing, pins, [0, 0], [0, 0, width, height]),
  ]);
  const isPinned = drawing.leftSize > 0 && drawing.topSize > 0;
  const columns = isPinned ? printColumns(drawing) : [];
  const room = SHEET.height - drawing.topSize;
  const pages = columns.flatMap((some) => drawing.lanePages(some, room));
  sheets.replaceChildren(whole, ...pages.map((page) => printSheet(drawing, page)));
});

window.addEventListener("afterprint", () => {
  sheets.replaceChildren();
  if (!front) return;
  for (const entry of front.groups) entry.way = 0;
  front.place();
  front.select(selected);
});
