import { SETUP_ONLY, type Handler } from "./handler.ts";

export const setupSerialPorts: Handler<"setup.serialPorts"> = {
  roles: SETUP_ONLY,
  handle: async () => (await import("../devices/serial-line.ts")).listSerialPorts(),
};
