// The office's one script. Every page works without it: it adds keys, copying and a kind word after copying.
(() => {
  "use strict";
  const page = document.documentElement;
  const typing = (element) => element.matches("input, select, textarea, [contenteditable], dialog *");
  let waitingForPlace = 0;

  function focusSearch() {
    const field = document.querySelector("main input[type=search], .top input[type=search]");
    field?.focus();
    field?.select();
    return Boolean(field);
  }

  function goTo(key) {
    const link = document.querySelector(`.side a[data-key="${CSS.escape(key)}"]`);
    link?.click();
    return Boolean(link);
  }

  // One key for the one thing that is mostly done on a page: an element says which with data-press.
  function press(key) {
    const element = document.querySelector(`main [data-press="${CSS.escape(key)}"]`);
    element?.focus();
    if (element && !typing(element)) element.click();
    return Boolean(element);
  }

  function showKeys() {
    const dialog = document.getElementById("keys");
    dialog?.showModal();
    return Boolean(dialog);
  }

  document.addEventListener("keydown", (event) => {
    if (page.dataset.keys === "off" || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    const isPlace = Date.now() - waitingForPlace < 1500;
    waitingForPlace = 0;
    let done = false;
    if (isPlace) done = goTo(event.key);
    else if (event.key === "/") done = focusSearch();
    else if (event.key === "?") done = showKeys();
    else if (event.key === "g") waitingForPlace = Date.now();
    else if (event.key.length === 1) done = press(event.key.toLowerCase()); // keys are shown as capitals
    if (done) event.preventDefault();
  });

  async function copy(button) {
    const field = document.getElementById(button.dataset.copy);
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
    } catch {
      return; // The words are selected: the person can copy them by hand.
    }
    button.textContent = button.dataset.done;
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-copy]");
    if (button) copy(button);
  });
  document.addEventListener("change", (event) => {
    if (event.target.matches("[data-submits]")) event.target.form.requestSubmit();
  });
  // A form is shown anew a moment after a change. A button pressed in that moment sends the change already, and
  // what comes after it would only take back what the button did.
  document.addEventListener("htmx:confirm", (event) => {
    const { elt, triggeringEvent } = event.detail;
    if (triggeringEvent?.type === "change" && elt.querySelector("button.htmx-request")) event.preventDefault();
  });
  page.classList.add("js");
})();
