import { join } from "node:path";
import { app, powerMonitor } from "electron";
import { err } from "../shared/basics/result.ts";
import type { SessionOutcome, TerminalInfo } from "../shared/contract/ipc.ts";
import { plainScreen } from "../shared/contract/screen-settings.ts";
import type { MachineFacts } from "../shared/domain/fleet/terminal-report.ts";
import type { StartArgs, StartRole } from "./args.ts";
import { openDemoHall, type DemoHall } from "./demo-hall.ts";
import { openIdReader, type IdReader } from "./devices/id-reader.ts";
import { openCounterDisplay, type CounterDisplay } from "./devices/counter-display.ts";
import { openDocumentPrinter, type DocumentPrinter } from "./devices/document-printer.ts";
import { openPaperDrawing } from "./devices/draw-paper.ts";
import { openTicketPrinter, type TicketPrinter } from "./devices/ticket-printer.ts";
import { openTerminalJournals, type TerminalJournals } from "./journal/terminal-journals.ts";
import { leaveHall } from "./leave-hall.ts";
import { openMachineFacts } from "./fleet/machine-facts.ts";
import type { Logger } from "./logging/logger.ts";
import { openEnrolling, type Enrolling } from "./node/enrolling.ts";
import { getHallInfo, parseNodeUrl, type Wire } from "./node/node-client.ts";
import { newSession } from "./node/session-tokens.ts";
import { openTerminalSessions } from "./security/terminal-sessions.ts";
import { decideRole, screenFor } from "./shown-role.ts";
import type { Identity } from "./settings/identity.ts";
import { nodeFaultText, noticeText, roleName, type NodeFault } from "./text.ts";
import { setTornDataAside } from "./torn-data.ts";
import { startAgain } from "./update/start-again.ts";
import { tellUp } from "./update/tell-up.ts";
import { idleSeconds, isTouched } from "./windows/last-input.ts";
import { restartNightly } from "./windows/nightly-restart.ts";
import { createRoleWindows, type RoleWindows } from "./windows/role-windows.ts";
import type { TerminalWindow } from "./windows/terminal-window.ts";

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
  readonly windows: RoleWindows;
  readonly enrolling: Enrolling;
  /** Forgets the hall, with everything of it that lies on this computer. Whoever asks knows that all is sent. */
  leaveHall(): Promise<void>;
  getDemoHall(): DemoHall;
  /** Opens the windows of the role; enrols first when the command line says so. */
  start(): Promise<void>;
  /** Closes all windows and opens those of the role that the terminal has now. */
  restart(): void;
  /** From now on windows may close. */
  end(): void;
}

export const createTerminal = (args: StartArgs, identity: Identity, log: Logger): Terminal => {
  const journals = openTerminalJournals(join(app.getPath("userData"), "outbox"), identity, log);
  const startNotices: TerminalInfo["notices"][number][] = [];
  const givenNode = args.nodeUrl === null ? null : parseNodeUrl(args.nodeUrl);
  let asked = args.role;
  let demoHall: DemoHall | null = null;

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

  const windows = createRoleWindows({ args, identity, log, sessions, onLockedClosed: () => terminal.restart() });
  const enrolling = openEnrolling({ identity, log, sessions, logUnexpected });

  /** The role that the terminal shows now; a notice says when that is not the one it was started for. */
  const roleNow = (): StartRole => {
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
    return role;
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
    windows,
    enrolling,
    leaveHall: () => leaveHall(journals, sessions, identity),
    getDemoHall() {
      demoHall ??= openDemoHall(args.demoFile, wire, logUnexpected);
      return demoHall;
    },
    async start() {
      const failed = (error: unknown): void => logUnexpected("torn data", error);
      const aside = setTornDataAside(app.getPath("userData"), Date.now(), failed);
      for (const name of aside) log.write("store.setAside", { name });
      if (aside.length > 0) startNotices.push({ code: "data_set_aside", detail: aside.join(", ") });
      if (args.enrolCode !== null && !identity.enrolment()) {
        const name = asked && asked !== "setup" ? roleName(asked, language()) : roleName("setup", language());
        const outcome = await enrolling.enrol(args.nodeUrl ?? "", args.enrolCode, name);
        if (!outcome.ok) startNotices.push({ code: "enrol_failed", detail: nodeFaultText(outcome.error, language()) });
      }
      windows.open(roleNow());
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
      // `--role setup` has done its work; from here on the terminal is what it is enrolled for.
      if (asked !== "launcher") asked = null;
      startNotices.length = 0;
      windows.reopen(roleNow());
    },
    end() {
      windows.end();
      journals.close().catch((error: unknown) => logUnexpected("journal", error));
      terminal.counterDisplay.close();
      demoHall?.stop();
    },
  };
  return terminal;
};
