// Forms that ask this device for a passkey. They stay hidden where the browser knows none, and the code is there for all.
const known = window.PublicKeyCredential?.parseCreationOptionsFromJSON && PublicKeyCredential.prototype.toJSON;
for (const form of known ? document.querySelectorAll("form[data-passkey]") : []) {
  const { passkey, options, failed } = form.dataset;
  const says = form.querySelector("[role=status]");
  form.hidden = false;
  for (const other of document.querySelectorAll("[data-without-passkey]")) other.hidden = true;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const button = form.querySelector("button");
    says.textContent = "";
    button.disabled = true;
    try {
      const told = await fetch(options, { method: "POST", body: new FormData(form) });
      const asked = await told.json();
      if (!told.ok) throw new Error(asked.sentence);
      const read = passkey === "create" ? "parseCreationOptionsFromJSON" : "parseRequestOptionsFromJSON";
      const made = await navigator.credentials[passkey]({ publicKey: PublicKeyCredential[read](asked) });
      form.elements.answer.value = JSON.stringify(made);
      form.submit();
    } catch (error) {
      // What browsers say about it is written for programmers; our own sentences are plain errors.
      says.textContent = error.constructor === Error && error.message ? error.message : failed;
      button.disabled = false;
    }
  });
}
