import { useId, useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { addDays, dayOf } from "../../../../shared/basics/time.ts";
import { mayIssue } from "../../../../shared/domain/identity/permissions.ts";
import { isAllowed, type OrderAct } from "../../../../shared/domain/work-order/allowed.ts";
import { stagesOf, workOrderRulesOf, type ResponseLevel } from "../../../../shared/domain/work-order/rules.ts";
import type {
  OrderLack,
  OrderProblem,
  OrderResult,
  WorkOrder,
} from "../../../../shared/domain/work-order/work-order.ts";
import { useLive, useTerminal } from "../../../ui/hooks.ts";
import { ProblemRadios } from "../../../ui/orders/problem-radios.tsx";
import { actNameKey } from "../../../ui/staff/act-name.ts";
import { localName } from "../../../ui/staff/local-name.ts";
import { Radios } from "../../../ui/staff/radios.tsx";
import { callOutcomes, ChoiceForm, SentenceForm } from "../act-form.tsx";
import type { RunAct } from "../reviews/use-desk-act.ts";
import { useDeskActor } from "../use-desk-actor.ts";
import { departmentsOf, type OrderRow } from "./order-rows.ts";
import { DayField } from "../../../ui/staff/day-field.tsx";

interface ActProps {
  readonly order: WorkOrder;
  readonly run: RunAct;
  readonly isBusy: boolean;
}

const useRules = () => {
  const plan = useLive(useTerminal().hall).plan;
  return workOrderRulesOf(plan);
};

/** A named choice out of the plan's data. */
const Choice = ({
  label,
  options,
  value,
  onChange,
}: {
  readonly label: string;
  readonly options: readonly { readonly id: string; readonly name: string; readonly nameEn: string }[];
  readonly value: string;
  readonly onChange: (value: string) => void;
}) => {
  const { t, i18n } = useTranslation();
  const id = useId();
  return (
    <>
      <label htmlFor={id}>{label}</label>
      <select id={id} value={value} onChange={(event) => onChange(event.target.value)}>
        <option value="">{t("orders:act.choose")}</option>
        {options.map((option) => (
          <option key={option.id} value={option.id}>
            {localName(option, i18n.language)}
          </option>
        ))}
      </select>
    </>
  );
};

const DayLine = ({
  label,
  value,
  onChange,
}: {
  readonly label: string;
  readonly value: string;
  readonly onChange: (day: string) => void;
}) => {
  const id = useId();
  return (
    <>
      <label htmlFor={id}>{label}</label>
      <DayField id={id} value={value} onChange={onChange} />
    </>
  );
};

const Line = ({
  label,
  value,
  list,
  onChange,
}: {
  readonly label: string;
  readonly value: string;
  readonly list?: readonly string[];
  readonly onChange: (value: string) => void;
}) => {
  const id = useId();
  return (
    <>
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        maxLength={200}
        value={value}
        {...(list === undefined ? {} : { list: `${id}-list` })}
        onChange={(event) => onChange(event.target.value)}
      />
      {list === undefined ? null : (
        <datalist id={`${id}-list`}>
          {list.map((each) => (
            <option key={each} value={each} />
          ))}
        </datalist>
      )}
    </>
  );
};

const levels: readonly ResponseLevel[] = [3, 2, 1];

const TakeIn = ({ order, run, isBusy }: ActProps) => {
  const { t } = useTranslation();
  const rules = useRules();
  const [flow, setFlow] = useState(order.flow);
  const [level, setLevel] = useState<ResponseLevel>(2);
  return (
    <SentenceForm
      label={t("orders:act.summary")}
      confirm={t("orders:act.takeIn")}
      isBusy={isBusy}
      isReady={flow !== ""}
      onSend={(summary) => run("TakeWorkOrderIn", { orderId: order.id, flow, level, summary })}
    >
      <Choice label={t("orders:act.flow")} options={rules.flows} value={flow} onChange={setFlow} />
      <Radios
        legend={t("orders:act.level")}
        values={levels.map(String)}
        value={String(level)}
        nameOf={(each) => t(`orders:level.${each}`)}
        onChange={(each) => setLevel(Number(each) as ResponseLevel)}
      />
    </SentenceForm>
  );
};

const Reject = ({ order, run, isBusy }: ActProps) => {
  const { t, i18n } = useTranslation();
  const { exclusions } = useRules();
  const [exclusion, setExclusion] = useState("");
  const [turnTo, setTurnTo] = useState("");
  const choose = (id: string): void => {
    const chosen = exclusions.find((each) => each.id === id);
    setExclusion(id);
    setTurnTo(chosen === undefined ? "" : i18n.language === "en" ? chosen.turnToEn : chosen.turnTo);
  };
  return (
    <SentenceForm
      label={t("orders:act.rejectWhy")}
      confirm={t("orders:act.reject")}
      isBusy={isBusy}
      isReady={exclusion !== "" && turnTo.trim().length >= 2}
      onSend={(reason) => run("RejectWorkOrder", { orderId: order.id, exclusion, reason, turnTo: turnTo.trim() })}
    >
      <Choice label={t("orders:act.exclusion")} options={exclusions} value={exclusion} onChange={choose} />
      <Line label={t("orders:act.turnTo")} value={turnTo} onChange={setTurnTo} />
    </SentenceForm>
  );
};

const Dispatch = ({ order, run, isBusy }: ActProps) => {
  const { t } = useTranslation();
  const terminal = useTerminal();
  const hall = useLive(terminal.hall);
  const catalogue = useLive(terminal.catalogue);
  const stages = stagesOf(useRules(), order.flow).filter(({ level }) => level < 3);
  const usual = stages.find(({ level }) => level === order.level) ?? stages[0];
  const [stage, setStage] = useState(usual?.id ?? "");
  const own = catalogue?.items.find(({ code }) => code === order.itemCode)?.department;
  const unitOf = (id: string): string => stages.find((each) => each.id === id)?.unit ?? own ?? "";
  const [department, setDepartment] = useState(unitOf(stage));
  const departments = departmentsOf(hall.plan?.counters ?? [], catalogue?.items ?? [], hall.workOrders.values());
  return (
    <SentenceForm
      label={t("orders:act.wishes")}
      confirm={t("orders:act.dispatch")}
      isBusy={isBusy}
      isReady={stage !== "" && department.trim() !== ""}
      onSend={(note) => run("DispatchWorkOrder", { orderId: order.id, stage, department: department.trim(), note })}
    >
      <Choice
        label={t("orders:act.stage")}
        options={stages}
        value={stage}
        onChange={(id) => {
          setStage(id);
          setDepartment(unitOf(id));
        }}
      />
      <Line label={t("orders:act.department")} value={department} list={departments} onChange={setDepartment} />
    </SentenceForm>
  );
};

const Extend = ({ order, run, isBusy }: ActProps) => {
  const { t } = useTranslation();
  const terminal = useTerminal();
  const offset = useLive(terminal.hall).plan?.utcOffsetMinutes ?? 480;
  const [until, setUntil] = useState(addDays(dayOf(order.clock.due?.dueAt ?? terminal.now(), offset), 1));
  return (
    <SentenceForm
      label={t("orders:act.extendWhy")}
      confirm={t("orders:act.extend")}
      isBusy={isBusy}
      isReady={/^\d{4}-\d{2}-\d{2}$/.test(until)}
      onSend={(reason) => run("ExtendWorkOrder", { orderId: order.id, until, reason })}
    >
      <DayLine label={t("orders:act.until")} value={until} onChange={setUntil} />
    </SentenceForm>
  );
};

const Pause = ({ order, run, isBusy }: ActProps) => {
  const { t } = useTranslation();
  const { pauseReasons } = useRules();
  const [reason, setReason] = useState("");
  return (
    <SentenceForm
      label={t("orders:act.pauseNote")}
      confirm={t("orders:act.pause")}
      isBusy={isBusy}
      isReady={reason !== ""}
      onSend={(note) => run("PauseWorkOrder", { orderId: order.id, reason, note })}
    >
      <Choice label={t("orders:act.pauseReason")} options={pauseReasons} value={reason} onChange={setReason} />
    </SentenceForm>
  );
};

const Meeting = ({ order, run, isBusy }: ActProps) => {
  const { t } = useTranslation();
  const terminal = useTerminal();
  const id = useId();
  const offset = useLive(terminal.hall).plan?.utcOffsetMinutes ?? 480;
  const [day, setDay] = useState(dayOf(terminal.now(), offset));
  const [who, setWho] = useState("");
  const [minutes, setMinutes] = useState("");
  const participants = who
    .split(/[，,、;；\n]/)
    .map((each) => each.trim())
    .filter((each) => each !== "");
  return (
    <SentenceForm
      label={t("orders:meeting.decision")}
      confirm={t("orders:meeting.record")}
      isBusy={isBusy}
      isReady={day !== "" && participants.length >= 2 && minutes.trim().length >= 4}
      onSend={(decision) =>
        run("HoldOrderMeeting", {
          orderId: order.id,
          meetingId: terminal.newId(),
          day,
          participants,
          minutes: minutes.trim(),
          decision,
        })
      }
    >
      <DayLine label={t("orders:meeting.day")} value={day} onChange={setDay} />
      <Line label={t("orders:meeting.participants")} value={who} onChange={setWho} />
      <label htmlFor={id}>{t("orders:meeting.minutes")}</label>
      <textarea
        id={id}
        rows={4}
        maxLength={2_000}
        value={minutes}
        onChange={(event) => setMinutes(event.target.value)}
      />
    </SentenceForm>
  );
};

const results: readonly OrderResult[] = ["solved", "explained", "denied"];

const Answer = ({ order, run, isBusy }: ActProps) => {
  const { t } = useTranslation();
  const { causes } = useRules();
  const [result, setResult] = useState<OrderResult | null>(null);
  const [cause, setCause] = useState("");
  const [change, setChange] = useState("");
  const isInGuide = causes.find(({ id }) => id === cause)?.inGuide === true;
  return (
    <SentenceForm
      label={t("orders:act.answerText")}
      confirm={t("orders:act.answer")}
      isBusy={isBusy}
      isReady={result !== null && cause !== "" && (!isInGuide || change.trim().length >= 4)}
      onSend={(answer) =>
        result === null
          ? Promise.resolve(false)
          : run("AnswerWorkOrder", {
              orderId: order.id,
              result,
              cause,
              answer,
              guideChange: isInGuide ? change.trim() : null,
            })
      }
    >
      <Radios
        legend={t("orders:act.result")}
        values={results}
        value={result}
        nameOf={(each) => t(`orders:result.${each}`)}
        onChange={setResult}
      />
      <Choice label={t("orders:act.cause")} options={causes} value={cause} onChange={setCause} />
      {isInGuide ? <Line label={t("orders:act.guideChange")} value={change} onChange={setChange} /> : null}
    </SentenceForm>
  );
};

const Verify = ({ order, run, isBusy }: ActProps) => {
  const { t } = useTranslation();
  return (
    <ChoiceForm
      label={t("orders:act.finding")}
      confirm={t("orders:act.verify")}
      isBusy={isBusy}
      legend={t("orders:act.verdict")}
      values={["right", "wrong"] as const}
      nameOf={(each) => t(`orders:verdict.${each}`)}
      hint={t("orders:act.twoPeople")}
      onSend={(verdict, finding) =>
        run("VerifyWorkOrder", { orderId: order.id, isRight: verdict === "right", finding })
      }
    />
  );
};

const CallBack = ({ order, run, isBusy }: ActProps) => {
  const { t } = useTranslation();
  return (
    <ChoiceForm
      label={t("orders:act.callNote")}
      confirm={t("orders:act.call")}
      isBusy={isBusy}
      legend={t("orders:act.callOutcome")}
      values={callOutcomes}
      nameOf={(each) => t(`deskReviews:call.${each}`)}
      onSend={(outcome, note) => run("CallBackOrder", { orderId: order.id, outcome, note })}
    />
  );
};

const Supervise = ({ order, run, isBusy }: ActProps) => {
  const { t } = useTranslation();
  return (
    <ChoiceForm
      label={t("orders:act.superviseNote")}
      confirm={t("orders:act.supervise")}
      isBusy={isBusy}
      legend={t("orders:act.ground")}
      values={["overdue", "false", "faulty"] as const}
      nameOf={(each) => t(`orders:ground.${each}`)}
      onSend={(ground, note) => run("SuperviseWorkOrder", { orderId: order.id, ground, note })}
    />
  );
};

const Edit = ({ order, run, isBusy }: ActProps) => {
  const { t } = useTranslation();
  const [itemName, setItemName] = useState(order.itemName ?? "");
  const [problem, setProblem] = useState<OrderProblem>(order.problem);
  return (
    <SentenceForm
      label={t("orders:act.summary")}
      confirm={t("orders:act.edit")}
      isBusy={isBusy}
      onSend={(summary) =>
        run("EditWorkOrder", {
          orderId: order.id,
          problem,
          itemCode: itemName.trim() === order.itemName ? order.itemCode : null,
          itemName: itemName.trim() === "" ? null : itemName.trim(),
          summary,
        })
      }
    >
      <Line label={t("orders:fact.item")} value={itemName} onChange={setItemName} />
      <ProblemRadios value={problem} onChange={setProblem} />
    </SentenceForm>
  );
};

/** An act that needs one sentence. */
const said = (name: string, send: (run: RunAct, orderId: string, sentence: string) => Promise<boolean>) =>
  function Said({ order, run, isBusy }: ActProps): ReactNode {
    const { t } = useTranslation();
    return (
      <SentenceForm
        label={t(`orders:act.${name}Why`)}
        confirm={t(`orders:act.${name}`)}
        isBusy={isBusy}
        onSend={(sentence) => send(run, order.id, sentence)}
      />
    );
  };

/** An act that needs nothing but the wish. */
const plain = (type: "AcceptWorkOrder" | "CloseWorkOrder", name: string) =>
  function Plain({ order, run, isBusy }: ActProps): ReactNode {
    const { t } = useTranslation();
    return (
      <button
        type="button"
        className="small-button"
        disabled={isBusy}
        onClick={() => void run(type, { orderId: order.id })}
      >
        {t(`orders:act.${name}`)}
      </button>
    );
  };

const forms: Readonly<Record<OrderAct, (props: ActProps) => ReactNode>> = {
  TakeWorkOrderIn: TakeIn,
  RejectWorkOrder: Reject,
  DispatchWorkOrder: Dispatch,
  AcceptWorkOrder: plain("AcceptWorkOrder", "accept"),
  ReturnWorkOrder: said("giveBack", (run, orderId, reason) => run("ReturnWorkOrder", { orderId, reason })),
  ExtendWorkOrder: Extend,
  PauseWorkOrder: Pause,
  ResumeWorkOrder: said("resume", (run, orderId, note) => run("ResumeWorkOrder", { orderId, note })),
  HoldOrderMeeting: Meeting,
  ReportOrderToCity: said("toCity", (run, orderId, reason) => run("ReportOrderToCity", { orderId, reason })),
  RecordCityAnswer: said("cityAnswer", (run, orderId, answer) => run("RecordCityAnswer", { orderId, answer })),
  AnswerWorkOrder: Answer,
  RecordGuideChange: said("guideDone", (run, orderId, what) => run("RecordGuideChange", { orderId, what })),
  VerifyWorkOrder: Verify,
  CallBackOrder: CallBack,
  CloseWorkOrder: plain("CloseWorkOrder", "close"),
  ReopenWorkOrder: said("reopen", (run, orderId, reason) => run("ReopenWorkOrder", { orderId, reason })),
  SuperviseWorkOrder: Supervise,
  StrikeWorkOrder: said("strike", (run, orderId, finding) => run("StrikeWorkOrder", { orderId, finding })),
  EditWorkOrder: Edit,
};
const actTypes = Object.keys(forms) as readonly OrderAct[];

/** What does away with a lack. */
const actFor: Readonly<Record<OrderLack, OrderAct>> = {
  scope: "TakeWorkOrderIn",
  assign: "DispatchWorkOrder",
  accept: "AcceptWorkOrder",
  meeting: "HoldOrderMeeting",
  answer: "AnswerWorkOrder",
  verify: "VerifyWorkOrder",
  callBack: "CallBackOrder",
  strike: "StrikeWorkOrder",
};

/** The one thing to be done next, open; everything else that fits now, folded. */
export const OrderActs = ({
  row,
  run,
  isBusy,
}: {
  readonly row: OrderRow;
  readonly run: RunAct;
  readonly isBusy: boolean;
}) => {
  const { t } = useTranslation();
  const actor = useDeskActor();
  const { order } = row;
  const fitting = actTypes.filter((act) => isAllowed(order, act) && mayIssue(actor, act));
  const wanted = order.status === "closed" || order.status === "outOfScope" ? null : row.next;
  const next: OrderAct = wanted === null ? "CloseWorkOrder" : actFor[wanted];
  const first = fitting.includes("ResumeWorkOrder") ? "ResumeWorkOrder" : fitting.includes(next) ? next : undefined;
  const others = fitting.filter((act) => act !== first && (act !== "CloseWorkOrder" || row.next === null));
  const props = { order, run, isBusy };
  const First = first === undefined ? null : forms[first];
  return (
    <>
      {First === null ? null : (
        <section className="desk-card" aria-label={t("orders:act.next")}>
          <h3>
            {t("orders:act.next")}
            {t("orders:act.colon")}
            {t(actNameKey(first ?? next))}
          </h3>
          <First {...props} />
        </section>
      )}
      {others.map((act) => {
        const Form = forms[act];
        return (
          <details key={act} className="desk-card">
            <summary>
              <span className="orders-act-name">{t(actNameKey(act))}</span>
            </summary>
            <Form {...props} />
          </details>
        );
      })}
    </>
  );
};
