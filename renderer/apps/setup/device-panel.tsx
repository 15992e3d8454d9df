import { useState, type FormEvent, type ReactElement, type ReactNode } from "react";
import { Button } from "../../ui/staff/button.tsx";
import { TextInput } from "../../ui/staff/text-input.tsx";
import { useTranslation } from "react-i18next";

/** How saving or a test ended, as a sentence. */
export interface Said {
  readonly ok: boolean;
  readonly key: string;
}

interface DevicePanelProps {
  readonly heading: string;
  /** What is typed: what was said of something else is said no more. */
  readonly draft: unknown;
  /** Checks and keeps what is typed. */
  readonly save: () => Promise<Said>;
  readonly saveLabel: string;
  /** Tries the device as it was saved; `isOff`: there is none to try. */
  readonly test?: { readonly label: string; readonly isOff: boolean; readonly run: () => Promise<Said> };
  readonly children: ReactNode;
}

/** One device of this terminal: its fields, saving them, trying it, and how that ended. */
export const DevicePanel = ({ heading, draft, save, saveLabel, test, children }: DevicePanelProps): ReactElement => {
  const { t } = useTranslation();
  const [said, setSaid] = useState<{ readonly of: unknown; readonly what: Said } | null>(null);
  const [busy, setBusy] = useState<"save" | "test" | null>(null);
  const shown = said !== null && said.of === draft ? said.what : null;
  const run = async (what: "save" | "test"): Promise<void> => {
    if (busy !== null) return;
    setBusy(what);
    const saved = await save();
    setSaid({ of: draft, what: saved });
    if (saved.ok && what === "test" && test) setSaid({ of: draft, what: await test.run() });
    setBusy(null);
  };
  return (
    <form
      className="staff-card"
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        void run("save");
      }}
    >
      <h2>{heading}</h2>
      {children}
      <p role="status" className={shown?.ok === false ? "setup-said setup-bad" : "setup-said setup-ok"}>
        {shown === null ? "" : `${shown.ok ? "✓" : "✕"} ${t(shown.key)}`}
      </p>
      <div className="setup-buttons">
        <Button submit main busy={busy === "save"}>
          {saveLabel}
        </Button>
        {test ? (
          <Button disabled={test.isOff} busy={busy === "test"} onClick={() => void run("test")}>
            {test.label}
          </Button>
        ) : null}
      </div>
    </form>
  );
};

/** One of a few, each on its own line. */
export const Choices = <T extends string | number>({
  legend,
  name,
  options,
  value,
  onChange,
}: {
  readonly legend: string;
  readonly name: string;
  readonly options: readonly (readonly [value: T, label: string])[];
  readonly value: T;
  readonly onChange: (value: T) => void;
}): ReactElement => (
  <fieldset className="staff-options">
    <legend>{legend}</legend>
    {options.map(([each, label]) => (
      <label key={each} className="staff-option">
        <input type="radio" name={name} checked={value === each} onChange={() => onChange(each)} />
        <span>{label}</span>
      </label>
    ))}
  </fieldset>
);

/** A line of text that names a device. */
export const TextField = ({
  label,
  value,
  maxLength,
  placeholder,
  onChange,
}: {
  readonly label: string;
  readonly value: string;
  readonly maxLength: number;
  readonly placeholder?: string;
  readonly onChange: (value: string) => void;
}): ReactElement => (
  <label>
    <span>{label}</span>
    <TextInput
      value={value}
      maxLength={maxLength}
      spellCheck={false}
      {...(placeholder === undefined ? {} : { placeholder })}
      onChange={(event) => onChange(event.target.value)}
    />
  </label>
);

/** The port as a number, or null when what was typed is no address. */
export const portOf = (host: string, port: string): number | null => {
  const number = Number(port);
  return host.trim() === "" || !Number.isInteger(number) || number < 1 || number > 65_535 ? null : number;
};

/** Where a device is in the network. */
export const AddressFields = ({
  labels,
  host,
  port,
  onChange,
}: {
  readonly labels: { readonly host: string; readonly port: string };
  readonly host: string;
  readonly port: string;
  readonly onChange: (change: { readonly host?: string; readonly port?: string }) => void;
}): ReactElement => (
  <div className="setup-address">
    <TextField
      label={labels.host}
      value={host}
      maxLength={255}
      placeholder="192.168.1.20"
      onChange={(next) => onChange({ host: next })}
    />
    <label>
      <span>{labels.port}</span>
      <TextInput
        value={port}
        inputMode="numeric"
        maxLength={5}
        onChange={(event) => onChange({ port: event.target.value })}
      />
    </label>
  </div>
);
