import { useId, useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import type { PersonalRecord } from "../../../../shared/contract/api.ts";
import { CANNOT_WORDS_MAX } from "../../../../shared/contract/cannot-page.ts";
import { orderContactSchema } from "../../../../shared/contract/work-orders.ts";
import { workOrderRulesOf } from "../../../../shared/domain/work-order/rules.ts";
import { orderProblemSchema, type OrderProblem } from "../../../../shared/domain/work-order/work-order.ts";
import { useLive, useTerminal } from "../../../ui/hooks.ts";
import { localName } from "../../../ui/staff/local-name.ts";
import { Radios } from "../act-form.tsx";
import { FaultLine } from "../floor/fault-line.tsx";
import { useDeskAct } from "../reviews/use-desk-act.ts";

/** The desk writes down what somebody says could not be done. */
export const RaiseForm = ({ onRaised }: { readonly onRaised: (orderId: string) => void }) => {
  const { t, i18n } = useTranslation();
  const terminal = useTerminal();
  const rules = workOrderRulesOf(useLive(terminal.hall).plan);
  const catalogue = useLive(terminal.catalogue);
  const { run, fault, isBusy } = useDeskAct();
  const id = useId();
  const [flow, setFlow] = useState(rules.flows[0]?.id ?? "");
  const [problem, setProblem] = useState<OrderProblem>("severalTries");
  const [itemName, setItemName] = useState("");
  const [words, setWords] = useState("");
  const [name, setName] = useState("");
  const [phone, setPhone] = useState("");
  const isPhoneWrong = phone.trim() !== "" && !orderContactSchema.shape.phone.safeParse(phone.trim()).success;
  const isReady = words.trim().length >= 4 && !isPhoneWrong && flow !== "";

  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (!isReady || isBusy) return;
    const orderId = terminal.newId();
    const wordsId = `${orderId}.words`;
    const contactId = phone.trim() === "" ? null : `${orderId}.contact`;
    const personal: PersonalRecord[] = [{ id: wordsId, kind: "orderWords", value: words.trim() }];
    if (contactId !== null) {
      const contact = orderContactSchema.parse({ name, phone: phone.trim() });
      personal.push({ id: contactId, kind: "orderContact", value: JSON.stringify(contact) });
    }
    const item = catalogue?.items.find((each) => each.name === itemName.trim());
    void run(
      "RaiseWorkOrder",
      {
        orderId,
        flow,
        channel: "desk",
        problem,
        itemCode: item?.code ?? null,
        itemName: itemName.trim() === "" ? null : itemName.trim(),
        intakeId: null,
        caseId: null,
        ticketNumber: null,
        externalId: null,
        wordsId,
        contactId,
      },
      personal,
    ).then((isDone) => {
      if (isDone) onRaised(orderId);
    });
  };

  return (
    <form className="orders-form reviews-scroll" onSubmit={submit} aria-label={t("orders:tab.raise")}>
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
      <Radios
        legend={t("orders:fact.problem")}
        values={orderProblemSchema.options}
        value={problem}
        nameOf={(each) => t(`orders:problem.${each}`)}
        onChange={setProblem}
      />
      <label>
        {t("orders:fact.item")}
        <input
          list={`${id}-items`}
          maxLength={200}
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
        {t("orders:raise.words")}
        <textarea
          rows={4}
          maxLength={CANNOT_WORDS_MAX}
          value={words}
          onChange={(event) => setWords(event.target.value)}
        />
      </label>
      <div className="orders-pair">
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
      <p id={`${id}-phone`} className="reviews-hint">
        {isPhoneWrong ? t("orders:raise.phoneWrong") : t("orders:raise.sealed")}
      </p>
      <FaultLine fault={fault} />
      <div>
        <button type="submit" className="small-button" disabled={!isReady || isBusy}>
          {t("orders:raise.send")}
        </button>
      </div>
    </form>
  );
};
