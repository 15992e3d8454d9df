import { useCallback, useEffect, useMemo, useRef, useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { clockOf } from "../../../../shared/basics/time.ts";
import { intakeEndOf, type DocumentKind, type IntakeEnd } from "../../../../shared/domain/case/intake.ts";
import { wantedLater } from "../../../../shared/domain/case/make-up.ts";
import type { Receipt } from "../../../../shared/domain/case/material.ts";
import { applicantSection } from "../../../../shared/domain/form/case-form.ts";
import { checkForm } from "../../../../shared/domain/form/check-form.ts";
import type { Catalogue, CatalogueEntry } from "../../../../shared/domain/catalogue/catalogue.ts";
import type { Ticket } from "../../../../shared/domain/queue/ticket.ts";
import type { IssueWish, PaperFault } from "../../../papers/paper-work.ts";
import { SectionForm, fieldId } from "../../../ui/forms/section-form.tsx";
import { useLive, useTerminal } from "../../../ui/hooks.ts";
import { useHotkeys } from "../../../ui/staff/use-hotkeys.ts";
import type { Drafts } from "./drafts.ts";
import {
  agentOf,
  applicantOf,
  isCreditCodeFault,
  hallMarkOf,
  isEmptyDraft,
  isOverridden,
  lacksOfDraft,
  peopleMarkOf,
  type Draft,
} from "./draft.ts";
import { EarlierPanel } from "./earlier-panel.tsx";
import { FindItem } from "./find-item.tsx";
import { IdentityBar } from "./identity-bar.tsx";
import { IntakeResult } from "./intake-result.tsx";
import { isUnfinished, makeUpStepsOf } from "./hand-in.ts";
import { MakeUpBar } from "./make-up-bar.tsx";
import { MaterialsPanel } from "./materials-panel.tsx";
import { OutcomeDialog, outcomeTitleKey, type OutcomeWish } from "./outcome-dialog.tsx";
import { outcomeKinds, possibleOutcomes, type NotPossible, type OutcomeKind } from "./outcomes.ts";
import { withItem } from "./start-draft.ts";
import { useApplicantView, type Checking } from "./use-applicant-view.ts";
import { useIntake, type HandInFault, type Outcome } from "./use-intake.ts";

/** What each outcome gives the applicant (domain.md: every outcome gives a dated document). */
const papersOf: Readonly<Record<OutcomeKind, readonly DocumentKind[]>> = {
  accept: ["acceptance", "materialReceipt"],
  correct: ["correction"],
  tolerate: ["toleranceLetter", "toleranceNotice"],
  commit: ["commitmentLetter"],
  refuse: ["refusal"],
};

/** First letters of 受理 告知 (容)缺 承诺 不予; digits with Alt belong to the line. */
const outcomeKeys: Readonly<Record<OutcomeKind, string>> = {
  accept: "Alt+S",
  correct: "Alt+G",
  tolerate: "Alt+K",
  commit: "Alt+C",
  refuse: "Alt+B",
};

const checkingKey = (checking: Exclude<Checking, "no">): string => {
  switch (checking) {
    case "asked":
      return "intake:check.asked";
    case "confirmed":
      return "intake:check.confirmed";
    case "objected":
      return "intake:check.objected";
  }
};

const outcomeOf = (
  wish: OutcomeWish,
  intakeId: string,
  correctionId: string,
  committedKeys: readonly string[],
): Outcome => {
  switch (wish.type) {
    case "AcceptIntake":
      return { type: wish.type, data: { intakeId } };
    case "IssueCorrection":
      return { type: wish.type, data: { intakeId, correctionId, repeatReason: wish.repeatReason } };
    case "AcceptWithTolerance":
      return { type: wish.type, data: { intakeId, by: wish.by, credit: wish.credit } };
    case "AcceptOnCommitment":
      return { type: wish.type, data: { intakeId, committedKeys: [...committedKeys], results: [] } };
    case "RefuseIntake":
      return { type: wish.type, data: { intakeId, reason: wish.reason, remedies: [...wish.remedies] } };
  }
};

const noValues: Readonly<Record<string, unknown>> = {};

const notKey = (why: NotPossible): string => {
  switch (why) {
    case "noApplicant":
      return "intake:outcome.not.noApplicant";
    case "lacks":
      return "intake:outcome.not.lacks";
    case "nothingLacks":
      return "intake:outcome.not.nothingLacks";
    case "notTolerable":
      return "intake:outcome.not.notTolerable";
    case "noLimit":
      return "intake:outcome.not.noLimit";
    case "noCommitment":
      return "intake:outcome.not.noCommitment";
    case "formFaults":
      return "intake:outcome.not.formFaults";
  }
};

/** Why nothing of an intake can be changed any more. */
const endKey = (end: IntakeEnd): string => {
  switch (end) {
    case "accepted":
      return "intake:over.accepted";
    case "refused":
      return "intake:over.refused";
    case "withdrawn":
      return "intake:over.withdrawn";
  }
};

/** Draws the first sections at once and the rest when the browser is idle: the clerk types the name meanwhile. */
const FIRST_SECTIONS = 2;
const useSectionCount = (all: number): number => {
  const [count, setCount] = useState(Math.min(FIRST_SECTIONS, all));
  useEffect(() => {
    if (count >= all) return undefined;
    const handle = requestIdleCallback(() => setCount((before) => before + 1), { timeout: 300 });
    return () => cancelIdleCallback(handle);
  }, [count, all]);
  return count;
};

interface EditIntakeProps {
  readonly catalogue: Catalogue;
  /** Who is at the counter now. */
  readonly ticket: Ticket | undefined;
  readonly drafts: Drafts;
  readonly draft: Draft;
  readonly notices: ReactNode;
  /** The hall knows something newer than this draft: which of both goes on; null: it does not. */
  readonly outdated: { readonly onTheirs: () => void; readonly onOwn: () => void } | null;
  /** Another draft or intake instead of this one. */
  readonly onIntake: (intakeId: string) => void;
  /** To a case behind an intake. */
  readonly onCase: (caseId: string) => void;
  readonly onLeave: () => void;
}

/** One intake on the screen: in the centre who, what and the form; right the materials; below the five outcomes. */
export const EditIntake = ({
  catalogue,
  ticket,
  drafts,
  draft,
  notices,
  outdated,
  onIntake,
  onCase,
  onLeave,
}: EditIntakeProps) => {
  const { t } = useTranslation();
  const terminal = useTerminal();
  const hall = useLive(terminal.hall);
  const { sections, faults, formErrors, busy, actsFor, handIn, makeUp } = useIntake(catalogue, draft);
  const [showAll, setShowAll] = useState(false);
  const [asked, setAsked] = useState<OutcomeKind | null>(null);
  const [fault, setFault] = useState<HandInFault | null>(null);
  const [paperFault, setPaperFault] = useState<PaperFault | null>(null);
  const [done, setDone] = useState<OutcomeKind | "makeUp" | null>(null);
  const [why, setWhy] = useState<OutcomeKind | null>(null);
  const form = useRef<HTMLDivElement>(null);
  const count = useSectionCount(sections.length);
  const intake = hall.intakes.get(draft.intakeId);
  const clerk = useLive(terminal.clerk);
  const isTaken = intake?.editor != null && intake.editor.clerkId !== clerk?.clerkId;
  const end = intake === undefined ? null : intakeEndOf(intake);
  const locked = isTaken || end !== null;
  const later = useMemo(() => (intake === undefined ? [] : wantedLater(hall, intake)), [hall, intake]);
  const openMaterials = isTaken ? [] : end === null ? draft.requirements.map(({ key }) => key) : later;
  const begunFor = draft.ticketId === null ? undefined : hall.tickets.get(draft.ticketId);
  const applicant = applicantOf(draft);
  const lacks = useMemo(() => lacksOfDraft(draft, formErrors), [draft, formErrors]);
  const possible = possibleOutcomes(hall.plan, draft.items, lacks, applicant !== null);
  const { checking, askToCheck } = useApplicantView(draft, sections, lacks, showAll, done === null && !locked);
  const offset = hall.plan?.utcOffsetMinutes ?? 480;
  const { change } = drafts;
  const hasCreditFault = useMemo(() => checkForm(sections, draft.form).some(isCreditCodeFault), [sections, draft.form]);

  useEffect(() => {
    const field = form.current?.querySelector<HTMLElement>(".form-section :is(input, select):not(:disabled)");
    (field ?? form.current)?.focus();
  }, []);

  const changeSection = useCallback(
    (section: string, values: Readonly<Record<string, unknown>>) =>
      change((before) => ({ ...before, form: { ...before.form, [section]: values } })),
    [change],
  );
  const changeReceipt = (key: string, receipt: Receipt | null): void =>
    change((before) => {
      const { [key]: _, ...rest } = before.receipts;
      return { ...before, receipts: receipt === null ? rest : { ...rest, [key]: receipt } };
    });
  const addItem = (entry: CatalogueEntry): void => {
    if (entry.kind === "item")
      change((before) => withItem(before, entry.item, catalogue.items, () => terminal.newId()));
  };

  const ask = (kind: OutcomeKind): void => {
    if (locked) return;
    setShowAll(true);
    setWhy(kind);
    setFault(null);
    if (possible[kind] === null) setAsked(kind);
  };
  useHotkeys({
    "Alt+S": () => ask("accept"),
    "Alt+G": () => ask("correct"),
    "Alt+K": () => ask("tolerate"),
    "Alt+C": () => ask("commit"),
    "Alt+B": () => ask("refuse"),
    "Alt+Z": onLeave,
  });

  const goToFault = (): void => {
    const first = faults[0];
    if (first === undefined) return;
    setShowAll(true);
    document.getElementById(fieldId(first.section, first.path))?.focus();
  };

  const committedKeys = lacks.materials.map(({ key }) => key);
  const actsOf = useCallback(
    (wish: OutcomeWish) => actsFor(outcomeOf(wish, draft.intakeId, terminal.newId(), committedKeys)),
    // The keys follow from the draft, which `actsFor` knows.
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [actsFor, draft.intakeId, terminal],
  );
  const papers = useMemo((): readonly IssueWish[] => {
    const who = applicantOf(draft);
    if (asked === null || who === null) return [];
    const { intakeId } = draft;
    const about = { intakeId, applicant: who, agent: agentOf(draft) };
    const wishes: IssueWish[] = papersOf[asked].map((kind) => ({ ...about, kind, caseId: null }));
    // Decided at once: each case has its result.
    if (asked === "commit") for (const { caseId } of draft.items) wishes.push({ ...about, kind: "decision", caseId });
    return wishes;
  }, [asked, draft]);

  const issuePapers = async (wishes: readonly IssueWish[]): Promise<void> => {
    const { PaperWork } = await import("../../../papers/paper-work.ts");
    const work = new PaperWork(terminal);
    for (const wish of wishes) {
      const issued = await work.issue(wish);
      if (!issued.ok) setPaperFault(issued.error);
    }
  };

  const confirm = async (wish: OutcomeWish): Promise<void> => {
    const failed = await handIn(outcomeOf(wish, draft.intakeId, terminal.newId(), committedKeys));
    setFault(failed);
    const told = terminal.hall.get().intakes.get(draft.intakeId);
    if (told !== undefined)
      change((before) => ({ ...before, hallMark: hallMarkOf(told), peopleMark: peopleMarkOf(before) }));
    if (failed !== null) return;
    await issuePapers(papers);
    setDone(asked);
    setAsked(null);
  };

  const confirmMakeUp = async (): Promise<void> => {
    const failed = await makeUp();
    setFault(failed);
    if (failed !== null) return;
    // What came in is given a dated paper also later.
    if (applicant !== null)
      await issuePapers([
        { intakeId: draft.intakeId, caseId: null, kind: "materialReceipt", applicant, agent: agentOf(draft) },
      ]);
    setDone("makeUp");
  };

  if (done !== null && intake !== undefined)
    return (
      <IntakeResult
        kind={done}
        intake={intake}
        draft={draft}
        fault={paperFault}
        onCase={(caseId) => {
          onLeave();
          onCase(caseId);
        }}
        onClose={onLeave}
      />
    );

  return (
    <>
      <section className="intake" aria-label={t("intake:edit.label")}>
        <header className="intake-head">
          <div className="intake-title">
            <h2>{draft.package?.name ?? draft.items[0]?.itemName ?? ""}</h2>
            {intake === undefined ? null : <span className="mark">{intake.number}</span>}
            {draft.items.length > 1 ? (
              <details>
                <summary>{t("intake:edit.items", { n: draft.items.length })}</summary>
                <ol>
                  {draft.items.map((item) => (
                    <li key={item.caseId}>
                      {item.itemName} <small>{item.department}</small>
                    </li>
                  ))}
                </ol>
              </details>
            ) : null}
          </div>
          <span className="status-gap" />
          <span className="intake-saved" role="status">
            {drafts.fault
              ? t("intake:edit.notSaved")
              : isEmptyDraft(draft) || !isUnfinished(hall, draft)
                ? ""
                : drafts.savedAt !== null
                  ? t("intake:edit.saved", { time: clockOf(drafts.savedAt, offset) })
                  : t("intake:edit.saving")}
          </span>
          {checking === "no" ? null : (
            <span className={checking === "objected" ? "intake-checked identity-bad" : "intake-checked"} role="status">
              {t(checkingKey(checking))}
            </span>
          )}
          {locked ? null : (
            <button
              type="button"
              className="head-button"
              disabled={applicant === null || checking === "asked"}
              onClick={askToCheck}
            >
              {t("intake:check.ask")}
            </button>
          )}
          <button type="button" className="head-button" aria-keyshortcuts="Alt+Z" onClick={onLeave}>
            <kbd>Alt+Z</kbd> {t(isUnfinished(hall, draft) ? "intake:edit.putAside" : "intake:edit.back")}
          </button>
        </header>
        <div className="intake-form" ref={form} tabIndex={locked ? 0 : -1}>
          {isTaken && done === null ? (
            <p className="staff-hint staff-hint-alarm" role="alert">
              {t("intake:edit.taken")}
            </p>
          ) : null}
          {end === null || isTaken || done !== null ? null : (
            <p className="staff-hint">{t(later.length > 0 ? "intake:over.makeUp" : endKey(end))}</p>
          )}
          {begunFor !== undefined && ticket !== undefined && begunFor.id !== ticket.id && end === null ? (
            <p className="staff-hint staff-hint-warn" role="alert">
              {t("intake:edit.otherTicket", { begun: begunFor.number, now: ticket.number })}
            </p>
          ) : null}
          {outdated === null ? null : (
            <p className="staff-hint staff-hint-warn" role="alert">
              {t("intake:edit.outdated")}{" "}
              <button type="button" className="staff-link" onClick={outdated.onTheirs}>
                {t("intake:edit.useTheirs")}
              </button>{" "}
              <button type="button" className="staff-link" onClick={outdated.onOwn}>
                {t("intake:edit.useOwn")}
              </button>
            </p>
          )}
          {end === null ? <IdentityBar draft={draft} locked={locked} onChange={change} /> : null}
          <EarlierPanel
            draft={draft}
            idNo={applicant?.idNo ?? ""}
            drafts={drafts.entries}
            onDraft={onIntake}
            onIntake={onIntake}
          />
          <fieldset className="intake-sections" disabled={locked}>
            {sections.slice(0, count).map((section) => (
              <SectionForm
                key={section.id}
                section={section}
                values={draft.form[section.id] ?? noValues}
                showAll={showAll}
                items={draft.items}
                overridden={
                  hasCreditFault && isOverridden(draft) && section.id === applicantSection.legal
                    ? "creditCode"
                    : undefined
                }
                onChange={changeSection}
              />
            ))}
          </fieldset>
          {hasCreditFault ? (
            <label className="staff-field intake-override">
              <span>{t("intake:edit.override")}</span>
              <input
                type="text"
                maxLength={100}
                disabled={locked}
                value={draft.identity.overrideReason ?? ""}
                onChange={(event) => {
                  const overrideReason = event.target.value === "" ? null : event.target.value;
                  change((before) => ({ ...before, identity: { ...before.identity, overrideReason } }));
                }}
              />
            </label>
          ) : null}
          {draft.package === null && !locked && intake === undefined ? (
            <FindItem catalogue={catalogue} label={t("intake:edit.addItem")} onChoose={addItem} />
          ) : null}
        </div>
        {end === null ? (
          <footer className="outcome-bar" role="group" aria-label={t("intake:outcome.label")}>
            {outcomeKinds.map((kind) => (
              <button
                key={kind}
                type="button"
                className={`outcome-button outcome-${kind}`}
                aria-disabled={possible[kind] !== null || locked}
                aria-keyshortcuts={outcomeKeys[kind]}
                onClick={() => ask(kind)}
              >
                <kbd>{outcomeKeys[kind]}</kbd> {t(outcomeTitleKey(kind))}
              </button>
            ))}
            <p className="outcome-why" role="status">
              {why !== null && possible[why] !== null ? t(notKey(possible[why])) : ""}{" "}
              {faults.length > 0 && showAll ? (
                <button type="button" className="staff-link" onClick={goToFault}>
                  {t("intake:edit.faults", { n: faults.length })}
                </button>
              ) : null}
            </p>
          </footer>
        ) : later.length > 0 && intake !== undefined ? (
          <MakeUpBar
            intake={intake}
            untold={makeUpStepsOf(hall, draft).length}
            isTaken={isTaken}
            busy={busy}
            fault={fault}
            onConfirm={() => void confirmMakeUp()}
          />
        ) : null}
      </section>
      <aside
        className="side-panel"
        aria-label={t("intake:material.label")}
        {...(openMaterials.length === 0 ? { tabIndex: 0 } : {})}
      >
        {notices}
        <MaterialsPanel
          intakeId={draft.intakeId}
          requirements={draft.requirements}
          receipts={draft.receipts}
          items={draft.items}
          open={openMaterials}
          isLater={end !== null}
          onReceipt={changeReceipt}
          onLicence={(recordId, licence) =>
            change((before) => ({ ...before, licences: { ...before.licences, [recordId]: licence } }))
          }
        />
      </aside>
      {asked === null ? null : (
        <OutcomeDialog
          kind={asked}
          draft={draft}
          lacks={lacks}
          intake={intake}
          busy={busy}
          fault={fault}
          actsOf={actsOf}
          papers={papers}
          onConfirm={(wish) => void confirm(wish)}
          onClose={() => setAsked(null)}
        />
      )}
    </>
  );
};
