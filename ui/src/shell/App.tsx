import { QueryCache, QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { Notices } from "../design/notify";
import { Refused } from "../host";
import { refreshByTopics } from "../host/answers";
import { LastNet } from "./BrokenPage";
import { Gate } from "./Gate";
import { hearJobs } from "./jobs";
import { InLanguage } from "./language";
import { router } from "./router";

function newClient(): QueryClient {
  // The seat empties itself after idle time: whoever hears of it first asks who sits here, which leads to the sign-in.
  const onError = (failure: unknown) => {
    if (failure instanceof Refused && failure.code === "nobody_signed_in") void client.invalidateQueries({ queryKey: ["setup_state"] });
  };
  const client = new QueryClient({
    queryCache: new QueryCache({ onError }),
    defaultOptions: {
      // The books are on this machine: an answer is true until a topic says otherwise, and a second try changes nothing.
      queries: { retry: false, staleTime: Number.POSITIVE_INFINITY, refetchOnWindowFocus: false, networkMode: "always" },
      mutations: { retry: false, networkMode: "always" },
    },
  });
  return client;
}

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
