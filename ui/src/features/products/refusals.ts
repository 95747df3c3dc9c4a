import { msg } from "@lingui/core/macro";
import { wordRefusals } from "../../shell/refusals";

wordRefusals({
  no_labels: () => msg`Choose at least one product and one copy.`,
  too_many_labels: ({ number, most }) => msg`${number} labels are too many at once; ${most} is the most. Print them in parts.`,
  sheet_used: ({ used, places }) => msg`${used} places are used, but a sheet has only ${places}. Take a new sheet.`,
  no_label_printer: () => msg`No label printer is set. Set one in Settings, Printer.`,
  no_code: () => msg`A product needs a code.`,
  code_taken: ({ taken, by }) => msg`Code ${taken} belongs to ${by}. Choose another, or archive that product first.`,
  barcode_taken: ({ taken, by }) => msg`Barcode ${taken} belongs to ${by}.`,
  barcode_check_digit: ({ barcode, expected }) => msg`The last digit of ${barcode} should be ${expected}. Check for a typing error.`,
  barcode_shape: ({ barcode }) => msg`${barcode} is no EAN-13, EAN-8 or UPC-A: those have 13, 8 or 12 digits.`,
  price_below_zero: () => msg`A price or cost cannot be below zero.`,
  unknown_tax: ({ tax }) => msg`There is no tax class ${tax}. Choose another, or add it in the settings.`,
  no_quantity: () => msg`Nothing would change. Enter a quantity.`,
  received_below_zero: () => msg`Goods received are above zero. To take some away, adjust the stock.`,
  too_much: () => msg`This is more than a billion pieces. Check for a typing error.`,
  from_in_the_past: () => msg`Prices hold from today or later. Choose another day.`,
  dates_turned: ({ first, last }) => msg`${first} to ${last}: the last day lies before the first.`,
  price_range: () => msg`A price is zero or more, a share between 0 and 100 %.`,
  no_level: () => msg`Choose a level for each level price.`,
  break_quantity: () => msg`Each quantity price begins at a quantity of its own above zero.`,
  points_below_zero: () => msg`Points are zero or more.`,
  cost_below_zero: () => msg`A cost cannot be below zero.`,
});

wordRefusals({ date_shape: ({ date }) => msg`${date} is no day.` }, { of: ["set_prices"] });
