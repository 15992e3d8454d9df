import type { PublicChannel } from "../../shared/contract/ipc.ts";
import { exposeBridge, onInputPaused } from "./bridge.ts";

// Written out, because the schemas that belong to the names must not be bundled into a preload. The type keeps it complete.
const CHANNELS: Readonly<Record<PublicChannel, true>> = {
  "terminal.info": true,
  "terminal.isNodeTrusted": true,
  "terminal.session": true,
  "terminal.facts": true,
  "terminal.attend": true,
  "terminal.log": true,
  "ticket.print": true,
  "journal.change": true,
  "journal.read": true,
  "applicant.answer": true,
  "personCard.read": true,
  "personCard.cancel": true,
};

exposeBridge(Object.keys(CHANNELS) as PublicChannel[], { onInputPaused });

// What one person has copied is not for the next one to paste. With a mouse, marked text counts as copied.
for (const type of ["copy", "cut", "paste"] as const)
  window.addEventListener(
    type,
    (event) => {
      event.preventDefault();
    },
    true,
  );

// Nothing on a public screen is there to be dragged, least of all out of the window.
window.addEventListener(
  "dragstart",
  (event) => {
    event.preventDefault();
  },
  true,
);

// The system's file dialog shows the whole disk; Electron cannot switch it off (electron/electron#10967). Our public screens
// have no file input, so whatever clicks one did not come from us.
window.addEventListener(
  "click",
  (event) => {
    const isFileInput = (node: EventTarget) => node instanceof HTMLInputElement && node.type === "file";
    if (event.composedPath().some(isFileInput)) event.preventDefault();
  },
  true,
);
