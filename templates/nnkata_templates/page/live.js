(() => {
  "use strict";
  const root = document.documentElement.dataset.root;
  const status = document.getElementById("live");
  const here = location.href.split("#")[0];
  let busy = false;
  let again = false;
  let latest = "";

  /* Keys by which elements of the old content are found in the new: the text, and how often it
     occurred before. */
  const keyed = (part, what) => {
    const elements = new Map();
    for (const element of part.querySelectorAll(what)) {
      const words = element.tagName === "DETAILS" ? element.querySelector("summary") : element;
      const name = element.id || `${words.textContent} ${element.getAttribute("href")}`;
      let count = 0;
      while (elements.has(`${name} ${count}`)) count += 1;
      elements.set(`${name} ${count}`, element);
    }
    return elements;
  };

  const swap = (page) => {
    const main = document.getElementById("main");
    const fresh = page.getElementById("main");
    if (!fresh || fresh.innerHTML === latest) return;
    latest = fresh.innerHTML;
    const focused = main.contains(document.activeElement) ? document.activeElement : null;
    const tag = focused ? focused.tagName : "main";
    const [name] = [...keyed(main, tag)].find(([, element]) => element === focused) ?? [];
    const details = keyed(fresh, "details");
    for (const [key, old] of keyed(main, "details")) {
      if (details.has(key)) details.get(key).open = old.open;
    }
    for (const old of main.querySelectorAll("input:checked")) {
      const input = fresh.querySelector(`#${CSS.escape(old.id)}`);
      if (input) input.checked = true;
    }
    const [x, y] = [scrollX, scrollY];
    main.replaceChildren(...fresh.childNodes);
    document.getElementById("top").replaceChildren(...page.getElementById("top").childNodes);
    document.title = page.title;
    document.dispatchEvent(new Event("swapped"));
    scrollTo({ left: x, top: y, behavior: "instant" });
    if (focused && focused !== main) {
      (keyed(main, tag).get(name) ?? main).focus({ preventScroll: true });
    }
  };

  const refresh = async () => {
    if (busy) { again = true; return; }
    busy = true;
    try {
      const answer = await fetch(here, { cache: "no-store" });
      if (answer.ok) swap(new DOMParser().parseFromString(await answer.text(), "text/html"));
    } catch {
      say("The page cannot be reached at the moment.");
    }
    busy = false;
    if (again) { again = false; await refresh(); }
  };

  const say = (words, kata) => {
    status.replaceChildren(words);
    const path = kata ? `${root}katas/${kata}.html` : "";
    if (path && new URL(path, here).href !== here) {
      const link = document.createElement("a");
      link.href = path;
      link.textContent = `Go to ${kata}`;
      status.append(" ", link);
    }
  };

  const onEvent = async (text) => {
    const news = JSON.parse(text);
    await refresh();
    if (news.message) say(news.message, news.kata);
  };

  /* Where events do not get through, the latest one is polled. */
  let known = document.documentElement.dataset.news;
  const poll = async () => {
    try {
      const text = await (await fetch(`${root}news`, { cache: "no-store" })).text();
      const { number } = JSON.parse(text);
      if (String(number) !== known) await onEvent(text);
      known = String(number);
    } catch {
      say("kata watch cannot be reached: this page is not updated until it is.");
    }
  };

  /* With `since`, events between the rendering of the page and this line are not missed. */
  const events = new EventSource(`${root}events?since=${known}`);
  let lost = 0;
  events.onopen = () => { lost = 0; };
  events.onmessage = (event) => { known = event.lastEventId; onEvent(event.data); };
  events.addEventListener("end", () => {
    events.close();
    say("kata watch has ended: this page is no longer updated.");
  });
  events.onerror = () => {
    lost += 1;
    if (lost < 2 && events.readyState !== EventSource.CLOSED) return;
    events.close();
    poll();
    setInterval(poll, 2000);
  };
})();
