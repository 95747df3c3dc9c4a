import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { Notices } from "../design/notify";
import { refreshByTopics } from "../host/answers";
import { LastNet } from "./BrokenPage";
import { Gate } from "./Gate";
import { hearJobs } from "./jobs";
import { InLanguage } from "./language";
import { router } from "./router";

const newClient = () =>
  new QueryClient({
    defaultOptions: {
      // The books are on this machine: an answer is true until a topic says otherwise, and a second try changes nothing.
      queries: { retry: false, staleTime: Number.POSITIVE_INFINITY, refetchOnWindowFocus: false, networkMode: "always" },
      mutations: { retry: false, networkMode: "always" },
    },
  });

/** The whole window. */
export function App() {
  const [client] = useState(newClient);
  useEffect(() => refreshByTopics(client), [client]);
  useEffect(hearJobs, []);
  return (
    <InLanguage>
      <QueryClientProvider client={client}>
        <LastNet>
          <Gate>
            <RouterProvider router={router} />
          </Gate>
        </LastNet>
        <Notices />
      </QueryClientProvider>
    </InLanguage>
  );
}
