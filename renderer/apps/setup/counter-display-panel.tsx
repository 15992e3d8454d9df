import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import type { StaffBridge } from "../../../shared/contract/ipc.ts";
import type { CounterDisplaySettings } from "../../../shared/contract/device-settings.ts";
import { AddressFields, Choices, DevicePanel, portOf, type Said } from "./device-panel.tsx";

type Draft = Omit<CounterDisplaySettings, "port"> & { readonly port: string };

/** The string of LEDs over a window terminal's counter: where it is, how long it is, and whether it can be reached. */
export const CounterDisplayPanel = ({ bridge }: { readonly bridge: StaffBridge }) => {
  const { t } = useTranslation();
  const [draft, setDraft] = useState<Draft | null>(null);
  useEffect(() => {
    void bridge["setup.getCounterDisplay"]().then((kept) => setDraft({ ...kept, port: String(kept.port) }));
  }, [bridge]);
  if (draft === null) return null;

  const isTcp = draft.kind === "tcp";
  const save = async (): Promise<Said> => {
    const port = portOf(draft.host, draft.port);
    if (isTcp && port === null) return { ok: false, key: "setup:counterDisplay.addressMissing" };
    const kept = await bridge["setup.getCounterDisplay"]();
    await bridge["setup.setCounterDisplay"]({
      ...draft,
      host: draft.host.trim(),
      port: isTcp && port !== null ? port : kept.port,
    });
    return { ok: true, key: "setup:counterDisplay.saved" };
  };
  const test = async (): Promise<Said> => {
    const { ok } = await bridge["setup.testCounterDisplay"]();
    return { ok, key: ok ? "setup:counterDisplay.tested" : "setup:counterDisplay.offline" };
  };
  return (
    <DevicePanel
      heading={t("setup:counterDisplay.heading")}
      draft={draft}
      save={save}
      saveLabel={t("setup:counterDisplay.save")}
      test={{ label: t("setup:counterDisplay.test"), isOff: !isTcp, run: test }}
    >
      <Choices
        legend={t("setup:counterDisplay.kind")}
        name="counter-display"
        options={[
          ["none", t("setup:counterDisplay.none")],
          ["tcp", t("setup:counterDisplay.tcp")],
        ]}
        value={draft.kind}
        onChange={(kind) => setDraft({ ...draft, kind })}
      />
      {isTcp ? (
        <>
          <Choices
            legend={t("setup:counterDisplay.length")}
            name="counter-display-cells"
            options={[
              [8, t("setup:counterDisplay.cells", { n: 8 })],
              [12, t("setup:counterDisplay.cells", { n: 12 })],
            ]}
            value={draft.cells}
            onChange={(cells) => setDraft({ ...draft, cells })}
          />
          <AddressFields
            labels={{ host: t("setup:counterDisplay.host"), port: t("setup:counterDisplay.port") }}
            host={draft.host}
            port={draft.port}
            onChange={(change) => setDraft({ ...draft, ...change })}
          />
        </>
      ) : null}
    </DevicePanel>
  );
};
