import type { TerminalRole } from "../domain/identity/roles.ts";

/** A screen that a window of the program may show. */
export type ScreenName = TerminalRole | "launcher";

/**
 * Files of texts (renderer/locales) that each screen needs: loaded before it is shown, and named by the main process with its
 * page so that they come at once.
 */
export const screenTexts: Readonly<Record<ScreenName, readonly string[]>> = {
  kiosk: ["public", "kiosk", "publicRefusal", "review", "cannot"],
  review: ["public", "review"],
  display: ["public", "display"],
  window: ["staff", "window", "papers", "refusal", "form", "intake", "cases", "ledgers", "orders"],
  desk: [
    "staff",
    "desk",
    "home",
    "ledgers",
    "city",
    "fleet",
    "logEvent",
    "deskFloor",
    "deskPlan",
    "deskReviews",
    "releases",
    "orders",
    "review",
    "refusal",
    "cases",
    "papers",
    "intake",
  ],
  setup: ["staff", "setup"],
  launcher: ["staff", "launcher"],
};
