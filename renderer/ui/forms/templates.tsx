import type {
  ArrayFieldItemTemplateProps,
  ArrayFieldTemplateProps,
  FieldTemplateProps,
  ObjectFieldTemplateProps,
  TemplatesType,
} from "@rjsf/utils";
import { errorId, getUiOptions } from "@rjsf/utils";
import { useTranslation } from "react-i18next";

type Data = Record<string, unknown>;

const FieldTemplate = (props: FieldTemplateProps<Data>) => {
  const { id, label, required, rawErrors, rawDescription, children, uiSchema, schema, hidden } = props;
  if (hidden === true) return null;
  // The section itself has its own heading.
  if (schema.type === "object") return children;
  const span: unknown = getUiOptions(uiSchema)["span"];
  const fault = rawErrors?.[0];
  const isOwnLabel = schema.type === "boolean" || schema.type === "array";
  return (
    <div
      className="form-field"
      data-wrong={fault !== undefined}
      style={{ gridColumn: `span ${typeof span === "number" ? String(span) : "4"}` }}
    >
      {isOwnLabel ? null : (
        <label htmlFor={id}>
          {label}
          {required === true ? <b aria-hidden="true">*</b> : null}
        </label>
      )}
      {children}
      {rawDescription === undefined || rawDescription === "" ? null : <small>{rawDescription}</small>}
      <p className="form-fault" id={errorId(id)}>
        {fault ?? ""}
      </p>
    </div>
  );
};

const ObjectFieldTemplate = ({ properties }: ObjectFieldTemplateProps<Data>) => (
  <div className="form-grid">{properties.map(({ content }) => content)}</div>
);

const ArrayFieldTemplate = ({ title, items, canAdd, onAddClick, required }: ArrayFieldTemplateProps<Data>) => {
  const { t } = useTranslation();
  return (
    <fieldset className="form-rows">
      <legend>
        {title}
        {required === true ? <b aria-hidden="true">*</b> : null}
      </legend>
      {items}
      {canAdd === true ? (
        <button type="button" className="small-button" onClick={onAddClick}>
          {t("form:rows.add")}
        </button>
      ) : null}
    </fieldset>
  );
};

const ArrayFieldItemTemplate = ({ children, index, buttonsProps }: ArrayFieldItemTemplateProps<Data>) => {
  const { t } = useTranslation();
  return (
    <div className="form-row" role="group" aria-label={t("form:rows.row", { n: index + 1 })}>
      <span className="form-row-number">{index + 1}</span>
      {children}
      {buttonsProps.hasRemove ? (
        <button
          type="button"
          className="icon-button"
          aria-label={t("form:rows.remove", { n: index + 1 })}
          onClick={buttonsProps.onRemoveItem}
        >
          ×
        </button>
      ) : null}
    </div>
  );
};

/** A field with its label above and what is wrong with it below, on a grid of 12 columns. */
export const formTemplates: Partial<TemplatesType<Data>> = {
  FieldTemplate,
  ObjectFieldTemplate,
  ArrayFieldTemplate,
  ArrayFieldItemTemplate,
};
