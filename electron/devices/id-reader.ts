import { err, ok, type Result } from "../../shared/basics/result.ts";
import type { IdReaderFault } from "../../shared/contract/ipc.ts";
import type { IdReaderSettings } from "../../shared/contract/device-settings.ts";
import { answerCode, encodeFrame, FrameReader, idReaderCommands } from "../../shared/domain/id-card/frame.ts";
import { readCard, type IdCard } from "../../shared/domain/id-card/id-card.ts";
import type { SerialLine } from "./serial-line.ts";

const BAUD_RATE = 115_200;
/** Status, find and select are answered within some 100 ms. */
const ANSWER_MS = 1_000;
/** Reading the chip takes up to a second, 1,295 bytes of answer 0.1 s more. */
const READ_MS = 2_000;
const LOOK_MS = 250;
const CARD_MS = 20_000;
/** A card that moves while it is being read is tried again so often. */
const TRIES = 3;

class ReaderFault extends Error {
  readonly code: IdReaderFault;
  constructor(code: IdReaderFault) {
    super(code);
    this.code = code;
  }
}

export type OpenLine = (path: string, baudRate: number) => Promise<SerialLine>;

export interface IdReader {
  /** Waits for a card for a while and reads it. */
  read(): Promise<Result<IdCard, { readonly code: IdReaderFault }>>;
  /** Ends a `read` that is waiting for a card. */
  cancel(): void;
  /** Whether a reader is there and well. */
  check(): Promise<Result<null, { readonly code: IdReaderFault }>>;
}

/** Asks over the line, one question at a time. */
const talkOver = (line: SerialLine, signal: AbortSignal) => {
  const frames = new FrameReader();
  let waiting: ((outcome: Uint8Array | "garbage" | "gone") => void) | null = null;
  let isGone = false;
  line.onBytes((bytes) => {
    for (const news of frames.feed(bytes)) waiting?.(news.kind === "frame" ? news.content : "garbage");
  });
  line.onClosed(() => {
    isGone = true;
    waiting?.("gone");
  });
  const once = (command: readonly number[], waitMs: number): Promise<Uint8Array | "garbage" | "gone" | "silence"> =>
    new Promise((resolve) => {
      const end = (outcome: Uint8Array | "garbage" | "gone" | "silence"): void => {
        clearTimeout(late);
        waiting = null;
        resolve(outcome);
      };
      const late = setTimeout(() => end("silence"), waitMs);
      waiting = end;
      if (isGone) end("gone");
      else {
        frames.reset();
        line.write(encodeFrame(command));
      }
    });
  return {
    /** The content of the answer; garbage and silence are asked about once more. */
    ask: async (command: readonly number[], waitMs: number): Promise<Uint8Array> => {
      let outcome = await once(command, waitMs);
      if ((outcome === "garbage" || outcome === "silence") && !signal.aborted) outcome = await once(command, waitMs);
      if (outcome === "gone") throw new ReaderFault("not_connected");
      if (outcome === "silence") throw new ReaderFault("no_answer");
      if (outcome === "garbage") throw new ReaderFault("garbage");
      return outcome;
    },
    pause: (ms: number): Promise<void> =>
      new Promise((resolve) => {
        const timer = setTimeout(end, ms);
        function end(): void {
          clearTimeout(timer);
          signal.removeEventListener("abort", end);
          resolve();
        }
        signal.addEventListener("abort", end);
      }),
  };
};

const codeOf = (content: Uint8Array): number => content[2] ?? 0;

const checkStatus = async (talk: ReturnType<typeof talkOver>): Promise<void> => {
  if (codeOf(await talk.ask(idReaderCommands.status, ANSWER_MS)) !== answerCode.done) throw new ReaderFault("broken");
};

const readNow = async (line: SerialLine, signal: AbortSignal): Promise<IdCard> => {
  const talk = talkOver(line, signal);
  await checkStatus(talk);
  let failures = 0;
  for (const since = performance.now(); performance.now() - since < CARD_MS;) {
    if (signal.aborted) throw new ReaderFault("cancelled");
    if (codeOf(await talk.ask(idReaderCommands.find, ANSWER_MS)) !== answerCode.found) {
      // Begun and not ended: it has to be lifted and laid on again, and a person must be told so.
      if (failures > 0) throw new ReaderFault("read_failed");
      await talk.pause(LOOK_MS);
      continue;
    }
    if (codeOf(await talk.ask(idReaderCommands.select, ANSWER_MS)) === answerCode.done) {
      const answer = await talk.ask(idReaderCommands.readBase, READ_MS);
      if (codeOf(answer) === answerCode.done) {
        const card = readCard(answer);
        if (card !== null) return card;
        throw new ReaderFault("unknown_card");
      }
    }
    failures += 1;
    if (failures >= TRIES) throw new ReaderFault("read_failed");
  }
  throw new ReaderFault("no_card");
};

/** The ID card reader of this terminal on its serial port, opened for each reading: a plug pulled in between does no harm. */
export const openIdReader = (settings: () => IdReaderSettings, open: OpenLine): IdReader => {
  let current: AbortController | null = null;
  const withLine = async <T>(
    work: (line: SerialLine, signal: AbortSignal) => Promise<T>,
  ): Promise<Result<T, { readonly code: IdReaderFault }>> => {
    const { port: path } = settings();
    if (path === null) return err({ code: "no_reader" });
    if (current !== null) return err({ code: "busy" });
    const controller = new AbortController();
    current = controller;
    let line: SerialLine | null = null;
    try {
      line = await open(path, BAUD_RATE).catch(() => {
        throw new ReaderFault("not_connected");
      });
      return ok(await work(line, controller.signal));
    } catch (error) {
      if (error instanceof ReaderFault) return err({ code: error.code });
      throw error;
    } finally {
      await line?.close();
      current = null;
    }
  };
  return {
    read: () => withLine(readNow),
    cancel: () => current?.abort(),
    check: () =>
      withLine(async (line, signal) => {
        await checkStatus(talkOver(line, signal));
        return null;
      }),
  };
};
