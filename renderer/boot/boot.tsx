import { StrictMode } from "react";
import { createRoot, type Root } from "react-dom/client";
import type { TerminalInfo } from "../../shared/contract/ipc.ts";
import { screenTexts } from "../../shared/contract/screen-texts.ts";
import { onLanguage, startTexts } from "../i18n.ts";
import { browserEnvironment } from "../platform/browser-environment.ts";
import { electronPlatform, findBridge } from "../platform/electron.ts";
import type { Platform } from "../platform/platform.ts";
import type { Terminal } from "../store/terminal.ts";
import { ErrorBoundary } from "../ui/boundaries/error-boundary.tsx";
import { FailurePage } from "../ui/boundaries/failure-page.tsx";
import { InService } from "../ui/boundaries/in-service.tsx";
import { TerminalContext } from "../ui/hooks.ts";
import { appOf, apps, type AppName } from "./apps.ts";
import { deafWhileLocked } from "./deaf-while-locked.ts";

const findPlatform = async (): Promise<Platform> => {
  const bridge = findBridge();
  if (bridge) return electronPlatform(bridge);
  const { browserPlatform } = await import("../platform/browser.ts");
  return browserPlatform();
};

const reporter =
  (platform: Platform) =>
  (error: unknown, where: string): void => {
    const { name, message } = error instanceof Error ? error : new Error(String(error));
    platform.log("ui.error", { name: name.slice(0, 80), message: message.slice(0, 300), where: where.slice(0, 200) });
  };

/** The second display of a window terminal is a review terminal of its own. */
const infoFor = (info: TerminalInfo, app: AppName): TerminalInfo =>
  app === "review" && info.role !== "review" ? { ...info, role: "review" } : info;

/** A window that nobody sees is not drawn. */
const DRAWN_AT_LATEST_MS = 500;

const whenDrawn = (tell: () => void): void => {
  requestAnimationFrame(() => setTimeout(tell));
  setTimeout(tell, DRAWN_AT_LATEST_MS);
};

/** @param drawn the screen has been drawn */
type Opener = (drawn: Promise<void>) => Promise<Terminal>;

/** Opens what the screen works on, once its files are there. */
const findOpener = async (platform: Platform, info: TerminalInfo, app: AppName): Promise<Opener> => {
  if (!apps[app].hasStore || info.credentials === null || info.nodeUrl === null) {
    const { blankTerminal } = await import("./blank-terminal.ts");
    return () => Promise.resolve(blankTerminal(info));
  }
  const { openTerminal } = await import("../store/open-terminal.ts");
  return (drawn) =>
    openTerminal({
      info: infoFor(info, app),
      environment: browserEnvironment(platform),
      print: platform.print,
      readPersonCard: platform.readPersonCard,
      cancelPersonCard: platform.cancelPersonCard,
      drawn,
    });
};

/** Shows the screen of this window. Everything is fetched side by side; nothing waits for the network. */
export const boot = async (element: HTMLElement): Promise<void> => {
  let isPublic = true;
  let report: ReturnType<typeof reporter> = () => undefined;
  let tellDrawn = (): void => undefined;
  const drawn = new Promise<void>((resolve) => (tellDrawn = resolve));
  // A row that its own boundary left out is still written down.
  const root = createRoot(element, { onCaughtError: (error) => report(error, "caught") });
  try {
    const platform = await findPlatform();
    report = reporter(platform);
    addEventListener("error", ({ error, message }) => report(error ?? message, "window"));
    addEventListener("unhandledrejection", ({ reason }) => report(reason, "promise"));
    const info = await platform.info();
    const app = appOf(info);
    const { load, ...entry } = apps[app];
    isPublic = entry.isPublic;
    document.documentElement.dataset["app"] = app;
    if (isPublic && info.screen.turn !== 0) document.documentElement.dataset["turn"] = String(info.screen.turn);
    const open = await findOpener(platform, info, app);
    // The database is asked first: the screen's files run while it opens.
    const [terminal, { App }] = await Promise.all([open(drawn), load(), startTexts(info.language, screenTexts[app])]);
    if (!isPublic) deafWhileLocked(terminal.locked);
    if (!isPublic && platform.keepLanguage) onLanguage(platform.keepLanguage);
    root.render(
      <StrictMode>
        <ErrorBoundary isPublic={isPublic} failed={report}>
          <TerminalContext value={terminal}>
            <InService isPublic={isPublic}>
              <App />
            </InService>
          </TerminalContext>
        </ErrorBoundary>
      </StrictMode>,
    );
    whenDrawn(tellDrawn);
  } catch (error) {
    report(error, "boot");
    showFailure(root, isPublic, error);
    // The terminal behind it may be open: what it holds is sent all the same.
    tellDrawn();
  }
};

const showFailure = (root: Root, isPublic: boolean, error: unknown): void => {
  const detail = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  root.render(<FailurePage isPublic={isPublic} detail={detail} />);
};
