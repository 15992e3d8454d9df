import type { App, WebContents } from "electron";
import type { Logger } from "../logging/logger.ts";
import { APP_PAGE } from "./app-scheme.ts";
import { isDocument } from "./document-contents.ts";
import { schemeOf } from "./lock-session.ts";

const isOwnPage = (url: string): boolean => url === APP_PAGE || url.startsWith(`${APP_PAGE}#`);

/** No way out of our page, for every web contents there is or will ever be. */
const lockContents = (contents: WebContents, log: Logger, roleOf: (id: number) => string): void => {
  const { id } = contents;
  const refuse = (kind: string) => (event: { preventDefault(): void; readonly url: string }) => {
    if (kind !== "frame" && isOwnPage(event.url)) return;
    event.preventDefault();
    log.write("security.navigation", { role: roleOf(id), scheme: schemeOf(event.url), kind });
  };
  contents.on("will-navigate", refuse("navigate"));
  contents.on("will-redirect", refuse("redirect"));
  contents.on("will-frame-navigate", (details) => {
    if (!details.isMainFrame) refuse("frame")(details);
  });
  // What none of the events above announces (about:blank and the like): the page is put back.
  contents.on("did-navigate", (_event, url) => {
    if (isOwnPage(url) || url.startsWith("devtools://") || isDocument(contents)) return;
    log.write("security.navigation", { role: roleOf(id), scheme: schemeOf(url), kind: "arrived" });
    contents.loadURL(APP_PAGE).catch(() => undefined);
  });
  contents.setWindowOpenHandler(({ url }) => {
    log.write("security.window", { role: roleOf(id), scheme: schemeOf(url) });
    return { action: "deny" };
  });
  contents.on("will-attach-webview", (event) => {
    event.preventDefault();
  });
  contents.on("select-bluetooth-device", (event, _devices, answer) => {
    event.preventDefault();
    answer("");
  });
  contents.on("context-menu", (event) => {
    event.preventDefault();
  });
  contents.on("did-finish-load", () => {
    contents.setVisualZoomLevelLimits(1, 1).catch(() => undefined);
    contents.setZoomLevel(0);
  });
  contents.setWebRTCIPHandlingPolicy("disable_non_proxied_udp");
};

/** Locks that hold for the whole program. Before `ready`. */
export const lockApp = (app: App, log: Logger, roleOf: (id: number) => string): void => {
  app.on("web-contents-created", (_event, contents) => {
    lockContents(contents, log, roleOf);
  });
  // Fails closed: an invalid certificate is never waved through (v5.0.0-12.3.2).
  app.on("certificate-error", (event, _contents, _url, error, _certificate, answer) => {
    event.preventDefault();
    log.write("security.certificate", { error });
    answer(false);
  });
  app.on("select-client-certificate", (event, _contents, _url, _list, answer) => {
    event.preventDefault();
    answer();
  });
  app.on("login", (event, _contents, _details, _info, answer) => {
    event.preventDefault();
    answer();
  });
};
