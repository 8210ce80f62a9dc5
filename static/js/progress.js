// Asks each second how far the report is, until nothing more happens by itself; then shows what was read, without a reload.

const EVERY = 1000;
const box = document.querySelector("[data-progress]");

const isFinal = () => box.querySelector("[data-final]")?.dataset.final === "yes";
const pause = () => new Promise((resolve) => setTimeout(resolve, EVERY));

async function get(url) {
  const answer = await fetch(url, { headers: { "X-Requested-With": "fetch" } });
  if (answer.redirected || !answer.ok) throw new Error(`${answer.status} ${url}`);
  return new DOMParser().parseFromString(await answer.text(), "text/html");
}

/** Put what the page says now in the place of what it said when it was opened. */
async function showWhatWasRead() {
  const fresh = await get(location.pathname + location.search);
  const read = fresh.querySelector("[data-read]");
  const head = fresh.querySelector(".page-head");
  if (read) document.querySelector("[data-read]").replaceWith(document.adoptNode(read));
  if (head) document.querySelector(".page-head").replaceWith(document.adoptNode(head));
  document.dispatchEvent(new CustomEvent("read"));
}

async function follow() {
  let shown = box.querySelector("[data-state]")?.dataset.state;
  let failures = 0;
  while (!isFinal() && failures < 30) {
    await pause();
    try {
      const piece = (await get(box.dataset.progress)).body.firstElementChild;
      failures = 0;
      // The same step is not put in again: a screen reader would say it each second.
      const steps = piece.dataset.state;
      if (steps === shown) continue;
      shown = steps;
      box.replaceChildren(document.adoptNode(piece));
    } catch {
      failures += 1; // the server may be starting anew: ask again, but not for ever
    }
  }
  if (isFinal()) await showWhatWasRead();
}

if (box && !isFinal()) follow();
