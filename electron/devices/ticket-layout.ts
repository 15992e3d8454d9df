import { clockOf, dayOf } from "../../shared/basics/time.ts";
import type { TicketPrint } from "../../shared/contract/ipc.ts";
import { encodeGb18030 } from "./gb18030.ts";

/** 80 mm paper: 576 dots, 48 columns of 12 dots; a Chinese character takes two. */
const COLUMNS = 48;

const ESC = 0x1b;
const GS = 0x1d;
const FS = 0x1c;
const LF = 0x0a;

const INITIALISE = [ESC, 0x40];
const CHINESE_MODE = [FS, 0x26];
const CENTRE = [ESC, 0x61, 1];
const LEFT = [ESC, 0x61, 0];
/** Four times as wide and high: to be read at arm's length without glasses. */
const SIZE_NUMBER = [GS, 0x21, 0x33];
const SIZE_DOUBLE = [GS, 0x21, 0x11];
const SIZE_NORMAL = [GS, 0x21, 0x00];
const FEED_AND_CUT = [GS, 0x56, 66, 80];

/** Printer commands begin with control characters: none may come in with a text (a name typed by somebody). */
const plain = (text: string): string => text.replaceAll(/\p{Cc}|\p{Cf}/gu, " ").trim();

const columnsOf = (char: string): number => ((char.codePointAt(0) ?? 0) < 0x80 ? 1 : 2);

/** Breaks a text so that no line is wider than `columns`. */
export const wrapText = (text: string, columns: number): readonly string[] => {
  const lines: string[] = [];
  let line = "";
  let width = 0;
  for (const char of plain(text)) {
    const next = columnsOf(char);
    if (width + next > columns) {
      lines.push(line);
      line = "";
      width = 0;
    }
    line += char;
    width += next;
  }
  if (line !== "") lines.push(line);
  return lines;
};

/** China's one time zone, in minutes. */
const HALL_OFFSET = 480;

/** The bytes of a ticket for an ESC/POS printer of 80 mm with the GB 18030 character set (as sold in mainland China). */
export const layOutTicket = (ticket: TicketPrint): Uint8Array => {
  const lines = (text: string, columns = COLUMNS) =>
    wrapText(text, columns).flatMap((line) => [...encodeGb18030(line), LF]);
  const rule = [...encodeGb18030("-".repeat(COLUMNS)), LF];
  return Uint8Array.from([
    ...INITIALISE,
    ...CHINESE_MODE,
    ...CENTRE,
    ...(ticket.sampleNote === null ? [] : lines(`* ${ticket.sampleNote} *`)),
    ...lines(ticket.hallName),
    ...lines(ticket.kind),
    ...SIZE_NUMBER,
    ...lines(ticket.number, COLUMNS / 4),
    ...SIZE_DOUBLE,
    ...lines(ticket.business, COLUMNS / 2),
    ...SIZE_NORMAL,
    ...(ticket.item === null ? [] : lines(ticket.item)),
    ...rule,
    ...LEFT,
    ...ticket.lines.flatMap((line) => lines(line)),
    ...rule,
    ...lines(`${dayOf(ticket.takenAt, HALL_OFFSET)} ${clockOf(ticket.takenAt, HALL_OFFSET)}`),
    ...(ticket.sampleNote === null ? [] : lines(`* ${ticket.sampleNote} *`)),
    ...FEED_AND_CUT,
  ]);
};
