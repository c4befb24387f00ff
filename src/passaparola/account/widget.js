(function () {
  var me = document.currentScript, root = document.createElement("div"), shadow = root.attachShadow({ mode: "closed" });
  var base = new URL(".", me.src), words = WORDS, sheet = new CSSStyleSheet();
  var lang = (me.dataset.lang || document.documentElement.lang || "").slice(0, 2), say = words[lang] || words.en;
  sheet.replaceSync("button{all:initial;position:fixed;right:20px;bottom:20px;z-index:2147483646;box-sizing:border-box;min-height:48px;padding:12px 20px;border-radius:99px;background:COLOUR;color:INK;font:700 16px/1.4 system-ui,sans-serif;cursor:pointer;box-shadow:0 4px 16px #0003}button:focus-visible{outline:3px solid COLOUR;outline-offset:3px}iframe{position:fixed;right:20px;bottom:84px;z-index:2147483646;width:min(380px,calc(100vw - 40px));height:min(600px,calc(100vh - 110px));border:0;border-radius:RADIUSpx;box-shadow:0 8px 40px #0004;background:#fff}[hidden]{display:none}");
  shadow.adoptedStyleSheets = [sheet];
  var button = document.createElement("button"), frame;
  function toggle(open) {
    if (!frame) {
      frame = document.createElement("iframe");
      frame.title = say[0];
      frame.src = new URL("widget/?lang=" + lang, base);
      shadow.insertBefore(frame, button);
    }
    frame.hidden = !open;
    button.textContent = open ? say[1] : say[0];
    button.setAttribute("aria-expanded", open);
  }
  button.type = "button";
  button.textContent = say[0];
  button.setAttribute("aria-expanded", false);
  button.onclick = function () { toggle(!frame || frame.hidden); };
  root.onkeydown = function (event) { if (event.key === "Escape" && frame) { toggle(false); button.focus(); } };
  shadow.append(button);
  document.body.append(root);
})();
