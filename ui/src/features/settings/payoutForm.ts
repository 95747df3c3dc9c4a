import type { Channel, Column, PayoutTerms } from "../../host";

/** The terms of payouts as they are typed: days and columns of files are text until they are read. */
export interface PayoutForm extends Omit<PayoutTerms, "days" | "channels"> {
  days: string;
  channels: ChannelRow[];
}

export interface ChannelRow extends Omit<Channel, "template"> {
  format: Channel["template"]["format"];
  /** `Title = field`, one a line. */
  columns: string;
}

const fields: readonly Column[] = ["row", "number", "holder", "account", "bank", "amount", "note"];

export function payoutFormOf({ days, channels, ...terms }: PayoutTerms): PayoutForm {
  return {
    ...terms,
    days: days.join(", "),
    channels: channels.map(({ template, ...channel }) => ({
      ...channel,
      format: template.format,
      columns: template.columns.map(([title, column]) => `${title} = ${column}`).join("\n"),
    })),
  };
}

/** The days of a month in a text; `null` where it holds something else. */
export function readDays(text: string): number[] | null {
  const parts = text.split(/[\s,，、;；]+/).filter(Boolean);
  const days = parts.map(Number);
  return days.every((day) => Number.isInteger(day) && day >= 1 && day <= 31) ? [...new Set(days)].sort((a, b) => a - b) : null;
}

/** The columns in a text; `null` where a line is no `Title = field`, or number and amount are not both among them. */
export function readColumns(text: string): [string, Column][] | null {
  const lines = text
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean);
  const columns: [string, Column][] = [];
  for (const line of lines) {
    const at = line.lastIndexOf("=");
    const title = line.slice(0, Math.max(0, at)).trim();
    const field = fields.find((one) => one === line.slice(at + 1).trim());
    if (at < 1 || title === "" || !field) return null;
    columns.push([title, field]);
  }
  const has = (wanted: Column) => columns.some(([, column]) => column === wanted);
  return has("number") && has("amount") ? columns : null;
}

/** The terms that are typed; `null` where something cannot be read. */
export function payoutTermsOf({ days, channels, ...terms }: PayoutForm): PayoutTerms | null {
  const readOff = readDays(days);
  const read = channels.map(({ format, columns, ...channel }) => ({ channel, format, columns: readColumns(columns) }));
  if (!readOff || read.length === 0 || read.some(({ channel, columns }) => columns === null || channel.name.trim() === "")) return null;
  return {
    ...terms,
    days: readOff,
    channels: read.map(({ channel, format, columns }) => ({
      ...channel,
      name: channel.name.trim(),
      template: { format, columns: columns ?? [] },
    })),
  };
}
