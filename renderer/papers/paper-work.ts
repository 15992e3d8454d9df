import { parseJson } from "../../shared/basics/parse-json.ts";
import { err, ok, type Result } from "../../shared/basics/result.ts";
import { clockOf, dayOf } from "../../shared/basics/time.ts";
import type { DocumentPrintOutcome } from "../../shared/contract/ipc.ts";
import type { Applicant } from "../../shared/domain/case/applicant.ts";
import type { Case, DocumentKind, IssuedDocument } from "../../shared/domain/case/intake.ts";
import {
  signatureSchema,
  witnessSchema,
  type Signature,
  type Witness,
} from "../../shared/domain/document/applicant-view.ts";
import {
  documentHash,
  documentSchema,
  documentText,
  type PaperDocument,
} from "../../shared/domain/document/document.ts";
import type { PaperMarks } from "../../shared/domain/document/document-html.ts";
import { PROGRESS_PAGE_PATH } from "../../shared/contract/progress-page.ts";
import { kioskSettingsOf } from "../../shared/domain/kiosk/kiosk-settings.ts";
import type { Refusal } from "../../shared/domain/hall/refusal.ts";
import { stateAfter, type Act } from "../../shared/domain/hall/would-be.ts";
import { documentFactsOf } from "../../shared/domain/document/facts.ts";
import { makeDocument, type OwnTexts, type TemplateSet } from "../../shared/domain/document/template.ts";
import { textsOf } from "../../shared/domain/document/texts.ts";
import type { KeepFault, ReadFault } from "../store/files/files.ts";
import type { Terminal } from "../store/terminal.ts";
import { loadReviewKey, reviewUrlOf } from "./review-code.ts";
import { printDocument, qrPointsOf } from "./print-document.ts";

/** Each has a sentence, `papers:fault.<code>`. */
export type PaperFault = KeepFault | ReadFault | "other_text" | "no_printer" | "failed";

export interface IssueWish {
  readonly kind: DocumentKind;
  readonly intakeId: string;
  /** Null: about the whole intake. */
  readonly caseId: string | null;
  readonly applicant: Applicant;
  readonly agent: Applicant | null;
}

/** What may be done with the papers of an intake; all of it works without a network. */
export class PaperWork {
  private texts: TemplateSet | null = null;
  /** What `texts` was made with. */
  private own: OwnTexts | undefined;
  private reviewKey: Uint8Array | null = null;

  constructor(private readonly terminal: Terminal) {}

  /** The papers as they would be given out after these acts, or why the acts cannot be done. */
  makeAfter(acts: readonly Act[], wishes: readonly IssueWish[]): Result<readonly PaperDocument[], Refusal> {
    const { info, clerk, hall } = this.terminal;
    if (info.role === "launcher") return ok([]);
    const actor = {
      role: info.role,
      deviceId: info.credentials?.deviceId ?? null,
      clerkId: clerk.get()?.clerkId ?? null,
      counterId: info.counterId,
    };
    const after = stateAfter(hall.get(), acts, { now: this.terminal.now(), actor });
    return after.ok ? ok(wishes.flatMap((wish) => this.make(wish, after.value) ?? [])) : after;
  }

  /** The paper as it would be given out with a case as it will be. */
  makeAsIf(wish: IssueWish, one: Case): PaperDocument | undefined {
    const state = this.terminal.hall.get();
    return this.make(wish, { ...state, cases: new Map(state.cases).set(one.id, one) });
  }

  /** The paper as it would be given out now. @returns undefined when the intake is not known here */
  make(wish: IssueWish, state = this.terminal.hall.get()): PaperDocument | undefined {
    const { terminal } = this;
    const set = this.set();
    const facts = documentFactsOf(
      state,
      {
        ...wish,
        clerkName: terminal.clerk.get()?.name ?? "",
        now: terminal.now(),
        progressPage: progressPageOf(terminal),
      },
      set,
    );
    return facts && makeDocument(set, wish.kind, facts);
  }

  /**
   * Gives out a paper: its text is kept under its hash, and the log says so.
   * @param document the paper as it was shown; left out: as it would be now
   */
  async issue(
    wish: IssueWish,
    document = this.make(wish),
  ): Promise<Result<{ readonly documentId: string; readonly document: PaperDocument }, PaperFault>> {
    if (!document) return err("unknown");
    const kept = await this.keepText(documentText(document));
    if (!kept.ok) return kept;
    const documentId = this.terminal.newId();
    const { intakeId, caseId, kind } = wish;
    const { number, template } = document;
    const sent = await this.terminal.send(
      "IssueDocument",
      { intakeId, caseId, documentId, kind, number, textHash: kept.value, template },
      { mode: "record" },
    );
    return sent.status === "kept" || sent.status === "accepted" ? ok({ documentId, document }) : err("not_kept");
  }

  /** The text of a paper that was given out, here or at another counter. */
  async read(issued: Pick<IssuedDocument, "textHash">): Promise<Result<PaperDocument, ReadFault>> {
    const text = await this.readText(issued.textHash);
    if (!text.ok) return text;
    const document = documentSchema.safeParse(text.value);
    return document.success && documentHash(document.data) === issued.textHash ? ok(document.data) : err("damaged");
  }

  /** The signature under a paper; null when nobody signed on the screen. */
  async signatureOf({ signature }: Pick<IssuedDocument, "signature">): Promise<Signature | null> {
    if (signature === null || signature.by === "clerk") return null;
    const text = await this.readText(signature.hash);
    const read = text.ok ? signatureSchema.safeParse(text.value) : null;
    return read?.success === true ? read.data : null;
  }

  /** Takes over what was signed on the second screen, if it is this very text that was signed. */
  async sign(intakeId: string, issued: IssuedDocument, text: string): Promise<Result<null, PaperFault>> {
    const signature = signatureSchema.safeParse(parseJson(text));
    if (!signature.success || signature.data.documentId !== issued.id || signature.data.textHash !== issued.textHash)
      return err("other_text");
    return this.sendSignature(intakeId, issued, text, signature.data.signer);
  }

  /** Records that somebody agreed who cannot sign on the screen. */
  async witness(
    intakeId: string,
    issued: IssuedDocument,
    { way, reason }: Pick<Witness, "way" | "reason">,
  ): Promise<Result<null, PaperFault>> {
    const witness = witnessSchema.parse({
      format: 1,
      documentId: issued.id,
      textHash: issued.textHash,
      way,
      reason,
      clerkId: this.terminal.clerk.get()?.clerkId ?? "",
      at: Math.round(this.terminal.now()),
    });
    return this.sendSignature(intakeId, issued, JSON.stringify(witness), "clerk");
  }

  /** Prints a paper and notes what came of it; from the second time on it is marked as a copy. */
  async print(intakeId: string, issued: IssuedDocument): Promise<Result<null, PaperFault>> {
    const document = await this.read(issued);
    if (!document.ok) return document;
    await this.prepare();
    const outcome: DocumentPrintOutcome = await printDocument(
      document.value,
      this.marksOf(intakeId, issued, document.value, await this.signatureOf(issued)),
      this.offset(),
    );
    await this.terminal.send(
      "PrintDocument",
      { intakeId, documentId: issued.id, outcome: outcome.ok ? "printed" : "failed" },
      { mode: "record" },
    );
    return outcome.ok ? ok(null) : err(outcome.error.code);
  }

  private offset(): number {
    return this.terminal.hall.get().plan?.utcOffsetMinutes ?? 480;
  }

  /** What stands beside the text on the paper that would be printed next. */
  marksOf(intakeId: string, issued: IssuedDocument, document: PaperDocument, signature: Signature | null): PaperMarks {
    const { copyMark, copyNote, reviewCaption } = this.set();
    const copy = issued.prints.filter(({ outcome }) => outcome === "printed").length;
    const offset = this.offset();
    const now = this.terminal.now();
    const printedAt = copyNote
      .replace("{{n}}", String(copy))
      .replace("{{time}}", `${dayOf(now, offset)} ${clockOf(now, offset)}`);
    return {
      copy,
      printedAt,
      copyMark,
      qr: document.progress === null ? null : qrPointsOf(document.progress.url),
      review: this.reviewMark(intakeId, issued, reviewCaption),
      signature: signature?.picture ?? null,
    };
  }

  /** What stands beside the text of a paper that is not given out yet: no review code, for nothing has happened. */
  previewMarksOf({ progress }: PaperDocument): PaperMarks {
    const qr = progress === null ? null : qrPointsOf(progress.url);
    return { copy: 0, printedAt: "", copyMark: this.set().copyMark, qr, review: null, signature: null };
  }

  /** Fetches what `marksOf` needs beside the hall's state. */
  async prepare(): Promise<void> {
    this.reviewKey = await loadReviewKey(this.terminal);
  }

  private reviewMark(intakeId: string, { caseId }: IssuedDocument, caption: string): PaperMarks["review"] {
    const { terminal } = this;
    const { plan, intakes } = terminal.hall.get();
    const caseIds = intakes.get(intakeId)?.caseIds ?? [];
    const ref = caseId ?? (caseIds.length === 1 ? caseIds[0] : undefined) ?? intakeId;
    const url = reviewUrlOf(terminal, this.reviewKey, ref);
    const days = String(plan?.settings.reviewCodeDays ?? "");
    return url === null ? null : { qr: qrPointsOf(url), caption: caption.replace("{{days}}", days) };
  }

  private set(): TemplateSet {
    const own = this.terminal.hall.get().plan?.intake?.documentTexts;
    if (this.texts === null || this.own !== own) this.texts = textsOf(own);
    this.own = own;
    return this.texts;
  }

  private async sendSignature(
    intakeId: string,
    issued: IssuedDocument,
    text: string,
    by: "applicant" | "agent" | "clerk",
  ): Promise<Result<null, PaperFault>> {
    const kept = await this.keepText(text);
    if (!kept.ok) return kept;
    const data = { intakeId, documentId: issued.id, signatureHash: kept.value, textHash: issued.textHash, by };
    const sent = await this.terminal.send("SignDocument", data, { mode: "record" });
    return sent.status === "kept" || sent.status === "accepted" ? ok(null) : err("not_kept");
  }

  private async keepText(text: string): Promise<Result<string, KeepFault>> {
    const kept = await this.terminal.files.keep(new TextEncoder().encode(text));
    return kept.ok ? ok(kept.value.hash) : kept;
  }

  private async readText(hash: string): Promise<Result<unknown, ReadFault>> {
    const bytes = await this.terminal.files.read(hash);
    return bytes.ok ? ok(parseJson(new TextDecoder().decode(bytes.value))) : bytes;
  }
}

/** As telephones reach it: they are not in the hall's own network. */
const progressPageOf = ({ hall, info }: Terminal): string | null => {
  const base = kioskSettingsOf(hall.get().plan).publicUrl ?? info.nodeUrl;
  return base === null ? null : new URL(PROGRESS_PAGE_PATH, base).href;
};
