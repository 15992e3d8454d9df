import ReceiptPrinterEncoder from "@point-of-sale/receipt-printer-encoder";
import { clockOf, dayOf } from "../../shared/basics/time.ts";
import type { GuidePrint, PaperPrint, TicketPrint } from "../../shared/contract/ipc.ts";
import { encodeGb18030, isShortGb18030 } from "./gb18030.ts";

/** 80 mm paper: 576 dots, 48 columns of 12 dots; a Chinese character takes two. */
const COLUMNS = 48;
/** Lines that bring the last line past the knife. */
const FEED_BEFORE_CUT = 4;
/** Dots of one cell of the QR code: about 25 mm for the address of a ticket page, which phones read at arm's length. */
const QR_CELL = 6;

const ESC = 0x1b;
const GS = 0x1d;
const FS = 0x1c;
const LF = 0x0a;

const CHINESE_MODE = [FS, 0x26];
const CENTRE = [ESC, 0x61, 1];
const LEFT = [ESC, 0x61, 0];
/** Four times as wide and high: to be read at arm's length without glasses. */
const SIZE_NUMBER = [GS, 0x21, 0x33];
const SIZE_DOUBLE = [GS, 0x21, 0x11];
const SIZE_NORMAL = [GS, 0x21, 0x00];
const BOLD = [ESC, 0x45, 1];
const NOT_BOLD = [ESC, 0x45, 0];

/** Printer commands begin with control characters: none may come in with a text (a name typed by somebody). */
export const plain = (text: string): string => text.replaceAll(/\p{Cc}|\p{Cf}/gu, " ").trim();

const columnsOf = (char: string): number => ((char.codePointAt(0) ?? 0) < 0x80 ? 1 : 2);

const widthOf = (text: string): number => Array.from(text).reduce((sum, char) => sum + columnsOf(char), 0);

/** What stays together at the end of a line: a word of Latin letters, one Chinese character. */
const piecesOf = (text: string, columns: number): readonly string[] =>
  (plain(text).match(/[!-~]+|[^!-~]/gu) ?? []).flatMap((piece) =>
    widthOf(piece) > columns ? Array.from(piece) : [piece],
  );

/** Breaks a text so that no line is wider than `columns`. */
export const wrapText = (text: string, columns: number): readonly string[] => {
  const lines: string[] = [];
  let line = "";
  for (const piece of piecesOf(text, columns)) {
    if (widthOf(line + piece) > columns) {
      lines.push(line.trimEnd());
      line = piece.trimStart();
    } else line += piece;
  }
  if (line !== "") lines.push(line);
  return lines;
};

/** China's one time zone, in minutes. */
const HALL_OFFSET = 480;
export const paperTime = (at: number): string => `${dayOf(at, HALL_OFFSET)} ${clockOf(at, HALL_OFFSET)}`;

const textLines = (text: string, columns = COLUMNS): number[] =>
  wrapText(text, columns).flatMap((line) => [...encodeGb18030(line), LF]);
const rule = (): number[] => textLines("-".repeat(COLUMNS));
const sampleLines = (note: string | null): number[] => (note === null ? [] : textLines(`* ${note} *`));

/** A paper of which nothing is printed yet. */
export const newPaper = (): ReceiptPrinterEncoder =>
  new ReceiptPrinterEncoder({
    language: "esc-pos",
    columns: COLUMNS,
    newline: "\n",
    feedBeforeCut: FEED_BEFORE_CUT,
    imageMode: "raster",
  }).initialize();

/** The paper with a QR code below, if there is something to put into it. */
export const withCode = (paper: ReceiptPrinterEncoder, text: string | undefined): ReceiptPrinterEncoder =>
  text === undefined ? paper : paper.qrcode(text, { model: 2, size: QR_CELL, errorlevel: "m" });

const layOutTicket = (ticket: TicketPrint): Uint8Array => {
  const paper = newPaper().raw([
    ...CHINESE_MODE,
    ...CENTRE,
    ...sampleLines(ticket.sampleNote),
    ...textLines(ticket.hallName),
    ...textLines(ticket.kind),
    ...SIZE_NUMBER,
    ...textLines(ticket.number, COLUMNS / 4),
    ...SIZE_DOUBLE,
    ...textLines(ticket.business, COLUMNS / 2),
    ...SIZE_NORMAL,
    ...(ticket.item === null ? [] : textLines(ticket.item)),
    ...rule(),
    ...LEFT,
    ...ticket.lines.flatMap((line) => textLines(line)),
    ...rule(),
    ...CENTRE,
  ]);
  return withCode(paper, ticket.qr)
    .raw([...textLines(paperTime(ticket.takenAt)), ...sampleLines(ticket.sampleNote)])
    .cut("partial")
    .encode();
};

const layOutGuide = (guide: GuidePrint): Uint8Array =>
  newPaper()
    .raw([
      ...CHINESE_MODE,
      ...CENTRE,
      ...sampleLines(guide.sampleNote),
      ...textLines(guide.hallName),
      ...SIZE_DOUBLE,
      ...textLines(guide.title, COLUMNS / 2),
      ...SIZE_NORMAL,
      ...LEFT,
      ...guide.sections.flatMap(({ heading, lines }) => [
        ...rule(),
        ...BOLD,
        ...textLines(heading),
        ...NOT_BOLD,
        ...lines.flatMap((line) => textLines(line)),
      ]),
      ...rule(),
      ...CENTRE,
      ...textLines(paperTime(guide.printedAt)),
      ...sampleLines(guide.sampleNote),
    ])
    .cut("partial")
    .encode();

/** The bytes of a paper for an ESC/POS printer of 80 mm with the GB 18030 character set (as sold in mainland China). */
export const layOutPaper = (paper: PaperPrint): Uint8Array =>
  "sections" in paper ? layOutGuide(paper) : layOutTicket(paper);

const textsOf = (paper: PaperPrint): readonly string[] => [
  paper.hallName,
  paper.sampleNote ?? "",
  ...("sections" in paper
    ? [paper.title, ...paper.sections.flatMap(({ heading, lines }) => [heading, ...lines])]
    : [paper.kind, paper.business, paper.item ?? "", paper.number, ...paper.lines]),
];

/**
 * Whether the printer's own letters print a paper right: Chinese and English in the characters that every such printer has.
 * It has no letters of Korean and Arabic, prints Russian ones as wide as Chinese characters, and Japanese in Chinese shapes.
 */
export const printsAsText = (paper: PaperPrint): boolean =>
  ["zh-CN", "en"].includes(paper.language) && textsOf(paper).every((text) => isShortGb18030(plain(text)));
