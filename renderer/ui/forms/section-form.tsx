import { memo, useCallback, useMemo, useState } from "react";
import { withTheme, type IChangeEvent } from "@rjsf/core";
import { useTranslation } from "react-i18next";
import type { FormSection } from "../../../shared/domain/form/case-form.ts";
import { checkSection, tidyValues } from "../../../shared/domain/form/check-form.ts";
import { errorTreeOf } from "./fault-text.ts";
import { noValidator } from "./no-validator.ts";
import { drawnSectionOf, titleOf } from "./rjsf-schema.ts";
import { formTemplates } from "./templates.tsx";
import { formWidgets } from "./widgets.tsx";

type Values = Readonly<Record<string, unknown>>;

const Form = withTheme<Record<string, unknown>>({ widgets: formWidgets, templates: formTemplates });

/** Nothing is answered for the applicant. */
const noDefaults = { constAsDefaults: "never" } as const;

/** Where a field is in the page: `fieldId("person", ["idNumber"])`. */
export const fieldId = (section: string, path: readonly (string | number)[]): string =>
  [`form-${section.replace(":", "-")}`, ...path].join("_");

interface SectionFormProps {
  readonly section: FormSection;
  readonly values: Values;
  /** Everything that is wrong is shown, not only where somebody has been. */
  readonly showAll: boolean;
  /** All items of the case: who wants the section is told when not all do. */
  readonly items: readonly { readonly itemCode: string; readonly itemName: string }[];
  /** A field whose check failed and which stands all the same, with the clerk's reason. */
  readonly overridden?: string | undefined;
  readonly onChange: (section: string, values: Values) => void;
}

/** One section of a case's form. Redrawn only when its own values change. */
export const SectionForm = memo(({ section, values, showAll, items, overridden, onChange }: SectionFormProps) => {
  const { t, i18n } = useTranslation();
  const { id } = section;
  const [visited, setVisited] = useState<ReadonlySet<string>>(new Set());
  const { schema, ui } = drawnSectionOf(section.schema, values, i18n.language);
  const faults = useMemo(
    () => checkSection(section.schema, tidyValues(values)).filter(({ path }) => path[0] !== overridden),
    [section.schema, values, overridden],
  );
  const errors = useMemo(() => {
    const shown = showAll ? faults : faults.filter(({ path }) => visited.has(fieldId(id, path)));
    return errorTreeOf(shown, t);
  }, [faults, showAll, visited, id, t]);
  const change = useCallback(
    ({ formData }: IChangeEvent<Record<string, unknown>>) => onChange(id, formData ?? {}),
    [onChange, id],
  );
  const leave = useCallback(
    (field: string) => setVisited((before) => (before.has(field) ? before : new Set([...before, field]))),
    [],
  );
  return (
    <section className="form-section" aria-labelledby={`${fieldId(id, [])}-title`} data-section={id}>
      <h3 id={`${fieldId(id, [])}-title`}>
        {titleOf(section.schema, i18n.language)}
        {section.items.length >= items.length
          ? null
          : items
              .filter(({ itemCode }) => section.items.includes(itemCode))
              .map(({ itemCode, itemName }) => (
                <span key={itemCode} className="form-wanted">
                  {itemName}
                </span>
              ))}
      </h3>
      {section.schema.description === undefined ? null : <p>{section.schema.description}</p>}
      <Form
        tagName="div"
        idPrefix={fieldId(id, [])}
        schema={schema}
        uiSchema={ui}
        formData={values}
        validator={noValidator}
        extraErrors={errors}
        experimental_defaultFormStateBehavior={noDefaults}
        noValidate
        showErrorList={false}
        onChange={change}
        onBlur={leave}
      >
        <></>
      </Form>
    </section>
  );
});
SectionForm.displayName = "SectionForm";
