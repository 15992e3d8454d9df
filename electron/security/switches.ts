/**
 * Command line switches that would take a lock away. Electron's fuses do not cover Chromium's own switches, so the product
 * ends at once when it is given one of them. A build for tests (`npm run pack -- --e2e`) and the development run let them pass.
 */
const FORBIDDEN = [
  "remote-debugging-port",
  "remote-debugging-pipe",
  "remote-debugging-address",
  "inspect",
  "inspect-brk",
  "inspect-port",
  "inspect-publish-uid",
  "disable-web-security",
  "no-sandbox",
  "disable-setuid-sandbox",
  "disable-gpu-sandbox",
  "disable-seccomp-filter-sandbox",
  "disable-namespace-sandbox",
  "no-zygote",
  "single-process",
  "disable-site-isolation-trials",
  "ignore-certificate-errors",
  "ignore-certificate-errors-spki-list",
  "ignore-urlfetcher-cert-requests",
  "allow-running-insecure-content",
  "allow-insecure-localhost",
  "unsafely-treat-insecure-origin-as-secure",
  "allow-file-access-from-files",
  "load-extension",
  "disable-extensions-except",
  "js-flags",
  "proxy-server",
  "proxy-pac-url",
  "proxy-bypass-list",
  "host-rules",
  "host-resolver-rules",
  "user-data-dir",
  "renderer-process-limit",
  "gpu-launcher",
  "renderer-cmd-prefix",
  "utility-cmd-prefix",
  "ppapi-plugin-launcher",
  "browser-subprocess-path",
  "auth-server-whitelist",
  "auth-server-allowlist",
  "log-net-log",
  "ssl-key-log-file",
  "enable-logging",
  "log-file",
  "enable-blink-features",
  "enable-features",
  "use-fake-ui-for-media-stream",
  "auto-select-desktop-capture-source",
  "require",
  "r",
] as const;

/** The Linux containers and build machines that run as root have no Chromium sandbox to take away. */
const needless = (name: string, isRoot: boolean): boolean => isRoot && name === "no-sandbox";

/** Names of the forbidden switches in `argv`, without their values (which may be secrets). */
export const findForbiddenSwitches = (argv: readonly string[], isRoot: boolean): readonly string[] => {
  const found = new Set<string>();
  for (const argument of argv) {
    const [, name] = /^(?:--?|\/)([A-Za-z][A-Za-z-]*)(?:=|$)/.exec(argument) ?? [];
    const lower = name?.toLowerCase();
    if (lower !== undefined && FORBIDDEN.some((each) => each === lower) && !needless(lower, isRoot)) found.add(lower);
  }
  return [...found];
};
