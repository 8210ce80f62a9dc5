// Lights up the words of a fact, and the fact of the words, while the pointer or the focus is on one of them.

const split = (element) => (element?.dataset.of ?? "").split(" ").filter(Boolean);

function light(element, kind) {
  for (const lit of document.querySelectorAll(`.${kind}`)) lit.classList.remove(kind);
  for (const name of split(element)) {
    for (const other of document.querySelectorAll(`[data-of~="${CSS.escape(name)}"]`)) other.classList.add(kind);
  }
}

const over = (event) => light(event.target.closest("[data-of]"), "lit");
document.addEventListener("pointerover", over);
document.addEventListener("focusin", over);

/** Somebody came from a result to the words that prove it, or went from the words to the list. */
function arrive() {
  const name = decodeURIComponent(location.hash.slice(1)).replace(/^told-/, "");
  light(name ? document.querySelector(`[data-of~="${CSS.escape(name)}"]`) && { dataset: { of: name } } : null, "meant");
}
addEventListener("hashchange", arrive);
document.addEventListener("read", arrive);
arrive();
