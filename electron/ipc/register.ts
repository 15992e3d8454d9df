import { ipcMain, type IpcMainInvokeEvent } from "electron";
import type { z } from "zod";
import { staffChannels, type ChannelArgs, type ChannelResults, type StaffChannel } from "../../shared/contract/ipc.ts";
import { APP_ORIGIN, APP_PAGE } from "../security/app-scheme.ts";
import type { Terminal } from "../terminal.ts";
import type { TerminalWindow } from "../windows/terminal-window.ts";
import { applicantAnswer } from "./applicant-answer.ts";
import { counterScreenShow } from "./counter-screen-show.ts";
import type { Handler } from "./handler.ts";
import { idReaderCancel } from "./id-reader-cancel.ts";
import { idReaderRead } from "./id-reader-read.ts";
import { launcherOpen } from "./launcher-open.ts";
import { launcherScreens } from "./launcher-screens.ts";
import { journalChange } from "./journal-change.ts";
import { journalRead } from "./journal-read.ts";
import { documentPrint } from "./document-print.ts";
import { documentSave } from "./document-save.ts";
import { personCardCancel } from "./person-card-cancel.ts";
import { personCardRead } from "./person-card-read.ts";
import type { IpcRefusal, Reply } from "./reply.ts";
import { setupDiagnostics } from "./setup-diagnostics.ts";
import { setupDisplays } from "./setup-displays.ts";
import { setupEnrol } from "./setup-enrol.ts";
import { setupGetIdReader } from "./setup-get-id-reader.ts";
import { setupGetDocumentPrinter } from "./setup-get-document-printer.ts";
import { setupGetPrinter } from "./setup-get-printer.ts";
import { setupLeaveHall } from "./setup-leave-hall.ts";
import { setupPrinters } from "./setup-printers.ts";
import { setupRestart } from "./setup-restart.ts";
import { setupSerialPorts } from "./setup-serial-ports.ts";
import { setupSetIdReader } from "./setup-set-id-reader.ts";
import { setupSetLanguage } from "./setup-set-language.ts";
import { setupSetDocumentPrinter } from "./setup-set-document-printer.ts";
import { setupSetPrinter } from "./setup-set-printer.ts";
import { setupTestIdReader } from "./setup-test-id-reader.ts";
import { setupGetCounterDisplay } from "./setup-get-counter-display.ts";
import { setupSetCounterDisplay } from "./setup-set-counter-display.ts";
import { setupTestCounterDisplay } from "./setup-test-counter-display.ts";
import { setupTestNode } from "./setup-test-node.ts";
import { setupTestPrint } from "./setup-test-print.ts";
import { terminalAttend } from "./terminal-attend.ts";
import { terminalFacts } from "./terminal-facts.ts";
import { terminalInfo } from "./terminal-info.ts";
import { terminalIsNodeTrusted } from "./terminal-is-node-trusted.ts";
import { terminalSession } from "./terminal-session.ts";
import { terminalLog } from "./terminal-log.ts";
import { sheetSave } from "./sheet-save.ts";
import { ticketPrint } from "./ticket-print.ts";

type Handlers = { readonly [C in StaffChannel]: Handler<C> };

const handlers: Handlers = {
  "terminal.info": terminalInfo,
  "terminal.isNodeTrusted": terminalIsNodeTrusted,
  "terminal.session": terminalSession,
  "terminal.facts": terminalFacts,
  "terminal.attend": terminalAttend,
  "terminal.log": terminalLog,
  "ticket.print": ticketPrint,
  "journal.change": journalChange,
  "journal.read": journalRead,
  "applicant.answer": applicantAnswer,
  "personCard.read": personCardRead,
  "personCard.cancel": personCardCancel,
  "counterScreen.show": counterScreenShow,
  "document.print": documentPrint,
  "document.save": documentSave,
  "idReader.read": idReaderRead,
  "idReader.cancel": idReaderCancel,
  "sheet.save": sheetSave,
  "setup.enrol": setupEnrol,
  "setup.testNode": setupTestNode,
  "setup.displays": setupDisplays,
  "setup.diagnostics": setupDiagnostics,
  "setup.getPrinter": setupGetPrinter,
  "setup.printers": setupPrinters,
  "setup.getDocumentPrinter": setupGetDocumentPrinter,
  "setup.setDocumentPrinter": setupSetDocumentPrinter,
  "setup.setPrinter": setupSetPrinter,
  "setup.testPrint": setupTestPrint,
  "setup.serialPorts": setupSerialPorts,
  "setup.getIdReader": setupGetIdReader,
  "setup.setIdReader": setupSetIdReader,
  "setup.testIdReader": setupTestIdReader,
  "setup.getCounterDisplay": setupGetCounterDisplay,
  "setup.setCounterDisplay": setupSetCounterDisplay,
  "setup.testCounterDisplay": setupTestCounterDisplay,
  "setup.setLanguage": setupSetLanguage,
  "setup.leaveHall": setupLeaveHall,
  "setup.restart": setupRestart,
  "launcher.screens": launcherScreens,
  "launcher.open": launcherOpen,
};

/** The window that sent it, if it was the top frame of one of our windows showing our page. */
const findSender = (terminal: Terminal, event: IpcMainInvokeEvent): TerminalWindow | null => {
  const frame = event.senderFrame;
  if (!frame || frame.parent !== null || frame !== event.sender.mainFrame) return null;
  if (frame.origin !== APP_ORIGIN || frame.url.replace(/[#?].*$/s, "") !== APP_PAGE) return null;
  return terminal.windows.find(event.sender.id) ?? null;
};

const registerOne = <C extends StaffChannel>(channel: C, handler: Handlers[C], terminal: Terminal): void => {
  // The schema's type depends on C, which TypeScript cannot follow through an indexed access.
  const schema = staffChannels[channel].args as unknown as z.ZodType<ChannelArgs<C>>;
  const refuse = (refusal: IpcRefusal): Reply<ChannelResults[C]> => {
    terminal.log.write("security.ipc", { channel, reason: refusal });
    return { ok: false, refusal };
  };
  ipcMain.handle(channel, async (event, ...args: unknown[]): Promise<Reply<ChannelResults[C]>> => {
    const window = findSender(terminal, event);
    if (!window) return refuse("foreign_sender");
    if (!handler.roles.includes(window.role)) return refuse("not_allowed");
    try {
      const checked = schema.safeParse(args);
      if (!checked.success) return refuse("bad_arguments");
      return { ok: true, value: await handler.handle({ terminal, window }, ...checked.data) };
    } catch (error) {
      terminal.logUnexpected(channel, error);
      return { ok: false, refusal: "failed" };
    }
  });
};

/** Opens the channels of shared/contract/ipc.ts to our windows. */
export const registerIpc = (terminal: Terminal): void => {
  const register = <C extends StaffChannel>(channel: C) => {
    registerOne(channel, handlers[channel], terminal);
  };
  for (const channel of Object.keys(handlers) as StaffChannel[]) register(channel);
};
