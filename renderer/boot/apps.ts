import type { ComponentType } from "react";
import type { TerminalInfo } from "../../shared/contract/ipc.ts";

export type AppName = "kiosk" | "window" | "review" | "display" | "desk" | "setup" | "launcher";

interface AppEntry {
  readonly load: () => Promise<{ readonly App: ComponentType }>;
  /** Files of texts that it needs. */
  readonly texts: readonly string[];
  /** Stands in the hall for anybody: restarts by itself. */
  readonly isPublic: boolean;
  /** Works on the hall's data. */
  readonly hasStore: boolean;
}

/** Each screen is loaded only where it is shown. */
export const apps: Readonly<Record<AppName, AppEntry>> = {
  kiosk: {
    load: () => import("../apps/kiosk/app.tsx"),
    texts: ["public", "kiosk", "publicRefusal", "review", "cannot"],
    isPublic: true,
    hasStore: true,
  },
  review: {
    load: () => import("../apps/review/app.tsx"),
    texts: ["public", "review"],
    isPublic: true,
    hasStore: true,
  },
  display: {
    load: () => import("../apps/display/app.tsx"),
    texts: ["public", "display"],
    isPublic: true,
    hasStore: true,
  },
  window: {
    load: () => import("../apps/window/app.tsx"),
    texts: ["staff", "window", "papers", "refusal", "form", "intake", "cases", "ledgers"],
    isPublic: false,
    hasStore: true,
  },
  desk: {
    load: () => import("../apps/desk/app.tsx"),
    texts: [
      "staff",
      "desk",
      "home",
      "ledgers",
      "city",
      "deskFloor",
      "deskPlan",
      "deskReviews",
      "orders",
      "review",
      "refusal",
      "cases",
      "papers",
      "intake",
    ],
    isPublic: false,
    hasStore: true,
  },
  setup: {
    load: () => import("../apps/setup/app.tsx"),
    texts: ["staff", "setup"],
    isPublic: false,
    hasStore: false,
  },
  launcher: {
    load: () => import("../apps/launcher/app.tsx"),
    texts: ["staff", "launcher"],
    isPublic: false,
    hasStore: false,
  },
};

/** Which screen a window shows. */
export const appOf = (info: TerminalInfo): AppName => {
  if (info.role === "launcher") return "launcher";
  // The applicant's side never shows set-up, whatever the terminal lacks.
  if (info.display === "second") return "review";
  if (info.credentials === null || info.nodeUrl === null) return "setup";
  return info.role;
};
