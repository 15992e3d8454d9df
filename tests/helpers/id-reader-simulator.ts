import { spawn } from "node:child_process";
import { once } from "node:events";

/** What stands on the card that lies on the reader. */
export interface SimulatedCard {
  readonly name: string;
  readonly gender: string;
  readonly nation: string;
  /** yyyyMMdd */
  readonly birth: string;
  readonly address: string;
  readonly idNumber: string;
  readonly issuer: string;
  readonly validFrom: string;
  readonly validTo: string;
  readonly newAddress?: string;
}

export const sampleCard: SimulatedCard = {
  name: "王小芳",
  gender: "2",
  nation: "01",
  birth: "19491231",
  address: "广东省广州市越秀区府前路1号",
  idNumber: "11010519491231002X",
  issuer: "广州市公安局越秀分局",
  validFrom: "20100101",
  validTo: "长期",
};

/** What the reader does: as it should, or one of the ways in which readers fail. */
export type ReaderState = "well" | "silent" | "garbage" | "bad_check" | "broken" | "cannot_read" | "cut_short";

export interface IdReaderSimulator {
  /** The terminal's end of the line. */
  readonly path: string;
  /** Bytes that no reader of this kind would understand; must stay empty. */
  readonly faults: readonly string[];
  /** Names of the commands that came, in their order. */
  readonly commands: readonly string[];
  set(state: ReaderState): void;
  /** Lays a card on the reader, or takes it away. */
  lay(card: SimulatedCard | null): void;
  /** Pulls the plug. */
  stop(): Promise<void>;
}

const HEX = {
  status: "aaaaaa9669000311ffed",
  find: "aaaaaa96690003200122",
  select: "aaaaaa96690003200221",
  readBase: "aaaaaa96690003300132",
} as const;
const COMMAND_BYTES = 10;

const utf16 = (text: string, bytes: number): Buffer => {
  const written = Buffer.alloc(bytes, Buffer.from(" ", "utf16le"));
  Buffer.from(text, "utf16le").copy(written, 0, 0, bytes);
  return written;
};

/** Written from the published frame, not with the terminal's own code. */
const answer = (status: number, data: Buffer = Buffer.alloc(0)): Buffer => {
  const length = 3 + data.length + 1;
  const checked = Buffer.concat([Buffer.from([length >> 8, length & 0xff, 0, 0, status]), data]);
  const check = checked.reduce((xor, byte) => xor ^ byte, 0);
  return Buffer.concat([Buffer.from("aaaaaa9669", "hex"), checked, Buffer.from([check])]);
};

const cardAnswer = (card: SimulatedCard): Buffer => {
  const text = Buffer.concat([
    utf16(card.name, 30),
    utf16(card.gender, 2),
    utf16(card.nation, 4),
    utf16(card.birth, 16),
    utf16(card.address, 70),
    utf16(card.idNumber, 36),
    utf16(card.issuer, 30),
    utf16(card.validFrom, 16),
    utf16(card.validTo, 16),
    utf16(card.newAddress ?? "", 36),
  ]);
  const photo = Buffer.alloc(1_024, 0x57);
  return answer(0x90, Buffer.concat([Buffer.from("01000400", "hex"), text, photo]));
};

/**
 * A strict ID card reader at the other end of a pseudo terminal. Like the real ones it finds a card once, must select it
 * before it reads, and does not find the same card again until it has been lifted.
 */
export const startIdReaderSimulator = async (): Promise<IdReaderSimulator> => {
  // util-linux' `script` holds the other end; the shell within tells the name and keeps the terminal open and raw.
  const held = spawn("script", ["-qfec", "stty raw -echo; tty; exec sleep 86400", "/dev/null"], {
    stdio: ["pipe", "pipe", "ignore"],
    detached: true,
  });
  const [told] = (await once(held.stdout, "data")) as [Buffer];
  const path = told.toString().trim();
  if (!path.startsWith("/dev/")) throw new Error(`no pseudo terminal: ${path}`);

  let state: ReaderState = "well";
  let card: SimulatedCard | null = null;
  let place: "away" | "laid" | "found" | "selected" | "read" = "away";
  const faults: string[] = [];
  const commands: string[] = [];
  const say = (bytes: Buffer): void => {
    if (state === "silent") return;
    if (state === "garbage") held.stdin.write(Buffer.from("00ff55aa1234", "hex"));
    else if (state === "bad_check") held.stdin.write(Buffer.concat([bytes.subarray(0, -1), Buffer.from([0x5a])]));
    else if (state === "cut_short" && bytes.length > 100) held.stdin.write(bytes.subarray(0, 700));
    else held.stdin.write(bytes);
  };
  const hear = (hex: string): void => {
    const name = (Object.keys(HEX) as (keyof typeof HEX)[]).find((each) => HEX[each] === hex);
    if (name === undefined) {
      faults.push(hex);
      return;
    }
    commands.push(name);
    switch (name) {
      case "status":
        return say(answer(state === "broken" ? 0x60 : 0x90));
      case "find":
        if (place === "laid" || place === "found" || place === "selected") {
          place = "found";
          return say(answer(0x9f, Buffer.alloc(4)));
        }
        return say(answer(0x80));
      case "select":
        if (place !== "found") return say(answer(0x81));
        place = "selected";
        return say(answer(0x90, Buffer.alloc(8)));
      case "readBase":
        if (place !== "selected" || card === null || state === "cannot_read") return say(answer(0x41));
        place = "read";
        return say(cardAnswer(card));
    }
  };
  let rest = Buffer.alloc(0);
  held.stdout.on("data", (chunk: Buffer) => {
    rest = Buffer.concat([rest, chunk]);
    while (rest.length >= COMMAND_BYTES) {
      hear(rest.subarray(0, COMMAND_BYTES).toString("hex"));
      rest = rest.subarray(COMMAND_BYTES);
    }
  });
  return {
    path,
    faults,
    commands,
    set: (next) => (state = next),
    lay: (next) => {
      card = next;
      place = next === null ? "away" : "laid";
    },
    stop: async () => {
      const ended = new Promise((done) => held.once("exit", done));
      if (held.pid !== undefined) process.kill(-held.pid, "SIGKILL");
      await ended;
    },
  };
};
