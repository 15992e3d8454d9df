import type { Session } from "electron";
import type { Logger } from "../logging/logger.ts";
import type { Preloads } from "../windows/preloads.ts";
import { APP_ORIGIN, serveApp } from "./app-scheme.ts";
import { contentPolicy, mayRequest, permissionsPolicy, type ScreenKind } from "./content-policy.ts";

/** What any screen may ask for: that the browser does not throw the local database away when the disk is short. */
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
  /** Whether the page may use a camera: a clerk's window scans with one. Never a microphone. */
  readonly mayUseCamera: () => boolean;
  /** What the session's page will ask for. */
  readonly preloads: () => Preloads;
}

/** Takes every power from a session that our screens do not need. Once for each session. */
export const lockSession = (lock: SessionLock): void => {
  const { session, rendererRoot, videoRoot, log, kind, nodeUrl, preloads, mayUseCamera } = lock;
  serveApp({
    session,
    root: rendererRoot,
    videoRoot,
    policy: () => contentPolicy(kind(), nodeUrl()),
    permissions: () => permissionsPolicy(mayUseCamera()),
    preloads,
  });
  const isCamera = (permission: string, kinds: readonly (string | undefined)[]): boolean =>
    permission === "media" && mayUseCamera() && kinds.length > 0 && kinds.every((each) => each === "video");

  session.setPermissionRequestHandler((_contents, permission, answer, details) => {
    const kinds = "mediaTypes" in details ? (details.mediaTypes ?? []) : [];
    const isAllowed =
      (ALLOWED_PERMISSIONS.includes(permission) || isCamera(permission, kinds)) &&
      details.requestingUrl.startsWith(`${APP_ORIGIN}/`);
    if (!isAllowed) log.write("security.permission", { permission });
    answer(isAllowed);
  });
  session.setPermissionCheckHandler(
    (_contents, permission, origin, details) =>
      (ALLOWED_PERMISSIONS.includes(permission) || isCamera(permission, [details.mediaType])) &&
      origin.replace(/\/$/, "") === APP_ORIGIN,
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
