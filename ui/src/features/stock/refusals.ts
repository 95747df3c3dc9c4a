import { msg } from "@lingui/core/macro";
import { wordRefusals } from "../../shell/refusals";

wordRefusals(
  {
    no_lines: () => msg`Nothing is on the document. Scan or find a product first.`,
    same_place: () => msg`Choose two different places.`,
    counted_below_zero: () => msg`A count is zero or more.`,
    name_taken: ({ name }) => msg`${name} is there already.`,
    place_in_use: ({ name }) => msg`${name} cannot go while goods lie there. Move them to another place first.`,
  },
  { of: ["receive_goods", "transfer_stock", "post_take", "count_stock", "save_supplier", "save_location"] },
);

wordRefusals(
  {
    no_quantity: () => msg`Nothing would change.`,
    cost_below_zero: () => msg`A value is zero or more, and goods that are not there are worth nothing.`,
  },
  { of: ["revalue_stock"] },
);

wordRefusals(
  {
    no_quantity: () => msg`A line has no quantity. Enter one, or take the line off.`,
    received_below_zero: () => msg`Quantities are above zero.`,
    cost_below_zero: () => msg`A cost is zero or more.`,
    too_much: () => msg`This is more than a billion pieces. Check for a typing error.`,
  },
  { of: ["receive_goods", "transfer_stock", "count_stock", "post_take"] },
);
