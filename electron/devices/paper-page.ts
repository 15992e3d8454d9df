import { escapeHtml } from "../../shared/basics/html.ts";
import type { GuidePrint, PaperPrint, TicketPrint } from "../../shared/contract/ipc.ts";
import { paperTime, plain } from "./paper-layout.ts";
import { PAPER_DOTS } from "./paper-picture.ts";

/** Sizes in dots, eight to a millimetre: as large as the printer's own letters, and at least as dark. */
const STYLE = `
html { overflow: hidden; background: #fff; color: #000; }
body { margin: 0; width: ${String(PAPER_DOTS)}px; font: 500 26px/1.35 sans-serif; overflow-wrap: anywhere; }
p, h1, h2 { margin: 0; font-weight: inherit; font-size: inherit; }
header, footer { text-align: center; }
.number { font-size: 100px; line-height: 1.15; font-weight: 700; }
.large { font-size: 46px; line-height: 1.25; font-weight: 700; }
h2 { font-weight: 700; }
section { text-align: left; border-top: 2px dashed #000; margin-top: 8px; padding-top: 8px; }
[dir=rtl] section { text-align: right; }
footer { border-top: 2px dashed #000; margin-top: 8px; padding: 8px 0; }
.end { height: 1px; background: #000; }`;

const line = (text: string, name = "", tag = "p"): string =>
  text === "" ? "" : `<${tag}${name === "" ? "" : ` class="${name}"`} dir="auto">${escapeHtml(plain(text))}</${tag}>`;

const note = (text: string | null): string => (text === null ? "" : line(`* ${text} *`));

const ticketBody = (ticket: TicketPrint): string =>
  `<header>${note(ticket.sampleNote)}${line(ticket.hallName)}${line(ticket.kind)}${line(ticket.number, "number")}${line(
    ticket.business,
    "large",
  )}${line(ticket.item ?? "")}</header><section>${ticket.lines.map((each) => line(each)).join("")}</section>`;

const guideBody = (guide: GuidePrint): string =>
  `<header>${note(guide.sampleNote)}${line(guide.hallName)}${line(guide.title, "large", "h1")}</header>${guide.sections
    .map(
      ({ heading, lines }) =>
        `<section>${line(heading, "", "h2")}${lines.map((each) => line(each)).join("")}</section>`,
    )
    .join("")}`;

/** A paper as a page that is as wide as the paper has dots; its last row, all black, says that it is whole. */
export const paperPage = (paper: PaperPrint): string =>
  `<!doctype html><html lang="${paper.language}" dir="${paper.language === "ar" ? "rtl" : "ltr"}"><meta charset="utf-8"><title></title><style>${STYLE}</style><body>${
    "sections" in paper ? guideBody(paper) : ticketBody(paper)
  }<footer><p dir="ltr">${paperTime("sections" in paper ? paper.printedAt : paper.takenAt)}</p></footer><div class="end"></div></body></html>`;
