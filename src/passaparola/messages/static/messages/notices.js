// Lets a browser take notices. Without it the page says that e-mails come anyway.
(() => {
  "use strict";
  const form = document.getElementById("notices");
  const part = (name) => document.getElementById(`notices-${name}`);
  const isAble = "serviceWorker" in navigator && "PushManager" in window && "Notification" in window;
  if (!form || !isAble) return;

  const bytes = (text) => {
    const plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
    return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
  };

  function show(isOn) {
    part("on").hidden = !isOn;
    part("start").hidden = isOn;
    part("stop").hidden = !isOn;
  }

  async function worker() {
    const registration = await navigator.serviceWorker.register(form.dataset.worker);
    const starting = registration.installing || registration.waiting;
    if (!registration.active && starting) {
      await new Promise((done) => starting.addEventListener("statechange", () => starting.state === "activated" && done()));
    }
    return registration;
  }

  function fill(subscription, isStop) {
    const told = subscription.toJSON();
    form.elements.endpoint.value = told.endpoint;
    form.elements.p256dh.value = told.keys?.p256dh || "";
    form.elements.auth.value = told.keys?.auth || "";
    form.elements.stop.value = isStop ? "yes" : "";
  }

  async function start() {
    const registration = await worker();
    const key = bytes(form.dataset.key);
    let subscription = await registration.pushManager.getSubscription();
    subscription ||= await registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
    fill(subscription, false);
    form.submit();
  }

  async function stop() {
    const registration = await navigator.serviceWorker.getRegistration(form.dataset.worker);
    const subscription = await registration?.pushManager.getSubscription();
    if (!subscription) return show(false);
    fill(subscription, true);
    await subscription.unsubscribe();
    form.submit();
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    start().catch(() => { part("refused").hidden = false; });
  });
  part("stop").addEventListener("click", (event) => {
    event.preventDefault();
    stop().catch(() => show(false));
  });

  form.hidden = false;
  part("not").hidden = true;
  navigator.serviceWorker
    .getRegistration(form.dataset.worker)
    .then((registration) => registration?.pushManager.getSubscription())
    .then((subscription) => show(Boolean(subscription)))
    .catch(() => show(false));
})();
