import type { PublicChannel } from "../../shared/contract/ipc.ts";
import { exposeBridge } from "./bridge.ts";

// Written out, because the schemas that belong to the names must not be bundled into a preload. The type keeps it complete.
const CHANNELS: Readonly<Record<PublicChannel, true>> = {
  "terminal.info": true,
  "terminal.log": true,
  "ticket.print": true,
};

exposeBridge(Object.keys(CHANNELS) as PublicChannel[]);
