import { useCallback } from "react";
import type { FleetList } from "../../../../shared/contract/fleet.ts";
import type { Terminal } from "../../../store/terminal.ts";
import { useLooked, type Looked } from "../../../ui/use-looked.ts";
import { readFleet } from "./fleet-api.ts";

const EVERY_MS = 10_000;

/** The terminals of a hall. @param hallId another hall than the desk's own; null: its own */
export const useFleet = (hallId: string | null): Looked<FleetList> =>
  useLooked(
    useCallback((terminal: Terminal) => readFleet(terminal, hallId), [hallId]),
    EVERY_MS,
  );
