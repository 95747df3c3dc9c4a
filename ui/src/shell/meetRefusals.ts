/** What the commands about several tills refuse, in words. Both the first screen and the settings ask them. */
import { msg } from "@lingui/core/macro";
import { wordRefusals } from "./refusals";

wordRefusals(
  {
    address: ({ address }) => msg`“${address}” is no address. One looks like https://shop.example.com or http://192.168.1.5:7400.`,
    insecure: () =>
      msg`Without https only this computer and the shop’s own network may be asked: anybody on the way could read along. Use an https address.`,
    away: ({ address, reason }) => msg`Nobody answers at ${address} (${reason}). Is the meeting place running, and this computer online?`,
    stranger: ({ address }) =>
      msg`Something else answers at ${address}, such as the page of a Wi-Fi. Open a browser, sign in there, and look at the address again.`,
    join_code: () => msg`This code is wrong, used or older than fifteen minutes. Have a new one shown.`,
    opening_word: () => msg`This meeting place asks for an opening word. Whoever runs it knows it.`,
    too_many: () => msg`Too many tries. Wait a minute.`,
    shut_out: () => msg`Only a till that the owner lets do so can.`,
    place_busy: () => msg`The meeting place is busy. Try again in a moment.`,
    sample_shop: () => msg`A sample shop is not linked. Open your own first.`,
    already_linked: () => msg`The shop is linked already.`,
    not_linked: () => msg`The shop is on this device alone.`,
    no_device_name: () => msg`The till needs a name.`,
    nothing_there: () => msg`The first till has not sent its books yet. Let it finish, then have a new code shown.`,
    other_shop: () => msg`This code belongs to another shop.`,
    itself: () => msg`The owner’s till does not lock itself. Do it from another one of the owner’s.`,
    old_place: ({ address }) =>
      msg`The meeting place at ${address} is older than this program and has no page. Bring banyan-cloud up to date there.`,
    page_password: () => msg`The password needs ten letters or more.`,
    page_code: () => msg`This is not the code of this moment. Wait for the next one; is the clock of the phone right?`,
    page_tries: () => msg`Five wrong codes. Set the password again, and scan the new picture.`,
  },
  {
    of: [
      "link_shop",
      "link_again",
      "join_shop",
      "invite_device",
      "devices",
      "set_device",
      "held_entries",
      "admit_entry",
      "owner_page",
      "set_owner_page",
      "prove_owner_page",
      "end_owner_page",
    ],
  },
);
