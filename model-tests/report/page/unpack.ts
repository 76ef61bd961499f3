/** Reads the film of a page, which is packed if it is long. */
import type { Film } from "../../film/film.ts";

/** The film that `text`, the data of a page, is or has packed in it. */
export async function unpack(text: string): Promise<Film> {
  const data: Film | string = JSON.parse(text);
  if (typeof data !== "string") return data;

  const bytes = Uint8Array.from(atob(data), (sign) => sign.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  const film: Film = JSON.parse(await new Response(stream).text());
  return film;
}
