import { useState, type FormEvent } from "react";
import { Button } from "../../ui/staff/button.tsx";
import { TextInput } from "../../ui/staff/text-input.tsx";
import { useTranslation } from "react-i18next";
import { useTerminal } from "../../ui/hooks.ts";
import { findStaffBridge } from "../../ui/staff/bridge.ts";
import { faultKey } from "./fault-key.ts";
import { enrolPage, nodeOrigin, testNodeInBrowser } from "./platform.ts";

/** What an answer looks like: good, bad, or nothing known yet. */
const MARKS = { ok: "✓", bad: "✕", open: "→" } as const;

type Said = {
  readonly tone: keyof typeof MARKS;
  readonly key: string;
  readonly params: Readonly<Record<string, string>>;
};

/** Where the page itself comes from a node, that node is the likeliest address. */
const ownOrigin = (): string => (/^https?:$/.test(location.protocol) ? location.origin : "");

/** First start: which hall, with which code, under which name. */
export const EnrolPanel = () => {
  const { t } = useTranslation();
  const terminal = useTerminal();
  const bridge = findStaffBridge();
  const [address, setAddress] = useState(terminal.info.nodeUrl ?? (bridge ? "" : ownOrigin()));
  const [code, setCode] = useState("");
  const [name, setName] = useState(terminal.info.terminalName ?? "");
  const [tested, setTested] = useState<Said | null>(null);
  const [said, setSaid] = useState<Said | null>(null);
  const [busy, setBusy] = useState<"test" | "enrol" | null>(null);
  const [done, setDone] = useState<{ readonly hallName: string; readonly role: string } | null>(null);

  const bad = (code_: string): Said => ({ tone: "bad", key: faultKey(code_), params: {} });

  const test = async (): Promise<void> => {
    const origin = nodeOrigin(address);
    if (origin === null) {
      setTested(bad("bad_url"));
      return;
    }
    setBusy("test");
    const answer = await (bridge ? bridge["setup.testNode"](origin, code.trim()) : testNodeInBrowser(origin));
    setBusy(null);
    setTested(
      answer.ok
        ? { tone: "ok", key: "setup:enrol.found", params: { hall: answer.value.hallName } }
        : { ...bad(answer.error.code), tone: answer.error.code === "code_needed" ? "open" : "bad" },
    );
  };

  const enrol = async (): Promise<void> => {
    if (busy !== null) return;
    const origin = nodeOrigin(address);
    if (origin === null) setSaid(bad("bad_url"));
    else if (code.trim().length < 4) setSaid({ tone: "bad", key: "setup:enrol.codeMissing", params: {} });
    else if (name.trim() === "") setSaid(bad("wrong_name"));
    else if (!bridge) location.assign(enrolPage(origin, code.trim().toUpperCase(), name.trim()));
    else {
      setBusy("enrol");
      setSaid(null);
      const outcome = await bridge["setup.enrol"]({
        nodeUrl: origin,
        code: code.trim().toUpperCase(),
        name: name.trim(),
      });
      setBusy(null);
      if (outcome.ok) setDone(outcome.value);
      else setSaid(bad(outcome.error.code));
    }
  };

  if (done)
    return (
      <section className="staff-card setup-done" aria-live="polite">
        <h2>{t("setup:done.heading")}</h2>
        <p>{t("setup:done.text", { hall: done.hallName, name: name.trim() })}</p>
        <p className="setup-role">{t(`setup:role.${done.role}`)}</p>
        <Button main large autoFocus onClick={() => void bridge?.["setup.restart"]()}>
          {t("setup:done.restart")}
        </Button>
      </section>
    );

  return (
    <form
      className="staff-card"
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        void enrol();
      }}
    >
      <h2>{t("setup:enrol.heading")}</h2>
      <p className="staff-hint">{t("setup:enrol.hint")}</p>
      <div className="staff-field">
        <label>
          <span className="setup-step">{t("setup:enrol.address")}</span>
          <TextInput
            large
            autoFocus
            autoComplete="off"
            spellCheck={false}
            maxLength={300}
            placeholder="https://hall.example.gov.cn:7443"
            value={address}
            onChange={(event) => {
              setAddress(event.target.value);
              setTested(null);
            }}
          />
        </label>
        <div className="setup-test">
          <Button busy={busy === "test"} onClick={() => void test()}>
            {t("setup:enrol.test")}
          </Button>
          <span role="status" className={`setup-${tested?.tone ?? "ok"}`}>
            {tested === null ? "" : `${MARKS[tested.tone]} ${t(tested.key, tested.params)}`}
          </span>
        </div>
      </div>
      <label className="staff-field">
        <span>{t("setup:enrol.code")}</span>
        <TextInput
          large
          className="setup-code"
          autoComplete="off"
          spellCheck={false}
          maxLength={60}
          value={code}
          onChange={(event) => {
            setCode(event.target.value.toUpperCase());
            if (tested?.tone !== "ok") setTested(null);
          }}
        />
        <small>{t("setup:enrol.codeHint")}</small>
      </label>
      <label className="staff-field">
        <span>{t("setup:enrol.name")}</span>
        <TextInput large maxLength={60} value={name} onChange={(event) => setName(event.target.value)} />
        <small>{t("setup:enrol.nameHint")}</small>
      </label>
      <p role="alert" className="staff-error">
        {said === null ? "" : t(said.key, said.params)}
      </p>
      <Button main large submit busy={busy === "enrol"} data-home-focus>
        {t("setup:enrol.enrol")}
      </Button>
    </form>
  );
};
