import { useEffect, useEffectEvent, useMemo, useState } from "react";
import { Button } from "../ui/staff/button.tsx";
import { useTranslation } from "react-i18next";
import { clockOf, dayOf } from "../../shared/basics/time.ts";
import type { IssuedDocument } from "../../shared/domain/case/intake.ts";
import type { Signature } from "../../shared/domain/document/applicant-view.ts";
import type { PaperDocument } from "../../shared/domain/document/document.ts";
import { useLive, useTerminal } from "../ui/hooks.ts";
import { Dialog } from "../ui/staff/dialog.tsx";
import { applicantSide } from "./applicant-side.ts";
import { PaperSheet } from "./paper-sheet.tsx";
import { PaperWork, type PaperFault } from "./paper-work.ts";
import { WitnessForm } from "./witness-form.tsx";
import "./papers.css";

interface PaperDialogProps {
  readonly intakeId: string;
  readonly documentId: string;
  /** Who is to sign on the second screen; null: a paper that nobody signs. */
  readonly signer: "applicant" | "agent" | null;
  /** What follows from the signature, with its hash; told once. */
  readonly onSigned?: (signatureHash: string) => void;
  readonly onClose: () => void;
}

interface Held {
  readonly document: PaperDocument;
  readonly signature: Signature | null;
}

/** A paper that was given out: as it stands on A4, to be signed on the second screen, and printed. */
export const PaperDialog = ({ intakeId, documentId, signer, onSigned, onClose }: PaperDialogProps) => {
  const { t } = useTranslation();
  const terminal = useTerminal();
  const work = useMemo(() => new PaperWork(terminal), [terminal]);
  const hall = useLive(terminal.hall);
  const issued = hall.intakes.get(intakeId)?.documents.find(({ id }) => id === documentId);
  const [held, setHeld] = useState<Held | null>(null);
  const [fault, setFault] = useState<PaperFault | null>(null);
  const [asking, setAsking] = useState<string | null>(null);
  const [witnessing, setWitnessing] = useState<"told" | "chosen" | null>(null);
  const [busy, setBusy] = useState(false);

  useEffect(() => {
    if (!issued) return undefined;
    let isOver = false;
    void Promise.all([work.read(issued), work.prepare()]).then(async ([read]) => {
      const signature = read.ok ? await work.signatureOf(issued) : null;
      if (isOver) return;
      if (read.ok) setHeld({ document: read.value, signature });
      else setFault(read.error);
    });
    return () => {
      isOver = true;
    };
  }, [work, issued]);
  useEffect(() => {
    if (asking === null || !issued) return undefined;
    const stop = applicantSide.onAnswer((answer) => {
      if (answer.kind === "cannotSign") setWitnessing("told");
      if (answer.kind !== "signed") return;
      void work.sign(intakeId, issued, answer.signature).then((outcome) => {
        setFault(outcome.ok ? null : outcome.error);
        if (outcome.ok) setAsking(null);
      });
    });
    return stop;
  }, [asking, issued, intakeId, work]);
  const signatureHash = issued?.signature?.hash;
  const tellSigned = useEffectEvent((hash: string) => onSigned?.(hash));
  useEffect(() => {
    if (signatureHash !== undefined) tellSigned(signatureHash);
  }, [signatureHash]);
  // What a person sees on the second screen never outlasts the clerk's own view of it.
  useEffect(() => (asking === null ? undefined : () => applicantSide.clear(asking)), [asking]);

  if (!issued) return null;
  const ask = (): void => {
    if (held === null) return;
    const requestId = terminal.newId();
    setFault(null);
    setAsking(requestId);
    applicantSide.show({ kind: "paper", requestId, documentId, document: held.document, signer });
  };
  const print = async (): Promise<void> => {
    if (busy) return;
    setBusy(true);
    const outcome = await work.print(intakeId, issued);
    setFault(outcome.ok ? null : outcome.error);
    setBusy(false);
  };
  const offset = hall.plan?.utcOffsetMinutes ?? 480;
  const timeText = (ms: number): string => `${dayOf(ms, offset)} ${clockOf(ms, offset)}`;
  const printed = issued.prints.filter(({ outcome }) => outcome === "printed").length;
  return (
    <Dialog title={t(`papers:kind.${issued.kind}`)} onClose={onClose} wide>
      <div className="paper-dialog">
        <div className="paper-sheet" tabIndex={0} role="region" aria-label={t("papers:preview")}>
          {held === null ? (
            <p className="paper-wait">{fault === null ? t("papers:loading") : t(`papers:fault.${fault}`)}</p>
          ) : (
            <PaperSheet
              document={held.document}
              marks={work.marksOf(intakeId, issued, held.document, held.signature)}
            />
          )}
        </div>
        <aside className="paper-side">
          <PaperState issued={issued} signer={signer} timeText={timeText} />
          {witnessing === "told" && (
            <p className="paper-note" role="status">
              {t("papers:cannotTold")}
            </p>
          )}
          {asking !== null && witnessing === null && (
            <p className="paper-note" role="status">
              {t("papers:waiting")}
            </p>
          )}
          {held !== null && fault !== null && (
            <p className="paper-fault" role="alert">
              {t(`papers:fault.${fault}`)}
            </p>
          )}
          {witnessing !== null && issued.signature === null ? (
            <WitnessForm
              onWitness={async (wish) => {
                const outcome = await work.witness(intakeId, issued, wish);
                setFault(outcome.ok ? null : outcome.error);
                if (!outcome.ok) return;
                setWitnessing(null);
                setAsking(null);
              }}
              onBack={() => setWitnessing(null)}
            />
          ) : (
            <div className="paper-acts">
              {signer !== null && issued.signature === null && (
                <>
                  <Button main large data-autofocus disabled={held === null} onClick={ask}>
                    {asking === null ? t("papers:ask") : t("papers:askAgain")}
                  </Button>
                  <Button large onClick={() => setWitnessing("chosen")}>
                    {t("papers:cannot")}
                  </Button>
                </>
              )}
              {asking !== null && (
                <Button large onClick={() => setAsking(null)}>
                  {t("papers:stopAsking")}
                </Button>
              )}
              <Button
                large
                main={signer === null || issued.signature !== null}
                disabled={held === null}
                busy={busy}
                onClick={() => void print()}
              >
                {printed === 0 ? t("papers:print") : t("papers:printCopy", { n: printed })}
              </Button>
              <Button large onClick={onClose}>
                {t("papers:close")}
              </Button>
            </div>
          )}
        </aside>
      </div>
    </Dialog>
  );
};

/** Number, signature and every printing of a paper. */
const PaperState = ({
  issued,
  signer,
  timeText,
}: {
  readonly issued: IssuedDocument;
  readonly signer: PaperDialogProps["signer"];
  readonly timeText: (ms: number) => string;
}) => {
  const { t } = useTranslation();
  return (
    <>
      <p className="paper-number">{issued.number}</p>
      <p className={issued.signature === null ? "paper-unsigned" : "paper-signed"}>
        {issued.signature === null
          ? signer === null
            ? t("papers:noSignature")
            : t("papers:unsigned")
          : t(`papers:signedBy.${issued.signature.by}`, { time: timeText(issued.signature.at) })}
      </p>
      <h3>{t("papers:prints")}</h3>
      {issued.prints.length === 0 ? (
        <p className="paper-quiet">{t("papers:neverPrinted")}</p>
      ) : (
        <ol className="paper-prints">
          {issued.prints.map(({ at, outcome, copy }) => (
            <li key={`${String(at)} ${String(copy)} ${outcome}`}>
              {timeText(at)}{" "}
              {outcome === "failed"
                ? t("papers:printFailed")
                : copy === 0
                  ? t("papers:original")
                  : t("papers:copy", { n: copy })}
            </li>
          ))}
        </ol>
      )}
    </>
  );
};
