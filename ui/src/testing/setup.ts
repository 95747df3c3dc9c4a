import { cleanup } from "@testing-library/react";
import { afterEach } from "vitest";

afterEach(cleanup);

// The page of the tests has no places to scroll to.
Element.prototype.scrollIntoView ??= () => {};
