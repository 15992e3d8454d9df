import type { Session } from "electron";
import type { Logger } from "../logging/logger.ts";
import { APP_ORIGIN, serveApp } from "./app-scheme.ts";
import { contentPolicy, mayRequest, type ScreenKind } from "./content-policy.ts";

/** The only thing a screen may ask for: that the browser does not throw the local database away when the disk is short. */
const ALLOWED_PERMISSIONS: readonly string[] = ["persistent-storage"];

export const schemeOf = (url: string): string => /^([a-z][a-z0-9+.-]{0,20}):/i.exec(url)?.[1]?.toLowerCase() ?? "";

export interface SessionLock {
  readonly session: Session;
  readonly rendererRoot: string;
  /** Films that a board shows beside its calls. */
  readonly videoRoot: string;
  readonly log: Logger;
  readonly kind: () => ScreenKind;
  readonly nodeUrl: () => string | null;
  /** Files that the session's page will ask for soon, as a Link header. */
  readonly preloads: () => string;
}

/** Takes every power from a session that our screens do not need. Once for each session. */
export const lockSession = ({ session, rendererRoot, videoRoot, log, kind, nodeUrl, preloads }: SessionLock): void => {
  serveApp(session, rendererRoot, videoRoot, () => contentPolicy(kind(), nodeUrl()), preloads);

  session.setPermissionRequestHandler((_contents, permission, answer, details) => {
    const isAllowed = ALLOWED_PERMISSIONS.includes(permission) && details.requestingUrl.startsWith(`${APP_ORIGIN}/`);
    if (!isAllowed) log.write("security.permission", { permission });
    answer(isAllowed);
  });
  session.setPermissionCheckHandler(
    (_contents, permission, origin) =>
      ALLOWED_PERMISSIONS.includes(permission) && origin.replace(/\/$/, "") === APP_ORIGIN,
  );
  session.setDevicePermissionHandler(() => false);
  session.setBluetoothPairingHandler((_details, answer) => {
    answer({ confirmed: false });
  });
  session.on("select-hid-device", (event, _details, answer) => {
    event.preventDefault();
    answer(null);
  });
  session.on("select-serial-port", (event, _ports, _contents, answer) => {
    event.preventDefault();
    answer("");
  });
  session.on("select-usb-device", (event, _details, answer) => {
    event.preventDefault();
    answer();
  });
  session.on("will-download", (event) => {
    event.preventDefault();
    log.write("security.download");
  });
  session.webRequest.onBeforeRequest((details, answer) => {
    const isAllowed = mayRequest(details.url, nodeUrl(), APP_ORIGIN) || schemeOf(details.url) === "devtools";
    if (!isAllowed) log.write("security.request", { scheme: schemeOf(details.url), type: details.resourceType });
    answer({ cancel: !isAllowed });
  });
  session.setSpellCheckerEnabled(false);
};
