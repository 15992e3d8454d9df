import type { StaffChannel } from "../../shared/contract/ipc.ts";
import { exposeBridge, onApplicantAnswer } from "./bridge.ts";

// Written out, because the schemas that belong to the names must not be bundled into a preload. The type keeps it complete.
const CHANNELS: Readonly<Record<StaffChannel, true>> = {
  "terminal.info": true,
  "terminal.log": true,
  "ticket.print": true,
  "journal.change": true,
  "journal.read": true,
  "applicant.answer": true,
  "personCard.read": true,
  "personCard.cancel": true,
  "counterScreen.show": true,
  "document.print": true,
  "document.save": true,
  "idReader.read": true,
  "idReader.cancel": true,
  "sheet.save": true,
  "setup.enrol": true,
  "setup.testNode": true,
  "setup.displays": true,
  "setup.diagnostics": true,
  "setup.getPrinter": true,
  "setup.printers": true,
  "setup.getDocumentPrinter": true,
  "setup.setDocumentPrinter": true,
  "setup.setPrinter": true,
  "setup.testPrint": true,
  "setup.serialPorts": true,
  "setup.getIdReader": true,
  "setup.setIdReader": true,
  "setup.testIdReader": true,
  "setup.getCounterDisplay": true,
  "setup.setCounterDisplay": true,
  "setup.testCounterDisplay": true,
  "setup.setLanguage": true,
  "setup.leaveHall": true,
  "setup.restart": true,
  "launcher.screens": true,
  "launcher.open": true,
};

exposeBridge(Object.keys(CHANNELS) as StaffChannel[], { onApplicantAnswer });
