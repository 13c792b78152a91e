// @ts-check
/** Pictures and films beside the calls, one after the other; one that cannot be shown is passed over. */
import { html, useEffect, useState } from "../vendor/ui.js";

const AFTER_FAILURE = 1000;

/** @param {{media: {url: string, type: string}[], seconds: number}} props */
export function Media({ media, seconds }) {
  const [turn, go] = useState(0);
  const shown = media[turn % media.length];
  const on = () => go((before) => before + 1);
  const film = shown.type.startsWith("video/");
  useEffect(() => {
    if (film) return undefined; // goes on when it has ended
    const timer = setTimeout(on, seconds * 1000);
    return () => clearTimeout(timer);
  }, [turn, film, seconds]);
  const failed = () => void setTimeout(on, AFTER_FAILURE);
  return html`<section class="media" aria-hidden="true">
    ${film
      ? html`<video key=${turn} src=${shown.url} autoplay muted playsinline loop=${media.length === 1} onEnded=${on} onError=${failed}></video>`
      : html`<img key=${turn} src=${shown.url} alt="" onError=${failed} />`}
  </section>`;
}
