/** The short address in the QR code of a document; leads to the page, and the browser keeps what stands behind the #. */
export const PROGRESS_PAGE_PATH = "/p";
/** The page's one question to the node. */
export const PROGRESS_QUESTION_PATH = "/api/progress";
