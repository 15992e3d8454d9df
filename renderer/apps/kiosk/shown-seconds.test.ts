import { expect, it } from "vitest";
import { shownSeconds } from "./shown-seconds.ts";

/* Larger type takes longer to read; who has to decide about the paper needs a minute at least, and longer than who only reads. */

it.each(["printed", "printing", "noPrinter", "outOfPaper", "coverOpen", "failed", "asked"] as const)(
  "%s: the larger the type, the longer the number stays",
  (print) => {
    expect(shownSeconds(print, 150)).toBeGreaterThan(shownSeconds(print, 100));
    expect(shownSeconds(print, 200)).toBeGreaterThan(shownSeconds(print, 150));
  },
);

it.each(["outOfPaper", "coverOpen", "failed", "asked"] as const)("%s: leaves time to decide", (print) => {
  for (const scale of [100, 150, 200] as const) {
    expect(shownSeconds(print, scale)).toBeGreaterThanOrEqual(60);
    expect(shownSeconds(print, scale)).toBeGreaterThan(shownSeconds("printed", scale));
  }
});
