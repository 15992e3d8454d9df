import { join } from "node:path";
import { app, powerMonitor, screen } from "electron";
import { err, ok, type Result } from "../shared/basics/result.ts";
import type { EnrolResponse, HallInfo } from "../shared/contract/api.ts";
import { splitEnrolCode } from "../shared/contract/enrol-code.ts";
import type { SessionOutcome, TerminalInfo } from "../shared/contract/ipc.ts";
import { plainScreen } from "../shared/contract/screen-settings.ts";
import type { MachineFacts } from "../shared/domain/fleet/terminal-report.ts";
import type { ApplicantAnswer } from "../shared/domain/document/applicant-view.ts";
import type { CounterScreen } from "../shared/domain/queue/counter-screen.ts";
import type { Bounds, StartArgs, StartRole } from "./args.ts";
import { openDemoHall, type DemoHall } from "./demo-hall.ts";
import { openIdReader, type IdReader } from "./devices/id-reader.ts";
import { openCounterDisplay, type CounterDisplay } from "./devices/counter-display.ts";
import { openDocumentPrinter, type DocumentPrinter } from "./devices/document-printer.ts";
import { openPaperDrawing } from "./devices/draw-paper.ts";
import { openTicketPrinter, type TicketPrinter } from "./devices/ticket-printer.ts";
import { internalChannels } from "./ipc/internal-channels.ts";
import { openTerminalJournals, type TerminalJournals } from "./journal/terminal-journals.ts";
import { leaveHall } from "./leave-hall.ts";
import { openMachineFacts } from "./fleet/machine-facts.ts";
import type { Logger } from "./logging/logger.ts";
import { findAuthority } from "./node/find-authority.ts";
import { enrolAt, getHallInfo, parseNodeUrl, type Wire } from "./node/node-client.ts";
import { newSession } from "./node/session-tokens.ts";
import { newDeviceKey, publicKeyOf } from "./security/device-key.ts";
import { openTerminalSessions } from "./security/terminal-sessions.ts";
import { decideRole, kindOf, screenFor } from "./shown-role.ts";
import type { Identity } from "./settings/identity.ts";
import { nodeFaultText, noticeText, roleName, windowTitle, type NodeFault } from "./text.ts";
import { APP_PAGE } from "./security/app-scheme.ts";
import { startAgain } from "./update/start-again.ts";
import { tellUp } from "./update/tell-up.ts";
import { idleSeconds, isTouched } from "./windows/last-input.ts";
import { watchEnds } from "./windows/restart-wait.ts";
import { keepSecondScreen, type SecondScreen } from "./windows/second-screen.ts";
import { restartNightly } from "./windows/nightly-restart.ts";
import { openTerminalWindow, type TerminalWindow } from "./windows/terminal-window.ts";

/** The running terminal: its identity, its devices and its windows. Everything that handlers may use. */
export interface Terminal {
  readonly identity: Identity;
  readonly log: Logger;
  readonly wire: Wire;
  /** Gets what is too large for an answer. */
  readonly download: (url: string, init: RequestInit) => Promise<Response>;
  readonly printer: TicketPrinter;
  readonly documents: DocumentPrinter;
  readonly idReader: IdReader;
  readonly counterDisplay: CounterDisplay;
  /** Since when nobody has touched its windows. */
  readonly idleSeconds: () => number;
  /** Whether a window that is open now was touched since it was opened. */
  readonly isTouched: () => boolean;
  /** What the desk is told of this computer. */
  readonly machineFacts: () => Promise<MachineFacts>;
  logUnexpected(where: string, error: unknown): void;
  nodeUrl(): string | null;
  faultText(fault: NodeFault): string;
  /** Asks the node now. @returns false when what answers there is not whom this terminal believes */
  isNodeTrusted(): Promise<boolean>;
  /** A new token for the device of a display. */
  newSession(display: "main" | "second"): Promise<SessionOutcome>;
  infoFor(window: TerminalWindow): TerminalInfo;
  /** The second copies of what its devices have not sent. */
  readonly journals: TerminalJournals;
  findWindow(contentsId: number): TerminalWindow | undefined;
  /** Asks which hall answers there, believing whom the typed code says, or else whom this terminal believes already. */
  testNode(nodeUrl: string, code: string): Promise<Result<HallInfo, NodeFault>>;
  enrol(nodeUrl: string, code: string, name: string): Promise<Result<EnrolResponse, NodeFault>>;
  /** Forgets the hall, with everything of it that lies on this computer. Whoever asks knows that all is sent. */
  leaveHall(): Promise<void>;
  showOnSecond(screen: CounterScreen): void;
  /** Tells the staff window what the applicant did on the second screen. */
  tellMain(answer: ApplicantAnswer): void;
  getDemoHall(): DemoHall;
  /** Opens the windows of the role; enrols first when the command line says so. */
  start(): Promise<void>;
  /** Closes all windows and opens those of the role that the terminal has now. */
  restart(): void;
  /** Brings the terminal to the front: somebody started it a second time. */
  /** @param openAt what to go to, as `StartArgs.openAt` */
  show(openAt: string | null): void;
  /** From now on windows may close. */
  end(): void;
}

export const createTerminal = (args: StartArgs, identity: Identity, log: Logger): Terminal => {
  const windows = new Map<number, TerminalWindow>();
  const journals = openTerminalJournals(join(app.getPath("userData"), "outbox"), identity, log);
  const startNotices: TerminalInfo["notices"][number][] = [];
  const givenNode = args.nodeUrl === null ? null : parseNodeUrl(args.nodeUrl);
  let asked = args.role;
  let secondScreen: SecondScreen | null = null;
  let lastScreen: CounterScreen | null = null;
  let demoHall: DemoHall | null = null;
  let isEnding = false;
  let isRestarting = false;

  const language = () => identity.settings.get().language;
  const nodeUrl = () => (givenNode?.ok ? givenNode.value : (identity.enrolment()?.nodeUrl ?? null));
  const authority = () => identity.enrolment()?.authority ?? null;
  const enrolledAtStart = identity.enrolment();
  const sessions = openTerminalSessions({ identity, log, nodeUrl });
  const wire: Wire = (url, asked) => sessions.wireBelieving(authority())(url, asked);

  const logUnexpected = (where: string, error: unknown) => {
    log.write("app.unexpected", {
      where,
      message: error instanceof Error ? (error.stack ?? error.message) : String(error),
    });
  };

  const open = (role: StartRole, display: "main" | "second", bounds: Bounds, isPlaced: boolean): TerminalWindow => {
    const kind = kindOf(role);
    const isFree = isPlaced || args.windowed;
    const isLocked = kind === "public" && !isFree;
    const window = openTerminalWindow(
      {
        role,
        display,
        kind,
        title: windowTitle(role, display, identity.enrolment()?.hallName ?? null, language()),
        session: sessions.forWindow(role),
        bounds,
        isLocked,
        isMaximised: kind === "staff" && !isFree,
        mayHaveDevTools: !app.isPackaged,
        openAt: kind === "staff" && display === "main" ? (args.openAt ?? "") : "",
      },
      log,
      () => isEnding || isRestarting || closing.has(window),
    );
    const { id } = window.browser.webContents;
    windows.set(id, window);
    window.browser.once("closed", () => {
      windows.delete(id);
      // The staff window is the terminal; its applicant's screen goes with it.
      if (display !== "main" || isRestarting) return;
      // A page closes its window without being asked whether it may (window.close).
      if (isLocked && !isEnding) setTimeout(() => terminal.restart(), nextReopening());
      else app.quit();
    });
    if (display === "second")
      window.browser.webContents.on("did-finish-load", () => {
        if (lastScreen) window.browser.webContents.send(internalChannels.counterScreen, lastScreen);
      });
    return window;
  };
  const nextReopening = watchEnds();
  const closing = new Set<TerminalWindow>();
  const close = (window: TerminalWindow) => {
    closing.add(window);
    window.browser.destroy();
  };

  const mainBounds = (role: StartRole): Bounds => {
    if (args.bounds) return args.bounds;
    const { bounds, workArea } = screen.getPrimaryDisplay();
    if (kindOf(role) === "public" && !args.windowed) return bounds;
    const [width, height] = [Math.min(1280, workArea.width), Math.min(800, workArea.height)];
    return { x: workArea.x, y: workArea.y, width, height };
  };

  const openAll = () => {
    const { role, differs } = decideRole(
      asked,
      identity.enrolment()?.role ?? null,
      identity.enrolment()?.enrolledAs ?? null,
    );
    const enrolled = identity.enrolment();
    if (differs && enrolled)
      startNotices.push({
        code: "role_differs",
        detail: noticeText("roleDiffers", roleName(enrolled.role, language()), language()),
      });
    const main = open(role, "main", mainBounds(role), args.bounds !== null);
    if (role !== "window" || !identity.credentials("second")) return;
    if (args.secondBounds) open("review", "second", args.secondBounds, true);
    else if (!args.bounds && !args.windowed)
      secondScreen = keepSecondScreen(
        main.browser,
        (bounds) => open("review", "second", bounds, false),
        close,
        (count) => {
          log.write("display.changed", { count });
        },
      );
  };

  /** Whom the code says to believe; a node on this very computer, reached without https, shows nobody. */
  const authorityOf = async (url: string, letters: string | null): Promise<Result<string | null, NodeFault>> => {
    const node = parseNodeUrl(url);
    if (!node.ok) return node;
    if (letters === null || node.value.startsWith("http:")) return ok(null);
    return findAuthority(node.value, letters);
  };

  const testNode = async (url: string, text: string): Promise<Result<HallInfo, NodeFault>> => {
    const { letters } = splitEnrolCode(text);
    const believed = letters === null ? ok(authority()) : await authorityOf(url, letters);
    if (!believed.ok) return believed;
    const info = await getHallInfo(sessions.wireBelieving(believed.value), url);
    // Nobody has told this terminal yet whom to believe: a hall's own authority is no stranger for that.
    const isNew = identity.enrolment() === null && text.trim() === "";
    return !info.ok && info.error === "untrusted" && isNew ? err("code_needed") : info;
  };

  const askToEnrol = async (url: string, text: string, name: string) => {
    if (name === "") return err<NodeFault>("wrong_name");
    const { code, letters } = splitEnrolCode(text);
    const believed = await authorityOf(url, letters);
    if (!believed.ok) return believed;
    const key = newDeviceKey();
    const wish = { code, name, publicKey: publicKeyOf(key) };
    const enrolled = await enrolAt(sessions.wireBelieving(believed.value), url, wish);
    return enrolled.ok ? ok({ ...enrolled.value, key, authority: believed.value }) : enrolled;
  };

  const enrol = async (url: string, code: string, name: string): Promise<Result<EnrolResponse, NodeFault>> => {
    const outcome = await askToEnrol(url, code, name.trim());
    if (!outcome.ok) {
      log.write("enrol.failed", { code: outcome.error });
      return outcome;
    }
    try {
      const { nodeUrl: reached, response, key, authority: believed } = outcome.value;
      identity.enrol(reached, name.trim(), response, key, believed);
    } catch (error) {
      logUnexpected("enrol", error);
      return err("key_store_failed");
    }
    return ok(outcome.value.response);
  };

  const closeAll = () => {
    secondScreen?.stop();
    secondScreen = null;
    lastScreen = null;
    for (const window of windows.values()) window.browser.destroy();
  };

  const printer = openTicketPrinter(() => identity.settings.get().printer, openPaperDrawing());
  const terminal: Terminal = {
    identity,
    log,
    journals,
    wire,
    download: (url, init) => sessions.believing(authority()).fetch(url, init),
    printer,
    idleSeconds,
    isTouched,
    machineFacts: openMachineFacts({ identity, printer, log }),
    documents: openDocumentPrinter(() => identity.settings.get().documentPrinter),
    idReader: openIdReader(
      () => identity.settings.get().idReader,
      async (path, baudRate) => (await import("./devices/serial-line.ts")).openSerialLine(path, baudRate),
    ),
    counterDisplay: openCounterDisplay(() => identity.settings.get().counterDisplay),
    logUnexpected,
    nodeUrl,
    faultText: (fault) => nodeFaultText(fault, language()),
    async newSession(display) {
      const url = nodeUrl();
      const proof = identity.proof(display);
      if (url === null || proof === null) return err("unavailable");
      const outcome = await newSession(wire, url, proof);
      if (outcome.ok) identity.present(display, outcome.value.secret);
      return outcome;
    },
    async isNodeTrusted() {
      const url = nodeUrl();
      const answer = url === null ? null : await getHallInfo(wire, url);
      return answer === null || answer.ok || answer.error !== "untrusted";
    },
    infoFor({ role, display }) {
      // Its page runs: what a broken version does not get to.
      if (display === "main") tellUp();
      const enrolment = identity.enrolment();
      return {
        role,
        display,
        appVersion: app.getVersion(),
        nodeUrl: nodeUrl(),
        credentials: identity.credentials(display),
        terminalName: enrolment?.terminalName ?? null,
        hallName: enrolment?.hallName ?? null,
        counterId: enrolment?.counterId ?? null,
        language: language(),
        screen: display === "main" ? screenFor(role, identity.settings.get().screen) : plainScreen,
        keyStore: identity.keyStore,
        dataKey: identity.dataKey,
        notices: [...identity.notices, ...startNotices],
      };
    },
    findWindow: (contentsId) => windows.get(contentsId),
    testNode,
    enrol,
    leaveHall: () => leaveHall(journals, sessions, identity),
    showOnSecond(counterScreen) {
      lastScreen = counterScreen;
      terminal.counterDisplay.show(counterScreen);
      for (const { display, browser } of windows.values())
        if (display === "second") browser.webContents.send(internalChannels.counterScreen, counterScreen);
    },
    tellMain(answer) {
      for (const { display, role, browser } of windows.values())
        if (display === "main" && role === "window") browser.webContents.send(internalChannels.applicantAnswer, answer);
    },
    getDemoHall() {
      demoHall ??= openDemoHall(args.demoFile, wire, logUnexpected);
      return demoHall;
    },
    async start() {
      if (args.enrolCode !== null && !identity.enrolment()) {
        const name = asked && asked !== "setup" ? roleName(asked, language()) : roleName("setup", language());
        const outcome = await enrol(args.nodeUrl ?? "", args.enrolCode, name);
        if (!outcome.ok) startNotices.push({ code: "enrol_failed", detail: nodeFaultText(outcome.error, language()) });
      }
      openAll();
      restartNightly(() => {
        if (identity.enrolment()?.role !== "display" || asked === "setup") return;
        log.write("app.nightlyRestart");
        terminal.restart();
      }, powerMonitor);
    },
    restart() {
      if (enrolledAtStart !== null && enrolledAtStart.authority !== authority()) {
        // Chromium remembers whom it refused; a new process does not.
        startAgain();
        return;
      }
      isRestarting = true;
      closeAll();
      // `--role setup` has done its work; from here on the terminal is what it is enrolled for.
      if (asked !== "launcher") asked = null;
      startNotices.length = 0;
      openAll();
      isRestarting = false;
    },
    show(openAt) {
      for (const { browser, display, kind } of windows.values()) {
        if (display !== "main") continue;
        if (openAt !== null && kind === "staff") browser.loadURL(APP_PAGE + openAt).catch(() => undefined);
        if (browser.isMinimized()) browser.restore();
        browser.show();
        browser.focus();
      }
    },
    end() {
      isEnding = true;
      journals.close().catch((error: unknown) => logUnexpected("journal", error));
      terminal.counterDisplay.close();
      demoHall?.stop();
    },
  };
  return terminal;
};
