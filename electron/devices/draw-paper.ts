import type { BrowserWindow } from "electron";
import type { PaperPrint } from "../../shared/contract/ipc.ts";
import { paperPage } from "./paper-page.ts";
import { PAPER_DOTS, pictureOf, type PaperPicture } from "./paper-picture.ts";
import { openSilentPages } from "./silent-page.ts";

/** As high as nearly every ticket. */
const FIRST_HEIGHT = 1_200;
/** Two metres of paper; a page of it takes 37 MB while it is drawn. */
const MOST_HEIGHT = 16_000;
/** A ticket is drawn in a tenth of a second. */
const DRAW_MS = 4_000;
const LOOK_MS = 20;
/** Looks at a page without an end: then it is longer than its window. */
const LOOKS = 5;

const capture = async (window: BrowserWindow): Promise<PaperPicture | null> => {
  const taken = await window.webContents.capturePage();
  if (taken.isEmpty()) return null;
  // A screen with smaller dots than usual draws this page with them, too.
  const image = taken.getSize().width === PAPER_DOTS ? taken : taken.resize({ width: PAPER_DOTS, quality: "best" });
  return pictureOf(image.toBitmap());
};

/** Papers drawn by Chromium, which knows the shapes of every script and which way its lines run. */
export const openPaperDrawing = (): ((paper: PaperPrint) => Promise<PaperPicture>) => {
  const show = openSilentPages("tickets", {
    width: PAPER_DOTS,
    height: FIRST_HEIGHT,
    isPictured: true,
    limitMs: 2 * DRAW_MS,
  });
  return (paper) =>
    show(paperPage(paper), async (_contents, window) => {
      const until = performance.now() + DRAW_MS;
      for (let look = 1; performance.now() < until; look += 1) {
        const picture = await capture(window);
        if (picture !== null) return picture;
        if (look % LOOKS === 0) {
          const [, height = FIRST_HEIGHT] = window.getContentSize();
          window.setContentSize(PAPER_DOTS, Math.min(2 * height, MOST_HEIGHT));
        }
        await new Promise((resolve) => void setTimeout(resolve, LOOK_MS));
      }
      throw new Error("the paper could not be drawn");
    });
};
