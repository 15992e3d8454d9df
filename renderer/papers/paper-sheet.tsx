import type { PaperDocument } from "../../shared/domain/document/document.ts";
import { documentHtml, paperCss, type PaperMarks } from "../../shared/domain/document/document-html.ts";

/** A paper as it stands on A4. */
export const PaperSheet = ({ document, marks }: { readonly document: PaperDocument; readonly marks: PaperMarks }) => (
  <>
    <style>{paperCss}</style>
    {/* Escaped by documentHtml, which a property test holds to it; the page's policy lets no script run either. */}
    <div dangerouslySetInnerHTML={{ __html: documentHtml(document, marks) }} />
  </>
);
