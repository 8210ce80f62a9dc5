// Shows what rules would change while they are being written, and adds rows without a reload. The form works without this.

const PAUSE = 500;
const panel = document.querySelector("[data-preview]");
const form = (panel ?? document.querySelector(".rules-editor"))?.closest("form");

let waiting;
let asking;

async function look() {
  asking?.abort();
  asking = new AbortController();
  const { signal } = asking;
  panel.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(panel.dataset.preview, { method: "POST", body: new FormData(form), signal });
    if (!answer.ok || answer.redirected) throw new Error(`${answer.status}`);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const open = panel.querySelector(".in-words")?.open;
    panel.replaceChildren(...page.body.childNodes);
    const words = panel.querySelector(".in-words");
    if (words && open) words.open = true;
  } catch {
    // Another question has been asked meanwhile: its answer comes.
    if (signal.aborted) return;
    panel.textContent = panel.dataset.failed;
  }
  panel.removeAttribute("aria-busy");
}

function later() {
  clearTimeout(waiting);
  waiting = setTimeout(look, PAUSE);
}

function addRow(button) {
  const list = button.closest("[data-rows]");
  const total = list.querySelector(`[name="${CSS.escape(list.dataset.rows)}-TOTAL_FORMS"]`);
  const row = document.createElement("div");
  row.innerHTML = list.querySelector("template").innerHTML.replaceAll("__prefix__", total.value);
  total.value = Number(total.value) + 1;
  const added = row.firstElementChild;
  list.querySelector("template").before(added);
  added.querySelector("input:not([type=hidden]), select, textarea")?.focus();
}

/** A field that something is wrong with may lie in a part that is closed. */
function uncover(link) {
  const field = document.getElementById(decodeURIComponent(link.hash.slice(1)));
  for (let part = field?.closest("details"); part; part = part.parentElement.closest("details")) part.open = true;
  field?.focus();
}

form?.addEventListener("click", (event) => {
  const button = event.target.closest(".add-row");
  const link = event.target.closest(".errorlist a");
  if (!button && !link) return;
  event.preventDefault();
  if (button) addRow(button);
  else uncover(link);
});

if (panel && form) {
  const editor = form.querySelector(".rules-editor");
  for (const kind of ["input", "change"]) editor.addEventListener(kind, later);
}
