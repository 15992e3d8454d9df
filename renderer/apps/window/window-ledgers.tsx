import { useMemo, useState } from "react";
import { useLive, useTerminal } from "../../ui/hooks.ts";
import { LedgerPlaceContext, type LedgerPlace } from "../../ui/ledgers/ledger-place.ts";
import { LedgerScreen } from "../../ui/ledgers/ledger-screen.tsx";

/** The ledgers that a counter writes into, such as assisted handling (帮办代办). Works without the node. */
export const WindowLedgers = () => {
  const terminal = useTerminal();
  const session = useLive(terminal.clerk);
  const [path, setPath] = useState<readonly string[]>([]);
  const place = useMemo(
    (): LedgerPlace => ({
      actor: {
        role: "window",
        deviceId: terminal.info.credentials?.deviceId ?? null,
        clerkId: session?.clerkId ?? null,
        counterId: null,
      },
      clerkNames: new Map(session === null ? [] : [[session.clerkId, session.name]]),
      go: (...to) => setPath(to),
      linkOf: () => null,
    }),
    [terminal, session],
  );
  return (
    <LedgerPlaceContext value={place}>
      <LedgerScreen path={path} />
    </LedgerPlaceContext>
  );
};
