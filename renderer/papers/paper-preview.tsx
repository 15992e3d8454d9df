import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { Act } from "../../shared/domain/hall/would-be.ts";
import { useTerminal } from "../ui/hooks.ts";
import { PaperSheet } from "./paper-sheet.tsx";
import { PaperWork, type IssueWish } from "./paper-work.ts";
import "./papers.css";

interface PaperPreviewProps {
  /** What will be done, with what was chosen and typed up to now. */
  readonly acts: readonly Act[];
  readonly wishes: readonly IssueWish[];
}

/** The papers word for word as they will be given out, before anything has happened. */
export const PaperPreview = ({ acts, wishes }: PaperPreviewProps) => {
  const { t } = useTranslation();
  const terminal = useTerminal();
  const work = useMemo(() => new PaperWork(terminal), [terminal]);
  const made = useMemo(() => work.makeAfter(acts, wishes), [work, acts, wishes]);
  return (
    <section className="paper-preview" tabIndex={0} aria-label={t("papers:preview")}>
      {made.ok ? (
        made.value.map((document) => (
          <div key={document.number} className="paper-preview-sheet">
            <PaperSheet document={document} marks={work.previewMarksOf(document)} />
          </div>
        ))
      ) : (
        <p className="paper-wait">{t(`refusal:${made.error.code}`, made.error.params)}</p>
      )}
    </section>
  );
};
