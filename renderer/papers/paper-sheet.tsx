import { useLayoutEffect } from "react";
import type { PaperDocument } from "../../shared/domain/document/document.ts";
import { documentHtml, paperCss, type PaperMarks } from "../../shared/domain/document/document-html.ts";
import { adoptStyle } from "./adopt-style.ts";

/** A paper as it stands on A4. */
export const PaperSheet = ({ document, marks }: { readonly document: PaperDocument; readonly marks: PaperMarks }) => {
  useLayoutEffect(() => adoptStyle(paperCss), []);
  // Escaped by documentHtml, which a property test holds to it; the page's policy lets no script run either.
  return <div dangerouslySetInnerHTML={{ __html: documentHtml(document, marks) }} />;
};
