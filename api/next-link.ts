import type {Request} from 'express';

/** RFC 8288: where a list goes on; nothing on the last page. */
export function nextLink(request: Request, cursor: string | null): Record<string, string> {
  if (cursor === null) return {};
  const query = new URLSearchParams(request.url.split('?')[1] ?? '');
  query.set('cursor', cursor);
  return {Link: `<${request.path}?${query.toString()}>; rel="next"`};
}
