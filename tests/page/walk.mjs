// The walk of tests/page/run: opens each page in Chromium and says the first thing that is wrong.

import { readFileSync } from "node:fs";
import { basename, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const HOSTILE = "\"'><script>document.title=1</script><img src=x onerror=document.title=1></script></style>"
  + "<svg onload=document.title=1><a href=javascript:document.title=1>--></noscript>\u{1}\u{7f}\u{202e}\n<g x";

/** Most seconds until a page of 2,000 touchpoints shows its drawing. */
const MOST_SECONDS = Number(process.env.MOST_SECONDS ?? 2);

if (process.argv[2] === "hostile") {
  const escaped = [...HOSTILE].map((c) => `\\u{${c.codePointAt(0).toString(16)}}`).join("");
  process.stdout.write(readFileSync(process.argv[3], "utf8").replaceAll("%", escaped));
  process.exit();
}

const { default: puppeteer } = await import("puppeteer-core");
const { default: axe } = await import("axe-core");
const WIDE = { width: 1280, height: 800 };
const PHONE = { width: 390, height: 844, deviceScaleFactor: 2, isMobile: true, hasTouch: true };
const pictures = process.env.PICTURES;

const browser = await puppeteer.launch({
  executablePath: await which(process.env.CHROMIUM ?? "chromium"),
  args: ["--no-sandbox", "--disable-gpu", "--mute-audio"],
});
/** The path of a program. */
async function which(program) {
  const { execFileSync } = await import("node:child_process");
  return program.includes("/") ? program : execFileSync("which", [program], { encoding: "utf8" }).trim();
}

/** Two frames later. */
const frames = (page) =>
  page.evaluate(() => new Promise((done) => { requestAnimationFrame(() => requestAnimationFrame(done)); }));

async function open(page, address, viewport) {
  await page.setViewport(viewport);
  const begun = Date.now();
  await page.goto(address, { waitUntil: "load" });
  await frames(page);
  return (Date.now() - begun) / 1000;
}

async function picture(page, name) {
  await frames(page);
  if (pictures) await page.screenshot({ path: `${pictures}/${name}.png` });
}

async function axeFinds(page, check, where) {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(() => window.axe.run({ resultTypes: ["violations"] }));
  for (const { id, nodes } of violations) check(false, `axe ${where}: ${id} ${nodes[0].html.slice(0, 200)}`);
}

const text = (page, selector) => page.$eval(selector, (it) => it.textContent);
const isShown = (page, selector) => page.$eval(selector, (it) => it.checkVisibility());
const place = (page) => page.$eval("svg.front > g[data-pin=none]", (it) => it.getAttribute("transform"));
const titles = (page) => page.evaluate(() => [document.title, document.querySelectorAll("script, noscript").length]);

/** Waits until the camera rests. */
async function rest(page) {
  await new Promise((done) => { setTimeout(done, 250); });
  await frames(page);
}

async function walkKeys(page, address, check, name) {
  await open(page, address, WIDE);
  const [title, scripts] = await titles(page);
  check(title !== "1", "the title was changed");
  check(scripts === 1, `${scripts} scripts`);
  await picture(page, `${name}-wide`);
  await axeFinds(page, check, "at the start");
  await page.focus("#map");
  await page.keyboard.press("ArrowRight");
  check(await text(page, "#said") !== "", "an arrow says no touchpoint");
  await page.keyboard.press("Enter");
  await rest(page);
  check(await isShown(page, "#card"), "Enter shows no card");
  await picture(page, `${name}-card`);
  await axeFinds(page, check, "with a card");
  await page.keyboard.press("Escape");
  check(!(await isShown(page, "#card")), "Escape keeps the card");
  const before = await place(page);
  await page.focus("#map");
  await page.keyboard.press("+");
  await rest(page);
  check(await place(page) !== before, "+ does not zoom");
  await page.keyboard.press("0");
  await rest(page);
  await page.keyboard.press("/");
  await page.keyboard.type("a");
  check(await isShown(page, "#hits"), "find counts nothing");
  await page.keyboard.press("Escape");
  for (const [tab, theme] of [[2, "dark"], [3, "projector"], [4, "light"], [5, "dark"]]) {
    await page.select("#theme", theme);
    await page.focus("#map").catch(() => {});
    await page.keyboard.down("Control");
    await page.keyboard.down("Shift");
    await page.keyboard.press(`Digit${tab}`);
    await page.keyboard.up("Shift");
    await page.keyboard.up("Control");
    await rest(page);
    const chosen = await page.$$eval("[role=tab]", (all) => all.findIndex((it) => it.ariaSelected === "true"));
    check(chosen === tab - 1, `view ${tab} is not shown`);
    await picture(page, `${name}-view-${tab}-${theme}`);
    await axeFinds(page, check, `in view ${tab}`);
  }
  await page.keyboard.press("F5");
  await rest(page);
  check(await isShown(page, "#show"), "F5 presents nothing");
  for (let step = 0; step < 3; step++) {
    await page.keyboard.press("Space");
    await rest(page);
    await picture(page, `${name}-present-${step}`);
  }
  await axeFinds(page, check, "while presenting");
  await page.keyboard.press("b");
  check(await isShown(page, "#blank"), "b does not blank");
  await page.keyboard.press("b");
  await page.keyboard.press("Escape");
  await rest(page);
  check(!(await isShown(page, "#show")), "Escape does not end the presentation");
  check((await titles(page))[0] === title, "the title was changed");
}

async function walkTouch(page, address, check, name) {
  await open(page, address, PHONE);
  await picture(page, `${name}-phone`);
  await axeFinds(page, check, "on a phone");
  const touch = await page.createCDPSession();
  const points = (type, ...places) =>
    touch.send("Input.dispatchTouchEvent", { type, touchPoints: places.map(([x, y], id) => ({ x, y, id })) });
  const drag = async (from, to) => {
    await points("touchStart", ...from);
    for (const share of [0.3, 0.6, 1]) {
      await points("touchMove", ...from.map(([x, y], at) => [x + (to[at][0] - x) * share, y + (to[at][1] - y) * share]));
    }
    await points("touchEnd");
    await frames(page);
  };
  const start = await place(page);
  await drag([[300, 500]], [[120, 450]]);
  const moved = await place(page);
  check(moved !== start, "a finger does not move the map");
  await drag([[150, 400], [250, 500]], [[120, 370], [290, 540]]);
  const scale = (transform) => /scale\(([^)]*)\)/.exec(transform)[1];
  check(scale(await place(page)) > scale(moved), "two fingers do not zoom");
  await page.reload({ waitUntil: "load" });
  await frames(page);
  const box = await page.evaluate(() => {
    const cards = [...document.querySelectorAll("svg.front .o[data-t][data-area]")].map((it) => it.getBoundingClientRect());
    const found = cards.find(({ left, right, top, bottom }) => {
      const at = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
      return at?.closest(".o[data-t]");
    });
    return found ? [(found.left + found.right) / 2, (found.top + found.bottom) / 2] : null;
  });
  if (box) {
    await page.touchscreen.tap(...box);
    await rest(page);
    check(await isShown(page, "#card"), "a tap shows no card");
    await picture(page, `${name}-phone-card`);
    await axeFinds(page, check, "on a phone with a card");
  } else {
    check(!(await page.$("article")), "no touchpoint is in sight on a phone");
  }
}

async function printed(page, address, check, name) {
  await open(page, address, WIDE);
  const pdf = await page.pdf(pictures ? { path: `${pictures}/${name}.pdf` } : {});
  check(pdf.length > 10_000, "nothing is printed");
  await frames(page);
  check(await page.$("svg.front > g[data-pin=none] > g"), "after printing the map is gone");
}

async function time(page, address, check, name) {
  const seconds = await open(page, address, WIDE);
  const elements = await page.evaluate(() => document.querySelectorAll("*").length);
  console.log(`${name}: shown after ${seconds.toFixed(2)} s with ${elements} elements`);
  check(seconds <= MOST_SECONDS, `shown only after ${seconds.toFixed(2)} s`);
  await picture(page, `${name}-wide`);
  for (const tab of ["flow", "ownership", "findings", "text", "journey"]) {
    const begun = Date.now();
    await page.click(`[role=tab][data-view=${tab}]`);
    await frames(page);
    console.log(`${name}: ${tab} after ${((Date.now() - begun) / 1000).toFixed(2)} s`);
  }
  const begun = Date.now();
  await page.click("#whole");
  await rest(page);
  console.log(`${name}: whole map after ${((Date.now() - begun) / 1000).toFixed(2)} s`);
  await picture(page, `${name}-whole`);
}

let failed = false;
for (const path of process.argv.slice(2)) {
  const name = basename(path, ".html");
  for (const step of name === "large" ? [time] : [walkKeys, walkTouch, printed]) {
    const page = await browser.newPage();
    const wrong = [];
    const address = pathToFileURL(resolve(path)).href;
    page.on("console", (said) => wrong.push(`console: ${said.text()}`));
    page.on("pageerror", (error) => wrong.push(`error: ${error.message}`));
    page.on("dialog", (dialog) => { wrong.push("a dialog"); dialog.dismiss(); });
    page.on("request", (request) => {
      const url = request.url();
      if (!url.startsWith("data:") && url.split("#")[0] !== address) wrong.push(`request: ${url}`);
    });
    const check = (holds, what) => { if (!holds) wrong.push(what); };
    try {
      await step(page, address, check, name);
    } catch (error) {
      wrong.push(String(error));
    }
    await page.close();
    for (const what of wrong) console.log(`${name}, ${step.name}: ${what}`);
    failed ||= wrong.length > 0;
  }
  console.log(`walked ${name}`);
}
await browser.close();
process.exit(failed ? 1 : 0);
