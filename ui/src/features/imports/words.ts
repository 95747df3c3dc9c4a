/** The words for fields, kinds of lines and remarks of an import. */
import type { MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";
import type { Field, ImportedKind, Remark, SheetKind } from "../../host";

export const fieldNames: Record<Field, MessageDescriptor> = {
  code: msg`Product code`,
  barcode: msg`Barcode`,
  name: msg`Name or description`,
  category: msg`Category`,
  price: msg`Selling price`,
  cost: msg`Cost`,
  tax: msg`Tax class`,
  stock: msg`Stock`,
  no_commission: msg`No commission`,
  number: msg`Member number`,
  phone: msg`Phone`,
  sponsor: msg`Sponsor's number`,
  level: msg`Level`,
  rank: msg`Rank`,
  joined: msg`Joined`,
  stored_value: msg`Stored value, paid in`,
  stored_bonus: msg`Stored value, given`,
  points: msg`Points`,
  invoice: msg`Number of the sale`,
  date: msg`Date`,
  customer: msg`Member number of the buyer`,
  quantity: msg`Quantity`,
  unit_price: msg`Unit price`,
};

export const kindNames: Record<SheetKind, MessageDescriptor> = {
  products: msg`Products`,
  members: msg`Members`,
  sales: msg`Sales`,
};

export const lineKinds: Record<ImportedKind, MessageDescriptor> = {
  sale: msg`Goods sold`,
  cancellation: msg`Goods taken back`,
  free: msg`Goods at no charge`,
  write_off: msg`Stock written off`,
  freight: msg`Freight and postage`,
  manual: msg`Entries by hand, without goods`,
  discount: msg`Discounts entered as lines`,
  fee: msg`Bank and marketplace fees`,
  voucher: msg`Vouchers sold`,
  sample: msg`Samples sent out`,
  adjustment: msg`Bad debts and other bookkeeping`,
};

/** A remark in words. `name` gives the name of a field in the language in use. */
export function remarkWords(remark: Remark, name: (field: Field) => string): MessageDescriptor {
  const field = "field" in remark ? name(remark.field) : "";
  const text = "text" in remark ? remark.text : "";
  switch (remark.code) {
    case "missing":
      return msg`${field} is empty.`;
    case "not_a_number":
      return msg`${field}: “${text}” is no number.`;
    case "rounded":
      return msg`${field}: “${text}” has too many decimals and is rounded.`;
    case "too_large":
      return msg`${field}: “${text}” is too large.`;
    case "below_zero":
      return msg`${field}: “${text}” is below zero.`;
    case "not_a_date":
      return msg`“${text}” is no date.`;
    case "ambiguous_date":
      return msg`“${text}” may be day and month or month and day: choose the order above.`;
    case "not_yes_or_no":
      return msg`“${text}” is neither yes nor no and is taken as no.`;
    case "name_missing":
      return msg`The name is empty; the code or number stands in.`;
    case "barcode_shape": {
      const { barcode } = remark;
      return msg`“${barcode}” is no barcode; taken without it.`;
    }
    case "barcode_check_digit": {
      const { barcode, expected } = remark;
      return msg`The last digit of barcode ${barcode} should be ${expected}; taken without it.`;
    }
    case "phone_shape": {
      const { phone } = remark;
      return msg`“${phone}” is no telephone number; taken without it.`;
    }
    case "duplicate": {
      const { value, first_row } = remark;
      return msg`${field}: “${value}” stands in row ${first_row} already.`;
    }
    case "unknown_sponsor": {
      const { number } = remark;
      return msg`No member has the number ${number} of the sponsor.`;
    }
    case "sponsor_cycle": {
      const numbers = remark.numbers.join(" › ");
      return msg`The sponsors lead round in a circle: ${numbers}.`;
    }
    case "duplicate_line": {
      const { first_row } = remark;
      return msg`The same as row ${first_row}; both are kept.`;
    }
    case "other_time": {
      const { first_row } = remark;
      return msg`Another time than row ${first_row} of the same sale; the first counts.`;
    }
    case "other_customer": {
      const { first_row } = remark;
      return msg`Another buyer than row ${first_row} of the same sale; the first counts.`;
    }
    case "invoice_incomplete": {
      const { rejected_row } = remark;
      return msg`Row ${rejected_row} of the same sale is not taken, and half a sale neither.`;
    }
    case "lost_digits":
      return msg`${field}: the spreadsheet lost the last digits of this number. Format the column as text and save it again.`;
    case "undecodable":
      return msg`${field}: some characters cannot be read. Try another encoding above.`;
    case "cell_error":
      return msg`${field}: the cell shows an error and is taken as empty.`;
  }
}
