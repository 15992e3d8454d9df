import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import type { DocumentKind, Intake, IssuedDocument } from "../../../../shared/domain/case/intake.ts";

const PaperDialog = lazy(async () => ({ default: (await import("../../../papers/paper-dialog.tsx")).PaperDialog }));

/** Papers that count only when the applicant has signed them. */
const SIGNED: readonly DocumentKind[] = ["toleranceLetter", "commitmentLetter", "handOutSlip", "refusal", "correction"];

interface PapersPanelProps {
  readonly intake: Intake;
  /** Who would sign: somebody who came for the applicant signs as the agent. */
  readonly signer: "applicant" | "agent";
}

const isPrinted = (paper: IssuedDocument): boolean => paper.prints.some(({ outcome }) => outcome === "printed");

/** The papers of an intake, each to be read, signed on the second screen, and printed again as often as need be. */
export const PapersPanel = ({ intake, signer }: PapersPanelProps) => {
  const { t } = useTranslation();
  const [open, setOpen] = useState<IssuedDocument | null>(null);
  return (
    <section className="materials" aria-label={t("intake:papers.heading")}>
      <h2>{t("intake:papers.heading")}</h2>
      {intake.documents.length === 0 ? <p className="intake-quiet">{t("intake:papers.none")}</p> : null}
      <ul>
        {intake.documents.map((paper) => (
          <li key={paper.id} className="paper-row">
            <span>
              <b>{t(`intake:kind.${paper.kind}`)}</b>
              <small>{paper.number}</small>
            </span>
            <span className="paper-marks">
              {paper.signature === null ? null : <span className="mark mark-green">{t("intake:papers.signed")}</span>}
              {isPrinted(paper) ? <span className="mark">{t("intake:papers.printed")}</span> : null}
            </span>
            <button type="button" className="small-button" onClick={() => setOpen(paper)}>
              {SIGNED.includes(paper.kind) && paper.signature === null
                ? t("intake:papers.sign")
                : t("intake:papers.open")}
            </button>
          </li>
        ))}
      </ul>
      {open === null ? null : (
        <Suspense fallback={null}>
          <PaperDialog
            intakeId={intake.id}
            documentId={open.id}
            signer={SIGNED.includes(open.kind) ? signer : null}
            onClose={() => setOpen(null)}
          />
        </Suspense>
      )}
    </section>
  );
};
