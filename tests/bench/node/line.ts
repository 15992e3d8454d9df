import { uuidv7 } from "uuidv7";
import WebSocket from "ws";
import {
  MAX_COMMANDS_PER_MESSAGE,
  SYNC_PATH,
  type CommandResult,
  type EnrolResponse,
  type NodeMessage,
} from "../../../shared/contract/api.ts";
import type { Command, CommandData, CommandMode, CommandType } from "../../../shared/domain/hall/commands.ts";
import type { SequencedEvent } from "../../../shared/domain/hall/events.ts";
import { helloOf } from "../../helpers/hello.ts";
import type { BenchContext } from "../lib/bench.ts";

/** A bare terminal without a screen or a store: drives a node as fast as the protocol allows. */
export interface NodeLine {
  readonly head: number;
  readonly send: (commands: readonly Command[], clerkId?: string | null) => Promise<readonly CommandResult[]>;
  readonly close: () => void;
}

export const command = <T extends CommandType>(
  type: T,
  data: CommandData<T>,
  mode: CommandMode = "claim",
  at = Date.now(),
): Command => ({ id: uuidv7(), type, mode, at, data }) as unknown as Command;

/** Connects with a terminal's credentials. `onEvents` gets each stretch of the feed. */
export const openLine = async (
  context: BenchContext,
  url: string,
  credentials: Pick<EnrolResponse, "deviceId" | "secret">,
  onEvents: (from: number, to: number, events: readonly SequencedEvent[]) => void = () => undefined,
): Promise<NodeLine> => {
  const socket = new WebSocket(new URL(SYNC_PATH, url.replace(/^http/, "ws")), { perMessageDeflate: false });
  const answers = new Map<string, (result: CommandResult) => void>();
  await new Promise((done, fail) => {
    socket.once("open", done);
    socket.once("error", fail);
  });
  context.defer(() => socket.terminate());
  const tell = (message: unknown): void => socket.send(JSON.stringify(message));
  const heartbeat = setInterval(() => tell({ kind: "ping", t: 0 }), 4_000);
  socket.once("close", (code) => {
    clearInterval(heartbeat);
    if (code !== 1006 && code !== 1005) context.say(`  a bench line was closed: ${String(code)}`);
  });
  const head = await new Promise<number>((welcomed) => {
    socket.on("message", (data: Buffer) => {
      const message = JSON.parse(data.toString()) as NodeMessage;
      if (message.kind === "welcome") welcomed(message.head);
      else if (message.kind === "events") onEvents(message.from, message.to, message.events);
      else if (message.kind === "results")
        for (const result of message.results) {
          answers.get(result.commandId)?.(result);
          answers.delete(result.commandId);
        }
    });
    tell(helloOf(credentials, "bench"));
  });
  const sendSome = (commands: readonly Command[], clerkId: string | null): Promise<CommandResult[]> => {
    const waited = commands.map(({ id }) => new Promise<CommandResult>((done) => answers.set(id, done)));
    tell({ kind: "commands", commands: commands.map((each) => ({ command: each, clerkId, personal: [] })) });
    return Promise.all(waited);
  };
  return {
    head,
    send: async (commands, clerkId = null) => {
      const results: CommandResult[] = [];
      for (let from = 0; from < commands.length; from += MAX_COMMANDS_PER_MESSAGE)
        results.push(...(await sendSome(commands.slice(from, from + MAX_COMMANDS_PER_MESSAGE), clerkId)));
      return results;
    },
    close: () => socket.close(),
  };
};
