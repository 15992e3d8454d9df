import { useEffect, useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Catalogue, CatalogueEntry } from "../../../../shared/domain/catalogue/catalogue.ts";
import { intakeEndOf, type Intake } from "../../../../shared/domain/case/intake.ts";
import { wantedLater } from "../../../../shared/domain/case/make-up.ts";
import type { Refusal } from "../../../../shared/domain/hall/refusal.ts";
import type { Ticket } from "../../../../shared/domain/queue/ticket.ts";
import { useConnection, useLive, useTerminal } from "../../../ui/hooks.ts";
import { ReasonDialog } from "../../../ui/staff/reason-dialog.tsx";
import { revealRecords } from "../../../ui/cases/ask-node.ts";
import { hallMarkOf } from "./draft.ts";
import { useDrafts } from "./drafts.ts";
import { EditIntake } from "./edit-intake.tsx";
import { IntakeHome } from "./intake-home.tsx";
import { draftOfIntake } from "./reopen.ts";
import { draftOfItems, draftOfPackage } from "./start-draft.ts";
import { leaseCaseNumbers } from "./use-intake.ts";
import "../../../ui/forms/forms.css";
import "./intake.css";

interface IntakeScreenProps {
  readonly counterId: string;
  readonly ticket: Ticket | undefined;
  readonly catalogue: Catalogue;
  /** What the clerk should know now; stands above the materials. */
  readonly notices: ReactNode;
  /** An intake of the hall to go on with, as chosen in the list of cases; null: none. */
  readonly reopen: string | null;
  readonly onReopened: () => void;
  /** To a case behind an intake. */
  readonly onCase: (caseId: string) => void;
  readonly onClose: () => void;
}

/** Taking in a case (收件): from the called ticket or by search, to one of the five outcomes. Takes centre and right side. */
export const IntakeScreen = ({
  counterId,
  ticket,
  catalogue,
  notices,
  reopen,
  onReopened,
  onCase,
  onClose,
}: IntakeScreenProps) => {
  const { t } = useTranslation();
  const terminal = useTerminal();
  const drafts = useDrafts();
  const { link } = useConnection();
  const hall = useLive(terminal.hall);
  const [held, setHeld] = useState<{ readonly intakeId: string; readonly refusal: Refusal } | null>(null);
  const [asksTakeOver, setAsksTakeOver] = useState(false);
  /** The intake whose draft here is older than what the hall knows. */
  const [outdated, setOutdated] = useState<string | null>(null);
  const leased = hall.caseLeases.length;

  useEffect(() => {
    if (link === "online") void leaseCaseNumbers(terminal);
  }, [terminal, link, leased]);

  const start = (entry: CatalogueEntry): void => {
    const begin = { newId: () => terminal.newId(), now: terminal.now(), counterId, ticketId: ticket?.id ?? null };
    drafts.show(
      entry.kind === "item" ? draftOfItems([entry.item], begin) : draftOfPackage(entry.package, catalogue.items, begin),
    );
  };

  const mayWorkOn = (intake: Intake): boolean =>
    intakeEndOf(intake) === null || wantedLater(terminal.hall.get(), intake).length > 0;

  const takeUp = async (intakeId: string, takeOver: string | null): Promise<void> => {
    const intake = terminal.hall.get().intakes.get(intakeId);
    if (!intake) return;
    setHeld(null);
    // What is only looked at needs no editor.
    if (!mayWorkOn(intake)) return showOwnOrHall(intake);
    const asked = await terminal.send("TakeIntake", { intakeId, takeOver }, { mode: "claim" });
    if (asked.status === "refused") {
      setHeld({ intakeId, refusal: asked.refusal });
      return;
    }
    // Without the node nobody can be asked: what two clerks do to one intake then shows as an anomaly.
    if (asked.status === "offline" || asked.status === "unanswered")
      await terminal.send("TakeIntake", { intakeId, takeOver }, { mode: "record" });
    await showOwnOrHall(intake);
  };

  const showOwnOrHall = async (intake: Intake): Promise<void> => {
    const own = await drafts.open(intake.id);
    if (own === null) return showAsInHall(intake.id);
    // Both are kept until the clerk has chosen.
    if (own.hallMark !== null && own.hallMark !== hallMarkOf(intake)) setOutdated(intake.id);
  };

  const showAsInHall = async (intakeId: string): Promise<void> => {
    const intake = terminal.hall.get().intakes.get(intakeId);
    if (!intake) return;
    const { formId } = intake;
    const records = formId === null ? null : await revealRecords(terminal, [formId], t("intake:reopen.reason"));
    const formText = formId === null ? null : records?.get(formId);
    setOutdated(null);
    drafts.show(draftOfIntake(terminal.hall.get(), intake, formText, terminal.now()));
  };
  /** What the hall knows has an editor, who is asked for first. */
  const openDraft = (intakeId: string): void =>
    void (terminal.hall.get().intakes.has(intakeId) ? takeUp(intakeId, null) : drafts.open(intakeId));

  const { entries, tidy } = drafts;
  useEffect(() => {
    // Ended elsewhere, or the power went between the last record and the draft's removal.
    for (const { intakeId } of entries) {
      const known = hall.intakes.get(intakeId);
      if (known !== undefined && intakeEndOf(known) !== null) tidy(intakeId);
    }
  }, [entries, tidy, hall.intakes]);

  useEffect(() => {
    if (reopen === null) return;
    onReopened();
    void takeUp(reopen, null);
    // One wish is carried out once, whatever else changes.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [reopen]);

  const leave = (): void => {
    const draft = drafts.draft;
    const known = draft === null ? undefined : terminal.hall.get().intakes.get(draft.intakeId);
    if (draft !== null && known?.editor != null)
      void terminal.send("LeaveIntake", { intakeId: draft.intakeId }, { mode: "record" });
    drafts.show(null);
  };

  return (
    <>
      {drafts.draft === null ? (
        <>
          <IntakeHome
            catalogue={catalogue}
            ticket={ticket}
            entries={drafts.entries}
            held={held}
            onStart={start}
            onDraft={openDraft}
            onForget={(intakeId) => void drafts.forget(intakeId)}
            onTakeOver={() => setAsksTakeOver(true)}
            onClose={onClose}
          />
          <aside className="side-panel" aria-label={t("window:side.label")}>
            {notices}
          </aside>
        </>
      ) : (
        <EditIntake
          key={drafts.draft.intakeId}
          catalogue={catalogue}
          ticket={ticket}
          drafts={drafts}
          draft={drafts.draft}
          notices={notices}
          onIntake={openDraft}
          onCase={onCase}
          outdated={
            outdated === drafts.draft.intakeId
              ? { onTheirs: () => void showAsInHall(outdated), onOwn: () => setOutdated(null) }
              : null
          }
          onLeave={leave}
        />
      )}
      {asksTakeOver && held !== null ? (
        <ReasonDialog
          question={t("intake:takeOver.question", held.refusal.params)}
          presets={[t("intake:takeOver.away"), t("intake:takeOver.agreed"), t("intake:takeOver.ended")]}
          confirm={t("intake:takeOver.confirm")}
          onConfirm={(reason) => void takeUp(held.intakeId, reason)}
          onClose={() => setAsksTakeOver(false)}
        />
      ) : null}
    </>
  );
};
