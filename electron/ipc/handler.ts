import type { ChannelArgs, ChannelResults, StaffChannel } from "../../shared/contract/ipc.ts";
import type { StartRole } from "../args.ts";
import type { Terminal } from "../terminal.ts";
import type { TerminalWindow } from "../windows/terminal-window.ts";

/** What a handler gets: never the IPC event, so that no handler can answer or navigate a foreign frame by mistake. */
export interface IpcContext {
  readonly terminal: Terminal;
  readonly window: TerminalWindow;
}

export interface Handler<C extends StaffChannel> {
  /** Roles of the windows that may call; checked again although the preload of public screens lacks the function. */
  readonly roles: readonly StartRole[];
  handle(context: IpcContext, ...args: ChannelArgs<C>): ChannelResults[C] | Promise<ChannelResults[C]>;
}

export const EVERY_ROLE: readonly StartRole[] = ["kiosk", "review", "display", "window", "desk", "setup", "launcher"];
/** Windows of an enrolled terminal, which have a store. */
export const HALL_ROLES: readonly StartRole[] = ["kiosk", "review", "display", "window", "desk"];
export const STAFF_ROLES: readonly StartRole[] = ["window", "desk", "setup", "launcher"];
export const SETUP_ONLY: readonly StartRole[] = ["setup"];
