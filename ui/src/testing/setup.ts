import { cleanup, configure } from "@testing-library/react";
import { afterEach } from "vitest";

// A busy machine draws late; what is waited for comes or the test fails, however long that took.
configure({ asyncUtilTimeout: 15_000 });

afterEach(cleanup);

// The page of the tests has no places to scroll to.
Element.prototype.scrollIntoView ??= () => {};
