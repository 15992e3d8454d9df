import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { languages } from "../../renderer/languages.ts";
import { scenes } from "../preview/public/scenes.ts";
import { COLOURS, expectAccessible } from "./helpers/axe.ts";
import { findCutTexts } from "./helpers/cut-text.ts";
import { look, openPreview, type Preview } from "./helpers/preview.ts";

/*
 * Every state of every public screen, in the product's own browser:
 *  1. In each theme, in Chinese and in Arabic (from right to left), it shuts nobody out by WCAG 2.2 A and AA. (Those on which
 *     people review: in all languages, in review-screens.spec.ts.)
 *  2. At 100 and 200 % no text is cut off and nothing scrolls sideways: in Arabic, and in texts 40 % longer than the
 *     English ones; the face of each screen in all nine languages, at 150 % too.
 *  3. The page says which language it is in, and which way its lines run.
 *  4. While a screen rests (S56) nobody is taken for gone.
 */

/** Sheets of small pictures for docs/languages.md. */
const sheets: readonly (readonly [
  name: string,
  shots: readonly (readonly [scene: string, query: string, theme: string, scale: number])[],
])[] = [
  ...(["kiosk start", "kiosk number", "board", "review faces"] as const).map(
    (scene) =>
      [scene.replaceAll(" ", "-"), languages.map((each) => [scene, `lang=${each}`, "standard", 100] as const)] as const,
  ),
  ...(["kiosk start", "board", "review faces"] as const).map(
    (scene) =>
      [
        `${scene.replaceAll(" ", "-")}-looks`,
        (["standard", "contrast", "dark"] as const).flatMap((theme) =>
          ([100, 150, 200] as const).map(
            (scale) => [scene, `lang=zh-CN&theme=${theme}&scale=${String(scale)}`, theme, scale] as const,
          ),
        ),
      ] as const,
  ),
];

const themes = ["standard", "contrast", "dark"] as const;
const scales = [100, 150, 200] as const;
const longest = ["lang=ar", "lang=en&pseudo=1"];

let preview: Preview;
test.beforeAll(async () => {
  test.setTimeout(120_000);
  preview = await openPreview();
});
test.afterAll(() => preview?.close());

const saysItsLanguage = async (query: string): Promise<void> => {
  const language = new URLSearchParams(query).get("lang") ?? "";
  const page = preview.page.locator("html");
  await expect(page).toHaveAttribute("lang", language);
  await expect(page).toHaveAttribute("dir", language === "ar" ? "rtl" : "ltr");
};

for (const role of ["kiosk", "display"] as const) {
  const own = scenes.filter((scene) => scene.role === role && !scene.name.includes("review"));

  test(`${role}: shuts nobody out in any theme, from left to right and from right to left`, async () => {
    test.setTimeout(300_000);
    for (const scene of own)
      for (const language of ["zh-CN", "ar"]) {
        await preview.open(scene, `lang=${language}`);
        for (const theme of language === "zh-CN" || scene.isMain ? themes : (["standard"] as const)) {
          await look(preview.page, theme, 100);
          const rules = theme === "standard" ? undefined : COLOURS;
          await expectAccessible(preview.page, `${scene.name}, ${language}, ${theme}`, rules);
        }
      }
  });
}

for (const role of ["kiosk", "display", "review"] as const) {
  const own = scenes.filter((scene) => scene.role === role);

  test(`${role}: cuts no text off at any size, scrolls nowhere sideways, and says its language and its direction`, async () => {
    test.setTimeout(300_000);
    const found: string[] = [];
    for (const scene of own)
      for (const query of scene.isMain ? [...longest, ...languages.map((each) => `lang=${each}`)] : longest) {
        // A board deals its rows by the size that it was opened with.
        if (role !== "display") await preview.open(scene, query);
        for (const scale of scene.isMain ? scales : [100, 200]) {
          if (role === "display") await preview.open(scene, `${query}&scale=${String(scale)}`);
          await look(preview.page, "standard", scale);
          await saysItsLanguage(query);
          for (const cut of await findCutTexts(preview.page)) found.push(`${scene.name}, ${query}, ${scale} %: ${cut}`);
        }
      }
    expect(found).toEqual([]);
  });
}

test("a rest that begins while the screen asks who is there loses nothing of a person", async () => {
  const scene = scenes.find(({ name }) => name === "kiosk confirm")!;
  await preview.open(scene, "lang=zh-CN");
  const { page } = preview;
  const passTime = (ms: number) =>
    page.evaluate((by) => {
      const now = performance.now.bind(performance);
      performance.now = () => now() + by;
    }, ms);
  const dialog = page.getByRole("alertdialog");
  await passTime(61_000);
  await expect(dialog).toContainText("您还在吗");
  await page.evaluate(() => window.preview.pause(10_000));
  await expect(dialog).toContainText("请稍等片刻");
  await passTime(14_500);
  await expect(dialog).toBeHidden();
  await passTime(61_000);
  // It would not ask on a screen that has forgotten everybody.
  await expect(dialog).toContainText("您还在吗");
  await expect(page.locator(".confirm-buttons")).toBeAttached();
});

test("pictures for the documents", async () => {
  test.skip(process.env["SERVICE_HALL_PICTURES"] !== "1", "taken on demand");
  test.setTimeout(300_000);
  const { page } = preview;
  for (const [name, shots] of sheets) {
    const taken: string[] = [];
    for (const [sceneName, query, theme, scale] of shots) {
      const scene = scenes.find((each) => each.name === sceneName);
      if (!scene) throw new Error(`no scene ${sceneName}`);
      await preview.open(scene, query);
      await look(page, theme, scale);
      taken.push((await page.screenshot({ type: "jpeg", quality: 80 })).toString("base64"));
    }
    await page.setContent(
      `<!doctype html><body style="margin:0;width:960px;display:grid;grid-template-columns:repeat(3,1fr);align-items:start;gap:8px;background:#777">${taken
        .map((data) => `<img style="width:100%;display:block" src="data:image/jpeg;base64,${data}">`)
        .join("")}</body>`,
    );
    await page.locator("img").last().waitFor();
    const path = join(import.meta.dirname, "../../docs/screens/languages", `${name}.jpg`);
    const height = await page.evaluate(async () => {
      await Promise.all([...document.images].map((image) => image.decode()));
      return document.body.offsetHeight;
    });
    await page.setViewportSize({ width: 960, height });
    await page.screenshot({ path, type: "jpeg", quality: 45 });
  }
});
