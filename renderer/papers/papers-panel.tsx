import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { DocumentKind, Intake, IssuedDocument } from "../../shared/domain/case/intake.ts";
import { later } from "../ui/later.tsx";
import "./papers.css";

const PaperDialog = later(async () => (await import("./paper-dialog.tsx")).PaperDialog);

/** Papers that count only when the applicant has signed them. */
const SIGNED: readonly DocumentKind[] = ["toleranceLetter", "commitmentLetter", "handOutSlip", "refusal", "correction"];

interface PapersPanelProps {
  readonly intake: Intake;
  /** Which of its papers. */
  readonly papers: readonly IssuedDocument[];
  /** Who would sign: somebody who came for the applicant signs as the agent. */
  readonly signer: "applicant" | "agent";
}

const isPrinted = (paper: IssuedDocument): boolean => paper.prints.some(({ outcome }) => outcome === "printed");

/** The papers of an intake, each to be read, signed on the second screen, and printed again as often as need be. */
export const PapersPanel = ({ intake, papers, signer }: PapersPanelProps) => {
  const { t } = useTranslation();
  const [open, setOpen] = useState<IssuedDocument | null>(null);
  return (
    <section className="papers-panel" aria-label={t("papers:panel.heading")}>
      <h2>{t("papers:panel.heading")}</h2>
      {papers.length === 0 ? <p className="paper-quiet">{t("papers:panel.none")}</p> : null}
      <ul>
        {papers.map((paper) => (
          <li key={paper.id} className="paper-row">
            <span>
              <b>{t(`papers:kind.${paper.kind}`)}</b>
              <small>{paper.number}</small>
            </span>
            <span className="paper-marks">
              {paper.signature === null ? null : <span className="mark mark-green">{t("papers:panel.signed")}</span>}
              {isPrinted(paper) ? <span className="mark">{t("papers:panel.printed")}</span> : null}
            </span>
            <button type="button" className="small-button" onClick={() => setOpen(paper)}>
              {SIGNED.includes(paper.kind) && paper.signature === null
                ? t("papers:panel.sign")
                : t("papers:panel.open")}
            </button>
          </li>
        ))}
      </ul>
      {open === null ? null : (
        <PaperDialog
          intakeId={intake.id}
          documentId={open.id}
          signer={SIGNED.includes(open.kind) ? signer : null}
          onClose={() => setOpen(null)}
        />
      )}
    </section>
  );
};
