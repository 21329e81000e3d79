import {
  keepPreviousData,
  QueryCache,
  QueryClient,
  MutationCache,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import {useRef} from 'react';
import {call, callPage, type Method, newKey, ProblemError} from './api.ts';

/** How often what moves is looked at again, in milliseconds. */
export const LIVE = 3_000;

/** Tells when a call was refused because nobody is signed in any more. */
export function createQueryClient(signedOut: () => void): QueryClient {
  const heard = (error: unknown) => {
    if (error instanceof ProblemError && error.status === 401) signedOut();
  };
  return new QueryClient({
    queryCache: new QueryCache({onError: heard}),
    mutationCache: new MutationCache({onError: heard}),
    defaultOptions: {
      queries: {
        staleTime: 1_000,
        // a refusal stays one however often it is asked for; silence and faults of the server pass, and who said when to
        // come again was asked again by then
        retry: (count, error) =>
          count < 2 &&
          error instanceof ProblemError &&
          error.retryAfter === null &&
          (error.status === 0 || error.status >= 500),
      },
      mutations: {retry: false},
    },
  });
}

interface ReadOptions {
  /** milliseconds after which it is read again while the page is in front; `LIVE` for what moves */
  every?: number;
  enabled?: boolean;
}

/** Reads an address of the interface; whoever reads the same shares it. null reads nothing yet. */
export function useRead<T>(path: string | null, {every, enabled = true}: ReadOptions = {}) {
  return useQuery<T, ProblemError>({
    queryKey: ['read', path],
    queryFn: ({signal}) => call<T>('GET', path ?? '', {signal}),
    enabled: enabled && path !== null,
    ...(every === undefined ? {} : {refetchInterval: every}),
    // while another list is looked for, the one before stays to be looked at
    placeholderData: keepPreviousData,
  });
}

/** Reads a list page by page, each behind the one before. */
export function usePages<Row>(path: string | null) {
  return useInfiniteQuery({
    queryKey: ['pages', path],
    queryFn: ({pageParam, signal}) => callPage<Row[]>(pageParam, {signal}),
    initialPageParam: path ?? '',
    getNextPageParam: ({next}: {next: string | null}) => next,
    enabled: path !== null,
    placeholderData: keepPreviousData,
  });
}

export interface Write {
  method?: Exclude<Method, 'GET'>;
  path: string;
  body?: unknown;
  /** see `Sent` */
  version?: number | 'new';
  /** see `Sent` */
  patience?: number;
}

/**
 * Changes something once: the same body sent again after a silence carries the same Idempotency-Key, another body
 * or the next time a new one. Everything on the page is read again afterwards.
 */
export function useWrite<T>({onDone}: {onDone?: (answer: T, sent: Write) => void} = {}) {
  const client = useQueryClient();
  const last = useRef({sent: '', key: ''});
  return useMutation<T, ProblemError, Write>({
    mutationFn: (write) => {
      const sent = JSON.stringify(write);
      if (last.current.sent !== sent) last.current = {sent, key: newKey()};
      const {method = 'POST', path, ...rest} = write;
      return call<T>(method, path, {...rest, key: last.current.key});
    },
    onSuccess: async (answer, sent) => {
      last.current = {sent: '', key: ''};
      onDone?.(answer, sent);
      await client.invalidateQueries();
    },
  });
}
