import { useId, useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { CANNOT_WORDS_MAX } from "../../../shared/contract/cannot-page.ts";
import { orderContactSchema } from "../../../shared/contract/work-orders.ts";
import type { AskedBefore, OrderProblem } from "../../../shared/domain/work-order/work-order.ts";
import { workOrderRulesOf } from "../../../shared/domain/work-order/rules.ts";
import { useLive, useTerminal } from "../hooks.ts";
import { localName } from "../staff/local-name.ts";
import { Button } from "../staff/button.tsx";
import { Radios } from "../staff/radios.tsx";
import { ProblemRadios } from "./problem-radios.tsx";
import { raiseOrder } from "./raise-order.ts";
import "./raise-form.css";

/** The refused or failed matter that an order is about. */
export interface RaiseAbout {
  readonly asked: AskedBefore;
  readonly itemCode: string;
  readonly itemName: string;
  readonly flow: string;
}

interface RaiseFormProps {
  readonly channel: "counter" | "desk";
  /** What was asked and why it was refused come along; null: told by somebody without it. */
  readonly about?: RaiseAbout | null;
  readonly onRaised: (orderId: string) => void;
  /** Of a dialog: leaves without raising. */
  readonly onCancel?: () => void;
}

const WORDS_MIN = 4;

/** Staff write down what somebody says could not be done. */
export const RaiseForm = ({ channel, about = null, onRaised, onCancel }: RaiseFormProps) => {
  const { t, i18n } = useTranslation();
  const terminal = useTerminal();
  const rules = workOrderRulesOf(useLive(terminal.hall).plan);
  const catalogue = useLive(terminal.catalogue);
  const id = useId();
  const [flow, setFlow] = useState(about?.flow ?? rules.flows[0]?.id ?? "");
  const [problem, setProblem] = useState<OrderProblem>(about === null ? "severalTries" : "notAccepted");
  const [itemName, setItemName] = useState(about?.itemName ?? "");
  const [words, setWords] = useState("");
  const [name, setName] = useState("");
  const [phone, setPhone] = useState("");
  const [fault, setFault] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const [newId] = useState(() => terminal.newId());
  const isPhoneWrong = phone.trim() !== "" && !orderContactSchema.shape.phone.safeParse(phone.trim()).success;
  const hasWords = words.trim().length >= WORDS_MIN || (about !== null && words.trim() === "");
  const isReady = hasWords && !isPhoneWrong && flow !== "";

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (!isReady || isBusy) return;
    setBusy(true);
    const item = catalogue?.items.find((each) => each.name === itemName.trim());
    const { orderId, outcome } = await raiseOrder(terminal, {
      orderId: newId,
      channel,
      flow,
      problem,
      itemCode: about?.itemCode ?? item?.code ?? null,
      itemName: itemName.trim() === "" ? null : itemName.trim(),
      intakeId: about?.asked.intakeId ?? null,
      caseId: about?.asked.caseId ?? null,
      ticketNumber: null,
      words: words.trim(),
      contact: { name: name.trim(), phone: phone.trim() },
    });
    setBusy(false);
    if (orderId !== null) onRaised(orderId);
    else setFault(outcome.status === "refused" ? t(`refusal:${outcome.refusal.code}`) : t("ledgers:notKept"));
  };

  return (
    <form
      className="raise-form plain-fields"
      onSubmit={(event) => void submit(event)}
      aria-label={t("orders:tab.raise")}
    >
      {about === null ? null : (
        <p className="said-before">
          {t("orders:fact.asked", { number: about.asked.number, day: about.asked.day })}
          <b>{about.asked.reason === "" ? "–" : about.asked.reason}</b>
        </p>
      )}
      <Radios
        legend={t("orders:act.flow")}
        values={rules.flows.map((each) => each.id)}
        value={flow}
        nameOf={(each) => {
          const found = rules.flows.find((one) => one.id === each);
          return found === undefined ? each : localName(found, i18n.language);
        }}
        onChange={setFlow}
      />
      <ProblemRadios value={problem} onChange={setProblem} />
      <label>
        {t("orders:fact.item")}
        <input
          list={`${id}-items`}
          maxLength={200}
          readOnly={about !== null}
          value={itemName}
          onChange={(event) => setItemName(event.target.value)}
        />
      </label>
      <datalist id={`${id}-items`}>
        {itemName.trim().length < 2
          ? null
          : catalogue?.items
              .filter((each) => each.name.includes(itemName.trim()))
              .slice(0, 20)
              .map((each) => <option key={each.code} value={each.name} />)}
      </datalist>
      <label>
        {about === null ? t("orders:raise.words") : t("orders:raise.moreWords")}
        <textarea
          rows={4}
          maxLength={CANNOT_WORDS_MAX}
          value={words}
          aria-describedby={`${id}-words`}
          onChange={(event) => setWords(event.target.value)}
        />
      </label>
      <p id={`${id}-words`} className="form-hint">
        {hasWords ? "" : t("orders:raise.least", { least: WORDS_MIN })}
      </p>
      <div className="raise-pair">
        <label>
          {t("orders:raise.name")}
          <input maxLength={40} autoComplete="off" value={name} onChange={(event) => setName(event.target.value)} />
        </label>
        <label>
          {t("orders:raise.phone")}
          <input
            type="tel"
            autoComplete="off"
            maxLength={20}
            value={phone}
            aria-invalid={isPhoneWrong}
            aria-describedby={`${id}-phone`}
            onChange={(event) => setPhone(event.target.value)}
          />
        </label>
      </div>
      <p id={`${id}-phone`} className="form-hint">
        {isPhoneWrong ? t("orders:raise.phoneWrong") : t("orders:raise.sealed")}
      </p>
      <p role="alert" className="staff-error">
        {fault}
      </p>
      <div className={onCancel === undefined ? undefined : "staff-dialog-foot"}>
        {onCancel === undefined ? null : (
          <Button large onClick={onCancel}>
            {t("staff:dialog.back")}
          </Button>
        )}
        <Button main submit large={onCancel !== undefined} disabled={!isReady || isBusy}>
          {t("orders:raise.send")}
        </Button>
      </div>
    </form>
  );
};
