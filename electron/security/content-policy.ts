/** Public screens (kiosk, review, board) may do less than staff screens. */
export type ScreenKind = "public" | "staff";

/** http(s)://host:port → also ws(s)://host:port. */
const nodeSources = (nodeUrl: string | null): readonly string[] =>
  nodeUrl === null ? [] : [nodeUrl, nodeUrl.replace(/^http/, "ws")];

/** The content security policy of our pages. Scripts and styles come from our own files alone. */
export const contentPolicy = (kind: ScreenKind, nodeUrl: string | null): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data: blob:",
    "media-src 'self'",
    "font-src 'self'",
    "worker-src 'self'",
    `connect-src ${["'self'", ...nodeSources(nodeUrl)].join(" ")}`,
    "object-src 'none'",
    "frame-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    // Without allow-modals and allow-downloads, in frames too: window.print opens the system's dialog, and nothing else stops it.
    ...(kind === "public" ? ["sandbox allow-scripts allow-same-origin allow-forms"] : []),
  ].join("; ");

/** What a page may ask the machine for at all, before anybody is asked: nothing, but on a clerk's window the camera. */
export const permissionsPolicy = (mayUseCamera: boolean): string =>
  `camera=${mayUseCamera ? "(self)" : "()"}, microphone=(), geolocation=(), usb=(), serial=(), hid=(), bluetooth=(), midi=(), display-capture=()`;

/** Whether a page may ask for `url` at all: a second wall behind the policy, for what the policy does not cover. */
export const mayRequest = (url: string, nodeUrl: string | null, appOrigin: string): boolean => {
  if (url.startsWith(`${appOrigin}/`) || url.startsWith("data:image/") || url.startsWith(`blob:${appOrigin}/`))
    return true;
  return nodeSources(nodeUrl).some((source) => url === source || url.startsWith(`${source}/`));
};
