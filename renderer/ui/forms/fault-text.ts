import type { ErrorSchema } from "@rjsf/utils";
import type { TFunction } from "i18next";
import type { FieldFault } from "../../../shared/domain/form/check-form.ts";

/** The sentence for one fault, as it stands at the field. */
export const faultText = (fault: FieldFault, t: TFunction): string => t(`form:error.${fault.code}`, fault.params);

/** Faults as the form library takes them: a tree of fields with sentences. */
export const errorTreeOf = (faults: readonly FieldFault[], t: TFunction): ErrorSchema => {
  const root: Record<string, unknown> = {};
  for (const fault of faults) {
    let node = root;
    for (const step of fault.path) node = (node[step] ??= {}) as Record<string, unknown>;
    ((node["__errors"] ??= []) as string[]).push(faultText(fault, t));
  }
  return root as ErrorSchema;
};
