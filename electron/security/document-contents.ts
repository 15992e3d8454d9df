import type { WebContents } from "electron";

const papers = new WeakSet<WebContents>();

/** Marks a hidden page that holds a paper for the printer: it is no screen of ours and shows no page of ours. */
export const noteDocument = (contents: WebContents): void => {
  papers.add(contents);
};

export const isDocument = (contents: WebContents): boolean => papers.has(contents);
