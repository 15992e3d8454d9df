import { documentSchema, type PaperDocument } from "../domain/document/document.ts";

/** A paper of one sentence. */
export const paperOf = (more: Partial<PaperDocument> = {}): PaperDocument =>
  documentSchema.parse({
    format: 1,
    kind: "workOrder",
    code: null,
    template: "test@1",
    letterhead: "示例政务服务大厅",
    letterheadEn: "",
    title: "办不成事反映处理单",
    titleEn: "",
    number: "办不成〔2026〕1号",
    blocks: [{ kind: "text", text: "已处理。", addressee: false }],
    signatures: [],
    date: "2026-11-23",
    progress: null,
    sampleNote: null,
    ...more,
  });

export const noMarks = { copy: 0, printedAt: "", qr: null, review: null, signature: null, copyMark: "" } as const;
