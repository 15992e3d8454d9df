/**
 * Runs axe over every public screen in every theme, at the smallest and the largest type: first
 * `node tests/preview/public/serve.mjs`, then `node tests/preview/public/axe.mjs`. CHROMIUM names the browser.
 */
import { chromium } from "@playwright/test";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

/* What runs in the page. */
/* global window, document */

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const origin = `http://localhost:${process.env.PORT ?? 5199}/`;
const sandbox = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: sandbox });

const way = (at) => (page) => page.locator(".way-tiles button").nth(at).click();
const invite = (page) => page.evaluate(() => (window.preview.begin("1"), window.preview.end("1")));
const business = (page) => page.locator(".business-tile").nth(1).click();
const offline = (page) =>
  page.evaluate(() =>
    window.preview.terminal.fake.setConnection({ link: "offline", lastHeardAt: Date.now() - 60_000 }),
  );

const screens = [
  ["kiosk start", "role=kiosk", []],
  ["kiosk start off-line", "role=kiosk", [offline]],
  ["kiosk search", "role=kiosk", [way(0), (page) => page.keyboard.type("fapiao")]],
  ["kiosk life events", "role=kiosk", [way(1)]],
  ["kiosk life event", "role=kiosk", [way(1), (page) => page.locator(".event-tiles button").nth(2).click()]],
  ["kiosk packages", "role=kiosk", [way(2)]],
  ["kiosk departments", "role=kiosk", [way(4)]],
  ["kiosk ask", "role=kiosk", [way(5)]],
  ["kiosk guide", "role=kiosk", [way(2), (page) => page.locator(".entry-list button").nth(6).click()]],
  ["kiosk confirm", "role=kiosk", [business]],
  ["kiosk no counter", "role=kiosk&scene=closed", [business]],
  ["kiosk number", "role=kiosk", [business, (page) => page.locator(".confirm-buttons button").first().click()]],
  ["board", "role=display", []],
  ["board call", "role=display", [(page) => page.evaluate(() => window.preview.recall("2"))]],
  ["board stale", "role=display", [offline]],
  ["board empty", "role=display&scene=empty", []],
  ["review counter", "role=review", []],
  ["review closed", "role=review&scene=closed", []],
  ["review faces", "role=review", [invite]],
  ["review bad", "role=review", [invite, (page) => page.locator('[data-level="1"]').click()]],
  [
    "review words",
    "role=review",
    [
      invite,
      (page) => page.locator('[data-level="2"]').click(),
      (page) => page.locator(".review-fields button").first().click(),
    ],
  ],
];
const only = process.argv[2];
let failures = 0;
for (const [name, query, steps] of screens.filter(([name]) => !only || name.includes(only))) {
  const isReview = query.includes("review");
  const viewport = isReview
    ? { width: 1280, height: 800 }
    : query.includes("display")
      ? { width: 1920, height: 1080 }
      : { width: 1080, height: 1920 };
  const page = await browser.newPage({ viewport });
  await page.goto(origin + "?" + query);
  await page.locator(".public").waitFor({ timeout: 60_000 });
  await page.waitForTimeout(700);
  for (const step of steps) {
    await step(page);
    await page.waitForTimeout(700);
  }
  await page.addScriptTag({ content: axe });
  for (const theme of ["standard", "contrast", "dark"])
    for (const scale of ["100", "200"]) {
      const violations = await page.evaluate(
        async ([theme, scale]) => {
          document.documentElement.dataset.theme = theme;
          document.documentElement.dataset.scale = scale;
          for (const animation of document.getAnimations()) animation.cancel();
          await new Promise((done) => setTimeout(done, 150));
          const result = await window.axe.run(document, {
            runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
          });
          return result.violations.map(({ id, nodes }) => ({
            id,
            nodes: nodes
              .slice(0, 3)
              .map((node) => `${node.html.slice(0, 160)} — ${node.failureSummary?.split("\n").slice(1).join(" ")}`),
          }));
        },
        [theme, scale],
      );
      for (const { id, nodes } of violations) {
        failures += 1;
        console.log(`${name} · ${theme} · ${scale} %: ${id}\n  ${nodes.join("\n  ")}`);
      }
    }
  await page.close();
}
await browser.close();
console.log(failures === 0 ? "axe finds nothing." : `${failures} findings.`);
process.exitCode = failures === 0 ? 0 : 1;
