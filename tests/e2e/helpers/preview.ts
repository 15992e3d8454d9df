import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import react from "@vitejs/plugin-react";
import { build } from "vite";
import { sizeOf, type Scene } from "../../preview/public/scenes.ts";
import { openPlainWindow } from "./plain-window.ts";

const ROOT = join(import.meta.dirname, "../../..");
const PUBLIC = join(ROOT, "tests/preview/public");
const STAFF = join(ROOT, "tests/preview/staff");

const TYPES: Readonly<Record<string, string>> = { html: "text/html", js: "text/javascript", css: "text/css" };

const serveFolder = async (folder: string) => {
  const server = createServer((request, answer) => {
    const path = new URL(request.url ?? "/", "http://preview").pathname.slice(1) || "index.html";
    readFile(join(folder, path)).then(
      (body) => answer.writeHead(200, { "content-type": TYPES[path.split(".").at(-1) ?? ""] ?? "" }).end(body),
      () => answer.writeHead(404).end(),
    );
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const address = server.address();
  return { server, port: typeof address === "object" && address ? address.port : 0 };
};

export interface Preview {
  readonly page: Page;
  /** Opens a scene afresh; `query` as of tests/preview/public/main.tsx. */
  open(scene: Scene, query: string): Promise<void>;
  close(): Promise<void>;
}

/** A window of the product's own browser on the pages of a preview folder. */
const openPages = async (root: string): Promise<{ page: Page; url: string; close: () => Promise<void> }> => {
  const folder = mkdtempSync(join(tmpdir(), "service-hall-preview-"));
  await build({
    configFile: false,
    logLevel: "error",
    root,
    base: "./",
    publicDir: false,
    plugins: [react()],
    build: { outDir: join(folder, "page"), emptyOutDir: true, target: "chrome130", chunkSizeWarningLimit: 9_000 },
  });
  const { server, port } = await serveFolder(join(folder, "page"));
  const { page, close } = await openPlainWindow();
  return {
    page,
    url: `http://127.0.0.1:${String(port)}/`,
    close: async () => {
      await close();
      server.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};

/** Single staff screens; `query` as of tests/preview/staff/main.tsx. */
export const openStaffPreview = async () => {
  const { page, url, close } = await openPages(STAFF);
  return {
    page,
    open: async (query: string): Promise<void> => {
      await page.setViewportSize({ width: 1600, height: 1000 });
      await page.goto(`${url}?${query}`);
      await page.evaluate(() => document.fonts.ready);
    },
    close,
  };
};

/** Single public screens, each with a hall in memory. */
export const openPreview = async (): Promise<Preview> => {
  const { page, url, close } = await openPages(PUBLIC);
  return {
    page,
    open: async ({ role, query: own = "", steps = [] }, query) => {
      await page.setViewportSize(sizeOf[role]);
      await page.goto(`${url}?role=${role}&${own}&${query}`);
      // By the frame: a locator looks again after up to half a second, some hundred times in a run.
      await page.waitForFunction(() => document.querySelector(".public") !== null);
      for (const step of steps) await step(page);
      await page.evaluate(() => document.fonts.ready);
    },
    close,
  };
};

/** Puts a theme and a text size on the page, as the service bar does, and lets it settle. */
export const look = (page: Page, theme: string, scale: number): Promise<void> =>
  page.evaluate(
    async ([name, size]) => {
      document.documentElement.dataset["theme"] = name;
      document.documentElement.dataset["scale"] = size;
      for (const animation of document.getAnimations()) animation.cancel();
      await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    },
    [theme, String(scale)] as const,
  );
