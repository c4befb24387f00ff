// The calendar by keyboard: left and right lead to the month before and after. Without it, two buttons do.
document.addEventListener("keydown", (event) => {
  if (event.altKey || event.ctrlKey || event.metaKey || event.target.matches("input, select, textarea, dialog *")) return;
  if (document.documentElement.dataset.keys === "off") return;
  const where = { ArrowLeft: "prev", ArrowRight: "next" }[event.key];
  if (where) document.querySelector(`nav a[rel="${where}"]`)?.click();
});
