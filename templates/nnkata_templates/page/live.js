(() => {
  "use strict";
  const root = document.documentElement.dataset.root;
  const status = document.getElementById("live");
  const here = location.href.split("#")[0];
  let busy = false;
  let again = false;

  /* Names by which elements of the old content are found in the new: what is said, and how often
     it was said before. */
  const named = (part, what) => {
    const found = new Map();
    for (const element of part.querySelectorAll(what)) {
      const words = element.tagName === "DETAILS" ? element.querySelector("summary") : element;
      const name = element.id || `${words.textContent} ${element.getAttribute("href")}`;
      let count = 0;
      while (found.has(`${name} ${count}`)) count += 1;
      found.set(`${name} ${count}`, element);
    }
    return found;
  };

  const swap = (page) => {
    const main = document.getElementById("main");
    const made = page.getElementById("main");
    if (!made || made.innerHTML === main.innerHTML) return;
    const focused = main.contains(document.activeElement) ? document.activeElement : null;
    const tag = focused ? focused.tagName : "main";
    const [name] = [...named(main, tag)].find(([, element]) => element === focused) ?? [];
    const details = named(made, "details");
    for (const [said, old] of named(main, "details")) {
      if (details.has(said)) details.get(said).open = old.open;
    }
    for (const old of main.querySelectorAll("input:checked")) {
      const now = made.querySelector(`#${CSS.escape(old.id)}`);
      if (now) now.checked = true;
    }
    const [x, y] = [scrollX, scrollY];
    main.replaceChildren(...made.childNodes);
    document.getElementById("top").replaceChildren(...page.getElementById("top").childNodes);
    document.title = page.title;
    scrollTo({ left: x, top: y, behavior: "instant" });
    if (focused && focused !== main) {
      (named(main, tag).get(name) ?? main).focus({ preventScroll: true });
    }
  };

  const refresh = async () => {
    if (busy) { again = true; return; }
    busy = true;
    try {
      const answer = await fetch(here, { cache: "no-store" });
      if (answer.ok) swap(new DOMParser().parseFromString(await answer.text(), "text/html"));
    } catch {
      say("The page cannot be reached just now.");
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

  const heard = async (text) => {
    const news = JSON.parse(text);
    await refresh();
    if (news.said) say(news.said, news.kata);
  };

  /* Where events do not get through, the same news are asked for. */
  let known = document.documentElement.dataset.news;
  const ask = async () => {
    try {
      const text = await (await fetch(`${root}news`, { cache: "no-store" })).text();
      const { number } = JSON.parse(text);
      if (String(number) !== known) await heard(text);
      known = String(number);
    } catch {
      say("kata watch cannot be reached: this page stands still until it is.");
    }
  };

  /* Since: news that were told between the page and this line are not missed. */
  const events = new EventSource(`${root}events?since=${known}`);
  let lost = 0;
  events.onopen = () => { lost = 0; };
  events.onmessage = (event) => { known = event.lastEventId; heard(event.data); };
  events.addEventListener("end", () => {
    events.close();
    say("kata watch has ended: this page stands still.");
  });
  events.onerror = () => {
    lost += 1;
    if (lost < 2 && events.readyState !== EventSource.CLOSED) return;
    events.close();
    ask();
    setInterval(ask, 2000);
  };
})();
