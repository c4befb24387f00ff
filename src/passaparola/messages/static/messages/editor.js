// The editor of templates: the preview follows the typing, and what can be said goes where the cursor was.
// Without it, buttons do the same.
(() => {
  "use strict";
  const form = document.querySelector("[data-previews]");
  const button = document.querySelector("[data-preview]");
  let last = null;
  let timer = 0;

  function show() {
    form.requestSubmit(button);
  }

  function soon(wait) {
    clearTimeout(timer);
    timer = setTimeout(show, wait);
  }

  document.addEventListener("input", (event) => {
    if (event.target.form === form) soon(event.target.matches("[type=radio], [type=checkbox]") ? 0 : 200);
  });
  document.addEventListener("focusin", (event) => {
    if (event.target.form === form && event.target.matches("textarea, input:not([type])")) last = event.target;
  });
  document.addEventListener("click", (event) => {
    const said = event.target.closest("[data-insert]");
    if (!said) return;
    const field = last ?? form.querySelector("textarea");
    field.focus();
    field.setRangeText(said.dataset.insert, field.selectionStart, field.selectionEnd, "end");
    field.dispatchEvent(new Event("input", { bubbles: true }));
  });
})();
