import { useEffect, useRef, useState } from "react";
import type { Day } from "../../../shared/basics/time.ts";
import { caseLight } from "../../../shared/domain/case/due.ts";
import type { Case } from "../../../shared/domain/case/intake.ts";
import type { Light } from "../../../shared/domain/deadline/light.ts";
import type { HallPlan } from "../../../shared/domain/hall/plan.ts";

/** Working days are counted one by one; so many milliseconds of it leave every frame its time. */
const SLICE_MS = 8;

/**
 * The supervision lights of cases, worked out a slice at a time: a list of thousands never stops the screen. A case that
 * has not changed keeps its light for the day.
 */
export const useLights = (
  cases: readonly Case[],
  plan: HallPlan | null,
  today: Day,
): ((one: Case) => Light | undefined) => {
  const known = useRef<{ key: string; plan: HallPlan | null; lights: WeakMap<Case, Light> }>({
    key: "",
    plan: null,
    lights: new WeakMap(),
  });
  const [, setRound] = useState(0);
  useEffect(() => {
    if (known.current.key !== today || known.current.plan !== plan)
      known.current = { key: today, plan, lights: new WeakMap() };
    const { lights } = known.current;
    let at = 0;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const slice = (): void => {
      const since = performance.now();
      let worked = 0;
      for (; at < cases.length && performance.now() - since < SLICE_MS; at += 1) {
        const one = cases[at];
        if (one === undefined || lights.has(one)) continue;
        lights.set(one, caseLight(one, plan, today));
        worked += 1;
      }
      if (worked > 0) setRound((before) => before + 1);
      if (at < cases.length) timer = setTimeout(slice, 0);
    };
    slice();
    return () => clearTimeout(timer);
  }, [cases, plan, today]);
  return (one) => known.current.lights.get(one);
};
