/** The lines of a month's proof in words: what is added up, and what it is held against. */
import type { MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";
import type { ProofLine } from "../../host";

/** The line's name. */
export function lineOf(line: ProofLine): MessageDescriptor {
  switch (line) {
    case "report":
      return msg`Commission in the report`;
    case "earnings":
      return msg`Commission, amount by amount`;
    case "statements":
      return msg`Commission on the statements`;
    case "carried":
      return msg`Carried on by the statements`;
    case "announced":
      return msg`To pay, as the close said`;
    case "paid":
      return msg`To pay, as the statements say`;
    case "tax":
      return msg`Tax withheld`;
    case "owed":
      return msg`Owed to members after tax`;
    case "requested":
      return msg`Asked for`;
    case "approved":
      return msg`Approved`;
    case "sent":
      return msg`On the way`;
    case "paid_out":
      return msg`Paid out, after fees`;
    case "fees":
      return msg`Fees kept`;
    case "everything":
      return msg`All statements ever released`;
  }
}

/** What its sides are, in a few words. */
export function noteOf(line: ProofLine): MessageDescriptor {
  switch (line) {
    case "report":
      return msg`each member's total against the cost that the ledger booked`;
    case "earnings":
      return msg`each amount of each sale and rule against the same postings`;
    case "statements":
      return msg`earned and adjusted against the cost that the ledger booked`;
    case "carried":
      return msg`left over less brought, against booked less settled`;
    case "announced":
      return msg`each round of the close against what the ledger settled`;
    case "paid":
      return msg`tax included, member by member, against what the ledger settled`;
    case "tax":
      return msg`on statements against what the ledger owes the state`;
    case "owed":
      return msg`statements against the ledger against what payouts took and what is payable or held still`;
    case "requested":
    case "approved":
    case "sent":
    case "paid_out":
      return msg`the list of payouts against the members' accounts`;
    case "fees":
      return msg`the list of payouts against the shop's account`;
    case "everything":
      return msg`after tax, against what payouts took and what is payable or held still`;
  }
}
