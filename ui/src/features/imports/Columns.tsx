import { useLingui } from "@lingui/react/macro";
import { Select } from "../../design";
import type { Field, ImportPreview, Mapping } from "../../host";
import css from "./Imports.module.css";
import { fieldAt, withField } from "./wish";
import { fieldNames } from "./words";

const UNUSED = "-";

interface ColumnsProps {
  preview: ImportPreview;
  mapping: Mapping;
  onChange: (mapping: Mapping) => void;
  disabled: boolean;
}

/** The first rows of the file as they will be read, and above each column what it is taken for. */
export function Columns({ preview, mapping, onChange, disabled }: ColumnsProps) {
  const { t, i18n } = useLingui();
  const { header, rows } = preview.preview;
  const options = [
    { key: UNUSED, text: t`not used` },
    ...preview.fields.map(([field, must]) => ({ key: field as string, text: `${i18n._(fieldNames[field])}${must ? " *" : ""}` })),
  ];
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard.
    <div className={css.room} tabIndex={0} role="region" aria-label={t`The first rows of the file`}>
      <table className={css.rows}>
        <thead>
          <tr>
            <td />
            {header.map((title, column) => {
              const field = fieldAt(mapping, column);
              return (
                // biome-ignore lint/suspicious/noArrayIndexKey: a column is known by its place; titles may repeat.
                <td key={column} className={css.chosen} data-used={field !== null || undefined}>
                  <Select
                    label={t`What is in column ${title}`}
                    hideLabel
                    options={options}
                    value={field ?? UNUSED}
                    onChange={(key) => onChange(withField(mapping, column, key === UNUSED ? null : (key as Field)))}
                    disabled={disabled}
                  />
                </td>
              );
            })}
          </tr>
          <tr>
            <th scope="col">{t`Row`}</th>
            {header.map((title, column) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: as above.
              <th key={column} scope="col">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.number}>
              <th scope="row">{row.number}</th>
              {header.map((_, column) => (
                <td
                  // biome-ignore lint/suspicious/noArrayIndexKey: a column is known by its place.
                  key={column}
                  data-used={fieldAt(mapping, column) !== null || undefined}
                  data-lost={row.notes.some((note) => note.column === column) || undefined}
                >
                  {row.cells[column] ?? ""}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
