/** How much is cut off each side, as a share of the picture (0 to 1). */
export interface Sides {
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  readonly left: number;
}

/** A page as it was taken, with what is to be done to it: the picture itself is never changed. */
export interface ScanPage {
  readonly id: string;
  /** Quarter turns clockwise. */
  readonly turns: 0 | 1 | 2 | 3;
  /** On the picture as it was taken. */
  readonly crop: Sides;
}

export interface ScanModel {
  readonly pages: readonly ScanPage[];
  readonly chosen: string | null;
  /** What it was before each change, for undo; the newest last. */
  readonly before: readonly (readonly ScanPage[])[];
}

export type ScanAct =
  | { readonly do: "restore"; readonly pages: readonly ScanPage[] }
  | { readonly do: "add"; readonly id: string }
  | { readonly do: "choose"; readonly id: string }
  | { readonly do: "turn"; readonly id: string }
  | { readonly do: "crop"; readonly id: string; readonly crop: Sides }
  | { readonly do: "move"; readonly id: string; readonly by: -1 | 1 }
  | { readonly do: "remove"; readonly id: string }
  | { readonly do: "undo" };

export const WHOLE: Sides = { top: 0, right: 0, bottom: 0, left: 0 };
export const emptyScan: ScanModel = { pages: [], chosen: null, before: [] };

/** A file of this many pages is a book. */
export const MAX_PAGES = 100;
const MOST_UNDO = 50;
/** At least this much of a page is left. */
const LEAST = 0.1;

/** Sides of the picture as they lie after so many quarter turns clockwise. */
export const turnSides = ({ top, right, bottom, left }: Sides, turns: number): Sides => {
  let sides: Sides = { top, right, bottom, left };
  for (let turn = 0; turn < ((turns % 4) + 4) % 4; turn += 1)
    sides = { top: sides.left, right: sides.top, bottom: sides.right, left: sides.bottom };
  return sides;
};

/** Moves one side, so that the page stays a page. */
export const moveSide = (sides: Sides, side: keyof Sides, to: number): Sides => {
  const opposite = { top: "bottom", bottom: "top", left: "right", right: "left" } as const;
  const most = 1 - LEAST - sides[opposite[side]];
  return { ...sides, [side]: Math.min(Math.max(0, to), Math.max(0, most)) };
};

/** Pages taken so far, and what is done to them; every change can be undone. */
export const nextScan = (model: ScanModel, act: ScanAct): ScanModel => {
  const { pages, before } = model;
  const change = (next: readonly ScanPage[], chosen = model.chosen): ScanModel => ({
    pages: next,
    chosen: next.some(({ id }) => id === chosen) ? chosen : (next.at(-1)?.id ?? null),
    before: [...before, pages].slice(-MOST_UNDO),
  });
  const edit = (id: string, with_: (page: ScanPage) => ScanPage): ScanModel =>
    change(pages.map((page) => (page.id === id ? with_(page) : page)));
  switch (act.do) {
    case "restore":
      // What was taken meanwhile comes after it.
      return {
        ...model,
        pages: [...act.pages, ...pages].slice(0, MAX_PAGES),
        chosen: model.chosen ?? act.pages[0]?.id ?? null,
      };
    case "add":
      if (pages.length >= MAX_PAGES) return model;
      return change([...pages, { id: act.id, turns: 0, crop: WHOLE }], act.id);
    case "choose":
      return pages.some(({ id }) => id === act.id) ? { ...model, chosen: act.id } : model;
    case "turn":
      return edit(act.id, (page) => ({ ...page, turns: ((page.turns + 1) % 4) as ScanPage["turns"] }));
    case "crop":
      return edit(act.id, (page) => ({ ...page, crop: act.crop }));
    case "move": {
      const at = pages.findIndex(({ id }) => id === act.id);
      const to = at + act.by;
      const [page, other] = [pages[at], pages[to]];
      if (!page || !other) return model;
      const next = [...pages];
      next[to] = page;
      next[at] = other;
      return change(next);
    }
    case "remove": {
      const at = pages.findIndex(({ id }) => id === act.id);
      if (at < 0) return model;
      const next = pages.filter(({ id }) => id !== act.id);
      return change(next, (next[at] ?? next[at - 1])?.id ?? null);
    }
    case "undo": {
      const last = before.at(-1);
      if (!last) return model;
      const chosen = last.some(({ id }) => id === model.chosen) ? model.chosen : (last.at(-1)?.id ?? null);
      return { pages: last, chosen, before: before.slice(0, -1) };
    }
  }
};
