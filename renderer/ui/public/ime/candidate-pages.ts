/** Where candidates stand: how wide the bar is, and how wide one character of its type, in pixels. */
export interface BarRoom {
  readonly width: number;
  readonly em: number;
}

/** More beside each other than this would be small, however wide the bar is. */
const MOST = 6;
/** As public.css has them: the narrowest button, what it has beside its text, and what is between two. */
const [BUTTON_MIN, BORDER, GAP] = [64, 4, 12];
const PADDING_EM = 0.6;
/** The two buttons that turn the page. */
const TURNING = 2 * (BUTTON_MIN + GAP);

/** Deals candidates out to pages on which each is whole beside the buttons that turn them; at least one on each. */
export const candidatePages = <C extends { readonly text: string }>(
  candidates: readonly C[],
  { width, em }: BarRoom,
): readonly (readonly C[])[] => {
  const widthOf = ({ text }: C): number => Math.max(BUTTON_MIN, (text.length + PADDING_EM) * em + BORDER) + GAP;
  const dealInto = (room: number): readonly (readonly C[])[] => {
    const pages: C[][] = [];
    let left = 0;
    for (const candidate of candidates) {
      const last = pages.at(-1);
      const wide = widthOf(candidate);
      if (last === undefined || last.length === MOST || wide > left) {
        pages.push([candidate]);
        left = room + GAP - wide;
      } else {
        last.push(candidate);
        left -= wide;
      }
    }
    return pages;
  };
  const together = dealInto(width);
  return together.length <= 1 ? together : dealInto(width - TURNING);
};
