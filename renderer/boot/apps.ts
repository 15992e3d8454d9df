import type { ComponentType } from "react";
import type { TerminalInfo } from "../../shared/contract/ipc.ts";
import type { ScreenName } from "../../shared/contract/screen-texts.ts";

export type AppName = ScreenName;

interface AppEntry {
  readonly load: () => Promise<{ readonly App: ComponentType }>;
  /** Stands in the hall for anybody: restarts by itself. */
  readonly isPublic: boolean;
  /** Works on the hall's data. */
  readonly hasStore: boolean;
}

/** Each screen is loaded only where it is shown. */
export const apps: Readonly<Record<AppName, AppEntry>> = {
  kiosk: {
    load: () => import("../apps/kiosk/app.tsx"),
    isPublic: true,
    hasStore: true,
  },
  review: {
    load: () => import("../apps/review/app.tsx"),
    isPublic: true,
    hasStore: true,
  },
  display: {
    load: () => import("../apps/display/app.tsx"),
    isPublic: true,
    hasStore: true,
  },
  window: {
    load: () => import("../apps/window/app.tsx"),
    isPublic: false,
    hasStore: true,
  },
  desk: {
    load: () => import("../apps/desk/app.tsx"),
    isPublic: false,
    hasStore: true,
  },
  setup: {
    load: () => import("../apps/setup/app.tsx"),
    isPublic: false,
    hasStore: false,
  },
  launcher: {
    load: () => import("../apps/launcher/app.tsx"),
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
