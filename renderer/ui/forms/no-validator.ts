import type { RJSFSchema, ValidatorType } from "@rjsf/utils";

/**
 * The form library wants a validator. Ours has nothing to say: sections are checked by shared/domain/form, which needs no
 * code made from text, and conditions are decided before the library sees a schema (docs/decisions/0014-forms.md).
 */
export const noValidator: ValidatorType<Record<string, unknown>, RJSFSchema> = {
  validateFormData: () => ({ errors: [], errorSchema: {} }),
  isValid: () => true,
  rawValidation: () => ({}),
};
