import type { Page } from "@playwright/test";

/**
 * The texts of a screen that a person cannot read whole: cut off by the frame of a part that does not scroll, sticking out of
 * the screen, or to be reached only by scrolling sideways. Names that end in "…" by design (text-overflow) are left out.
 */
export const findCutTexts = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() => {
    const SLACK = 2;
    const cut: string[] = [];
    const root = document.documentElement;
    const isTurned = root.dataset["turn"] === "90";
    const [width, height] = isTurned ? [innerHeight, innerWidth] : [innerWidth, innerHeight];
    /** Where a part stands for whoever stands before the screen: one that is turned hangs so. */
    const placeOf = (part: Element | Range): DOMRect => {
      const place = part.getBoundingClientRect();
      return isTurned ? new DOMRect(place.top, innerWidth - place.right, place.height, place.width) : place;
    };
    if (root.scrollWidth > innerWidth + 1) cut.push("the page scrolls sideways");
    /** For ears only, as the heads of a table whose rows name their cells themselves. */
    const isClipped = (element: Element | null): boolean =>
      element !== null && (getComputedStyle(element).clipPath !== "none" || isClipped(element.parentElement));
    const isHidden = (element: Element): boolean =>
      element.closest(".visually-hidden, [hidden], svg, [aria-hidden=true]") !== null ||
      isClipped(element) ||
      getComputedStyle(element).visibility === "hidden";
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = texts.nextNode(); node; node = texts.nextNode()) {
      const holder = node.parentElement;
      if (!holder || (node.nodeValue ?? "").trim() === "" || isHidden(holder)) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      const text = placeOf(range);
      if (text.width === 0 || text.height === 0) continue;
      let scrollsDown = false;
      let why: string | null = null;
      for (let part: Element | null = holder; part && part !== root && why === null; part = part.parentElement) {
        const style = getComputedStyle(part);
        if (style.textOverflow === "ellipsis") break;
        const frame = placeOf(part);
        const isSideways = text.left < frame.left - SLACK || text.right > frame.right + SLACK;
        const isBeyond = text.top < frame.top - text.height * 0.2 || text.bottom > frame.bottom + text.height * 0.2;
        if (style.overflowX !== "visible" && isSideways) why = `sideways by ${part.className || part.tagName}`;
        else if (["auto", "scroll"].includes(style.overflowY)) scrollsDown = true;
        else if (style.overflowY !== "visible" && isBeyond && !scrollsDown)
          why = `below by ${part.className || part.tagName}`;
        if (style.position === "fixed") break;
      }
      if (why === null && (text.left < -SLACK || text.right > width + SLACK)) why = "by the screen";
      if (why === null && !scrollsDown && (text.top < -SLACK || text.bottom > height + SLACK))
        why = "by the screen's edge";
      if (why !== null) cut.push(`"${(node.nodeValue ?? "").trim().slice(0, 40)}" is cut ${why}`);
    }
    return cut;
  });

/** The parts of a screen that can only be seen whole by scrolling sideways, which nobody expects to have to. */
export const findSideways = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() =>
    [document.documentElement, ...document.body.querySelectorAll("*")]
      .filter((part) => {
        const overflow = getComputedStyle(part).overflowX;
        const scrolls = overflow === "auto" || overflow === "scroll" || part === document.documentElement;
        return scrolls && part.clientWidth > 0 && part.scrollWidth > part.clientWidth + 1;
      })
      .map((part) => `${part.tagName}.${part.className} ${String(part.scrollWidth)} > ${String(part.clientWidth)}`),
  );
