/**
 * A day (`YYYY-MM-DD`) with a calendar, and a month (`YYYY-MM`) with arrows. Both are texts; where days and months begin is decided in the books.
 */
import { CalendarDate, parseDate } from "@internationalized/date";
import { Calendar as CalendarSign, ChevronLeft, ChevronRight } from "lucide-react";
import {
  Button as AriaButton,
  Calendar,
  CalendarCell,
  CalendarGrid,
  CalendarGridBody,
  CalendarGridHeader,
  CalendarHeaderCell,
  DateInput,
  DatePicker,
  DateSegment,
  Dialog,
  Group,
  Heading,
  Label,
  Popover,
  useLocale,
} from "react-aria-components";
import css from "./DateField.module.css";
import { Below, box, fieldLook, labelLook } from "./Field";
import { writeMonth } from "./figures";
import popup from "./Popup.module.css";

export interface DateFieldProps {
  label: string;
  value: string | null;
  onChange: (day: string | null) => void;
  hint?: string;
  error?: string;
  disabled?: boolean;
}

const readDay = (day: string | null): CalendarDate | null => {
  try {
    return day ? parseDate(day) : null;
  } catch {
    return null;
  }
};

/** Days are written one way everywhere, `2026-11-22`, whatever a language puts between their parts. */
const asInTheBooks = (between: string) => between.replace(/[/.年月]/g, "-").replace("日", "");

export function DateField({ label, value, onChange, hint, error, disabled }: DateFieldProps) {
  return (
    <DatePicker
      className={fieldLook}
      value={readDay(value)}
      onChange={(day) => onChange(day ? day.toString() : null)}
      isDisabled={disabled}
      isInvalid={Boolean(error)}
    >
      <Label className={labelLook}>{label}</Label>
      <Group className={`${box} ${css.day}`}>
        <DateInput className={css.segments ?? ""}>
          {(segment) => (
            <DateSegment segment={segment} className={css.segment ?? ""}>
              {segment.type === "literal" ? asInTheBooks(segment.text) : segment.text}
            </DateSegment>
          )}
        </DateInput>
        <AriaButton className={css.step ?? ""}>
          <CalendarSign size={15} aria-hidden="true" />
        </AriaButton>
      </Group>
      <Below hint={hint} error={error} />
      <Popover className={popup.popup ?? ""} offset={4}>
        <Dialog className={css.dialog ?? ""}>
          <Calendar>
            <header className={css.head}>
              <AriaButton slot="previous" className={css.step ?? ""}>
                <ChevronLeft size={16} aria-hidden="true" />
              </AriaButton>
              <Heading className={css.month ?? ""} />
              <AriaButton slot="next" className={css.step ?? ""}>
                <ChevronRight size={16} aria-hidden="true" />
              </AriaButton>
            </header>
            <CalendarGrid className={css.calendar ?? ""}>
              <CalendarGridHeader>
                {(day) => <CalendarHeaderCell className={css.weekday ?? ""}>{day}</CalendarHeaderCell>}
              </CalendarGridHeader>
              <CalendarGridBody>{(date) => <CalendarCell date={date} className={css.cell ?? ""} />}</CalendarGridBody>
            </CalendarGrid>
          </Calendar>
        </Dialog>
      </Popover>
    </DatePicker>
  );
}

/** The month after (or before, with a negative step) a month. */
export function stepMonth(month: string, step: number): string {
  const [year = 1970, number = 1] = month.split("-").map(Number);
  const at = new CalendarDate(year, number, 1).add({ months: step });
  return `${String(at.year).padStart(4, "0")}-${String(at.month).padStart(2, "0")}`;
}

export interface MonthPickerProps {
  label: string;
  value: string;
  onChange: (month: string) => void;
  /** Names of the arrows. */
  before: string;
  after: string;
  /** First and last month that can be chosen. */
  from?: string;
  to?: string;
}

export function MonthPicker({ label, value, onChange, before, after, from, to }: MonthPickerProps) {
  const { locale } = useLocale();
  return (
    <div role="group" aria-label={label} className={css.picker}>
      <AriaButton
        className={css.step ?? ""}
        aria-label={before}
        isDisabled={from !== undefined && value <= from}
        onPress={() => onChange(stepMonth(value, -1))}
      >
        <ChevronLeft size={16} aria-hidden="true" />
      </AriaButton>
      <output className={css.shown}>{writeMonth(value, locale)}</output>
      <AriaButton
        className={css.step ?? ""}
        aria-label={after}
        isDisabled={to !== undefined && value >= to}
        onPress={() => onChange(stepMonth(value, 1))}
      >
        <ChevronRight size={16} aria-hidden="true" />
      </AriaButton>
    </div>
  );
}
