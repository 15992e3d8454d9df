import { useEffect, useRef, useState, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { CALLABLE, CANNOT_WORDS_MAX, CANNOT_WORDS_MIN } from "../../../shared/contract/cannot-page.ts";
import { workOrderRulesOf } from "../../../shared/domain/work-order/rules.ts";
import { orderProblems } from "../../../shared/domain/work-order/problems.ts";
import type { OrderProblem } from "../../../shared/domain/work-order/work-order.ts";
import type { PersonalRecord } from "../../../shared/contract/api.ts";
import type { Terminal } from "../../store/terminal.ts";
import { useTerminal } from "../../ui/hooks.ts";
import { Icon } from "../../ui/public/icons.tsx";
import { OnScreenKeyboard } from "../../ui/public/keyboard.tsx";
import { CodeEntry } from "./code-entry.tsx";
import { OrderSlip } from "./order-slip.tsx";
import { Page, type LeaveHandlers } from "./page.tsx";

const PHONE_MAX = 20;

type Raised =
  { readonly kind: "numbered"; readonly number: string } | { readonly kind: "kept" } | { readonly kind: "failed" };

/** Asks the node, so that the person leaves with the number; without the node it is kept here and reaches the desk later. */
const raise = async (
  terminal: Terminal,
  orderId: string,
  told: { readonly problem: OrderProblem; readonly words: string; readonly phone: string },
): Promise<Raised> => {
  const flow = workOrderRulesOf(terminal.hall.get().plan).flows[0]?.id ?? "";
  const data = {
    orderId,
    flow,
    channel: "kiosk",
    problem: told.problem,
    itemCode: null,
    itemName: null,
    intakeId: null,
    caseId: null,
    ticketNumber: null,
    externalId: null,
    wordsId: `${orderId}.words`,
    contactId: `${orderId}.contact`,
  } as const;
  const personal: readonly PersonalRecord[] = [
    { id: data.wordsId, kind: "orderWords", value: told.words },
    { id: data.contactId, kind: "orderContact", value: JSON.stringify({ name: "", phone: told.phone }) },
  ];
  const asked = await terminal.send("RaiseWorkOrder", data, { mode: "claim", personal });
  if (asked.status === "accepted") {
    const number = terminal.hall.get().orderReceipts.get(orderId);
    return number === undefined ? { kind: "kept" } : { kind: "numbered", number };
  }
  // The same id: should the claim have come through after all, the record changes nothing.
  const kept = await terminal.send("RaiseWorkOrder", data, { mode: "record", personal });
  return kept.status === "kept" || kept.status === "accepted" ? { kind: "kept" } : { kind: "failed" };
};

/** Somebody tells what could not be done: what happened, in their own words, and how to reach them. */
export const CannotScreen = (leave: LeaveHandlers): ReactElement => {
  const { t } = useTranslation();
  const terminal = useTerminal();
  const [orderId] = useState(() => terminal.newId());
  const [problem, setProblem] = useState<OrderProblem | null>(null);
  const [words, setWords] = useState("");
  const [hasWords, setHasWords] = useState(false);
  const [phone, setPhone] = useState("");
  const [isSending, setSending] = useState(false);
  const [raised, setRaised] = useState<Raised | null>(null);
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => field.current?.focus(), [problem]);

  const send = (): void => {
    if (problem === null || isSending) return;
    setSending(true);
    void raise(terminal, orderId, { problem, words: words.trim(), phone }).then((outcome) => {
      setSending(false);
      setRaised(outcome);
    });
  };
  if (raised !== null && raised.kind !== "failed")
    return raised.kind === "numbered" && problem !== null ? (
      <OrderSlip {...leave} number={raised.number} orderId={orderId} problem={problem} />
    ) : (
      <Page {...leave} onBack={leave.onHome} title={t("cannot:done")}>
        <section className="card" role="status">
          <p>{t("cannot:later")}</p>
        </section>
      </Page>
    );
  if (problem === null)
    return (
      <Page {...leave} title={t("cannot:problemTitle")}>
        <ul className="department-tiles">
          {orderProblems.map((each) => (
            <li key={each}>
              <button type="button" className="tile" onClick={() => setProblem(each)}>
                <span className="tile-text">
                  <span className="tile-title">{t(`cannot:problem.${each}`)}</span>
                </span>
              </button>
            </li>
          ))}
        </ul>
      </Page>
    );
  if (!hasWords)
    return (
      <Page
        {...leave}
        onBack={() => setProblem(null)}
        title={t("cannot:words")}
        note={<span className="quiet">{t("cannot:wordsHint")}</span>}
        below={<OnScreenKeyboard value={words} onChange={setWords} maxLength={CANNOT_WORDS_MAX} />}
      >
        <div className="search-field cannot-words">
          <textarea
            ref={field}
            rows={2}
            inputMode="none"
            autoComplete="off"
            spellCheck={false}
            maxLength={CANNOT_WORDS_MAX}
            value={words}
            aria-label={t("cannot:words")}
            onChange={(event) => setWords(event.target.value)}
          />
          <button
            type="button"
            className="big-button big-button-primary"
            disabled={words.trim().length < CANNOT_WORDS_MIN}
            onClick={() => setHasWords(true)}
          >
            {t("cannot:next")}
            <Icon name="arrow" />
          </button>
        </div>
      </Page>
    );
  const isWrong = phone.length >= 11 && !CALLABLE.test(phone);
  return (
    <Page
      {...leave}
      onBack={() => setHasWords(false)}
      isBusy={isSending}
      title={t("cannot:phone")}
      below={
        <button
          type="button"
          className="big-button big-button-primary kiosk-next"
          disabled={!CALLABLE.test(phone) || isSending}
          onClick={send}
        >
          {isSending ? t("cannot:sending") : t("cannot:send")}
        </button>
      }
    >
      <CodeEntry
        label={t("cannot:phone")}
        note={
          raised?.kind === "failed"
            ? t("cannot:failed")
            : isWrong
              ? t("cannot:phoneWrong")
              : `${t("cannot:phoneNote")} ${t("cannot:privacy")}`
        }
        isWrong={isWrong || raised?.kind === "failed"}
        value={phone}
        maxLength={PHONE_MAX}
        layout="digits"
        onChange={(value) => setPhone(value.replaceAll(/[^\d+-]/g, ""))}
      />
    </Page>
  );
};
