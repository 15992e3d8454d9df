import { documentFileName } from "../devices/document-file-name.ts";
import type { Handler } from "./handler.ts";
import { saveWherePersonSays } from "./sheet-save.ts";

export const documentSave: Handler<"document.save"> = {
  roles: ["desk"],
  async handle({ terminal }, paper) {
    const pdf = await terminal.documents.toPdf(paper);
    return saveWherePersonSays(documentFileName(paper, Date.now()), { name: "PDF", extensions: ["pdf"] }, pdf);
  },
};
