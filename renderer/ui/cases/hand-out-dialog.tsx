import { useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import type { Applicant } from "../../../shared/domain/case/applicant.ts";
import type { Case, HandOut, Intake } from "../../../shared/domain/case/intake.ts";
import type { CommandData } from "../../../shared/domain/hall/commands.ts";
import { documentHash } from "../../../shared/domain/document/document.ts";
import { maskId } from "../../../shared/domain/identity/mask.ts";
import { PaperWork, type IssueWish, type PaperFault } from "../../papers/paper-work.ts";
import { useTerminal } from "../hooks.ts";
import { DialogFoot } from "../staff/dialog-foot.tsx";
import { Dialog } from "../staff/dialog.tsx";
import { ChoiceField, LineField } from "./fields.tsx";
import { useRecords, type CaseRecords } from "./use-records.ts";
import { later } from "../later.tsx";

const PaperDialog = later(async () => (await import("../../papers/paper-dialog.tsx")).PaperDialog);

type HandOutData = CommandData<"HandOutResult">;

interface HandOutDialogProps {
  readonly one: Case;
  readonly intake: Intake;
  /** Null: not at a counter; the result can only be sent from here. */
  readonly counterId: string | null;
  /** Why it was not done. */
  readonly fault: string | null;
  readonly onHandOut: (data: HandOutData) => void;
  readonly onClose: () => void;
}

/** For a slip: the person as read at the node, or as told at the counter while the node is away. */
const personOf = (known: Applicant | null | undefined, name: string): Applicant | null =>
  known ??
  (name.trim() === ""
    ? null
    : {
        kind: "person",
        name: name.trim(),
        idType: "999",
        idNo: "",
        phone: "",
        address: "",
        representative: "",
        source: "typed",
        overrideReason: null,
      });

const textOf = (value: unknown): string => (typeof value === "string" ? value : "");

/** Where the applicant wants it sent, as the form says. */
const SendTo = ({ records }: { readonly records: CaseRecords }) => {
  const { t } = useTranslation();
  const delivery = records.form?.["delivery"];
  const address = textOf(delivery?.["address"]);
  return (
    <p className="staff-hint">
      {address === ""
        ? t("cases:handOut.noAddress")
        : t("cases:handOut.sendTo", {
            receiver: textOf(delivery?.["receiver"]) || (records.applicant?.name ?? ""),
            phone: textOf(delivery?.["phone"]) || (records.applicant?.phone ?? ""),
            address,
          })}
    </p>
  );
};

/** Hands the result out: at a counter against a signature on the second screen, or by courier with its number. */
export const HandOutDialog = ({ one, intake, counterId, fault, onHandOut, onClose }: HandOutDialogProps) => {
  const { t } = useTranslation();
  const terminal = useTerminal();
  const records = useRecords(intake, t("cases:handOut.reason"));
  const [way, setWay] = useState<HandOut["way"]>(counterId === null ? "courier" : "counter");
  const [to, setTo] = useState<HandOut["to"]>(intake.agentId === null ? "applicant" : "agent");
  const [company, setCompany] = useState("");
  const [trackingNo, setTrackingNo] = useState("");
  const [applicantName, setApplicantName] = useState("");
  const [agentName, setAgentName] = useState("");
  const [wrong, setWrong] = useState<string | null>(null);
  const [paperFault, setPaperFault] = useState<PaperFault | null>(null);
  const [slipId, setSlipId] = useState<string | null>(null);
  const signed = intake.documents.findLast(
    ({ kind, caseId, signature }) => kind === "handOutSlip" && caseId === one.id && signature !== null,
  );
  const atCounter = (signatureHash: string | null): HandOutData => ({
    caseId: one.id,
    counterId,
    way: "counter",
    to,
    courier: null,
    signatureHash,
  });

  /** The slip as it will be signed; one with the same words that was begun before is taken up again. */
  const makeSlip = async (applicant: Applicant, agent: Applicant | null): Promise<void> => {
    const work = new PaperWork(terminal);
    const wish: IssueWish = { kind: "handOutSlip", intakeId: intake.id, caseId: one.id, applicant, agent };
    const slip = work.makeAsIf(wish, { ...one, handOut: { ...atCounter(null), at: terminal.now() } });
    if (!slip) return setPaperFault("unknown");
    const begun = intake.documents.find(({ textHash }) => textHash === documentHash(slip));
    if (begun) return setSlipId(begun.id);
    const issued = await work.issue(wish, slip);
    if (issued.ok) setSlipId(issued.value.documentId);
    else setPaperFault(issued.error);
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (way === "courier") {
      const courier = { company: company.trim(), trackingNo: trackingNo.trim() };
      if (courier.company === "" || courier.trackingNo === "") setWrong("cases:ask.needed");
      else onHandOut({ ...atCounter(null), counterId: null, way, courier });
      return;
    }
    if (signed?.signature != null) return onHandOut(atCounter(signed.signature.hash));
    const applicant = personOf(records?.applicant, applicantName);
    const agent = to === "agent" ? personOf(records?.agent, agentName) : null;
    if (applicant === null || (to === "agent" && agent === null)) setWrong("cases:handOut.nameNeeded");
    else void makeSlip(applicant, agent);
  };
  const change =
    <V,>(set: (value: V) => void) =>
    (value: V): void => {
      setWrong(null);
      set(value);
    };

  if (slipId !== null)
    return (
      <PaperDialog
        intakeId={intake.id}
        documentId={slipId}
        signer={to}
        onSigned={(hash) => {
          if (one.state === "decided") onHandOut(atCounter(hash));
        }}
        onClose={onClose}
      />
    );
  const receiver = to === "agent" ? records?.agent : records?.applicant;
  const isAtCounter = way === "counter";
  return (
    <Dialog title={t("cases:act.question", { act: t("cases:act.handOut"), number: one.number })} onClose={onClose} wide>
      <form onSubmit={submit}>
        <p className="outcome-about">{one.itemName}</p>
        {counterId === null ? (
          <p className="staff-hint">{t("cases:handOut.atWindow")}</p>
        ) : (
          <ChoiceField
            label={t("cases:ask.way")}
            choices={[
              ["counter", t("cases:ask.atCounter")],
              ["courier", t("cases:ask.byCourier")],
            ]}
            value={way}
            onChange={change(setWay)}
          />
        )}
        <ChoiceField
          label={t("cases:ask.to")}
          choices={[
            ["applicant", t("cases:ask.applicant")],
            ["agent", t("cases:ask.agent")],
          ]}
          value={to}
          onChange={change(setTo)}
        />
        {records === undefined ? <p role="status">{t("cases:handOut.reading")}</p> : null}
        {records === null ? <p className="staff-hint staff-hint-warn">{t("cases:handOut.offline")}</p> : null}
        {isAtCounter && receiver != null ? (
          <p className="staff-hint">{t("cases:handOut.check", { name: receiver.name, id: maskId(receiver.idNo) })}</p>
        ) : null}
        {isAtCounter && records !== undefined && records?.applicant == null ? (
          <LineField
            label={t("cases:handOut.applicantName")}
            value={applicantName}
            onChange={change(setApplicantName)}
          />
        ) : null}
        {isAtCounter && to === "agent" && records !== undefined && records?.agent == null ? (
          <LineField label={t("cases:handOut.receiver")} value={agentName} onChange={change(setAgentName)} />
        ) : null}
        {isAtCounter && signed !== undefined ? <p className="staff-hint">{t("cases:handOut.signed")}</p> : null}
        {isAtCounter ? null : (
          <>
            {records == null ? null : <SendTo records={records} />}
            <LineField label={t("cases:ask.company")} value={company} onChange={change(setCompany)} />
            <LineField label={t("cases:ask.trackingNo")} value={trackingNo} onChange={change(setTrackingNo)} />
          </>
        )}
        <p role="alert" className="staff-error">
          {wrong !== null ? t(wrong) : paperFault !== null ? t(`papers:fault.${paperFault}`) : (fault ?? "")}
        </p>
        <DialogFoot
          confirm={
            !isAtCounter
              ? t("cases:act.handOut")
              : signed === undefined
                ? t("cases:handOut.toSign")
                : t("cases:handOut.finish")
          }
          disabled={isAtCounter && records === undefined}
          autoFocus={isAtCounter}
          onBack={onClose}
        />
      </form>
    </Dialog>
  );
};
