import writeExcelFile from "write-excel-file/node";

export type Cell =
  string | number | null | { readonly value: string; readonly fontWeight: "bold"; readonly columnSpan?: number };

export interface Sheet {
  readonly sheet: string;
  readonly data: readonly (readonly Cell[])[];
  readonly columns?: readonly { readonly width: number }[];
  readonly stickyRowsCount?: number;
}

/** A heading. */
export const bold = (value: string, columnSpan?: number): Cell => ({
  value,
  fontWeight: "bold",
  ...(columnSpan === undefined ? {} : { columnSpan }),
});

/** Characters of a cell and of a sheet's name: Excel calls a file with more of them broken. */
const CELL_MAX = 32_767;
const NAME_MAX = 31;

const shortened = (text: string, max: number): string => {
  let end = Math.min(text.length, max);
  if (end < text.length && (text.codePointAt(end - 1) ?? 0) > 0xffff) end -= 1;
  return text.slice(0, end);
};

/** Cells are written as texts, which nothing computes. The writer takes what every object has (`constructor`) for a text it knows. */
const plainText = (text: string): string => shortened(text in {} ? `${text} ` : text, CELL_MAX);

const plainCell = (cell: Cell): Cell => {
  if (typeof cell === "string") return plainText(cell);
  return typeof cell === "object" && cell !== null ? { ...cell, value: plainText(cell.value) } : cell;
};

/** A name that no other sheet has, of what Excel takes for one: no `[]/\:*?`, no apostrophe at an end, large and small letters alike. */
const freeName = (wish: string, taken: ReadonlySet<string>): string => {
  const legal = wish.replaceAll(/[[\]/\\:*?\p{Cc}]/gu, " ").replaceAll(/^[\s']+|[\s']+$/g, "");
  for (let at = 1; ; at += 1) {
    const tail = at === 1 ? "" : ` ${String(at)}`;
    const name = `${shortened(legal, NAME_MAX - tail.length)}${tail}`.trim();
    if (name !== "" && !taken.has(name.toLowerCase())) return name;
  }
};

/** A workbook (xlsx). Whatever people have written stands in it as a text, and it opens whatever they have written. */
export const workbook = (sheets: readonly Sheet[]): Promise<Buffer> => {
  // Excel keeps this one for itself.
  const taken = new Set(["history"]);
  return writeExcelFile(
    sheets.map(({ sheet, data, columns, stickyRowsCount }) => {
      const name = freeName(sheet, taken);
      taken.add(name.toLowerCase());
      return {
        sheet: name,
        data: data.map((row) => row.map(plainCell)),
        ...(columns === undefined ? {} : { columns: [...columns] }),
        ...(stickyRowsCount === undefined ? {} : { stickyRowsCount }),
      };
    }),
  ).toBuffer();
};
