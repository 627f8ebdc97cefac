"""The HTML report of ``claude-compat checklist`` in a real browser: Chromium, without a window.

It takes Debian's ``chromium`` or any other on the PATH, else the one that
``playwright install chromium`` has put there.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import pytest
from conftest import SAMPLE, Project

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

#: names of files, models and variables that would be markup if they could
HOSTILE = "<img src=x onerror=alert(1)>"
HISTORY = (
    '{"version": 1, "entries": [{"date": "2026-10-01", "revision": "<b>", "left": {"1": 9}, "right": 0,'
    ' "effort": {"safe": 1, "unsafe": 2, "by_hand": 6}}]}'
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    playwright = pytest.importorskip("playwright.sync_api")
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
    path = next((found for name in names if (found := shutil.which(name))), None)
    with playwright.sync_playwright() as started:
        if path is None and not os.path.exists(started.chromium.executable_path):
            pytest.skip("no Chromium: install Debian's chromium, or run playwright install chromium")
        root = hasattr(os, "geteuid") and os.geteuid() == 0
        found = started.chromium.launch(executable_path=path, args=["--no-sandbox"] if root else [])
        yield found
        found.close()


@pytest.fixture
def report(project: Project) -> Path:
    project.write("src/a.py", SAMPLE)
    project.write("src/b.py", "from langchain_openai import ChatOpenAI\n\nmodel = ChatOpenAI()\n")
    project.write("docs/x.md", "```py\nimport openai\nopenai.embeddings.create(model='text-embedding-3-small', input='x')\n```\n")
    project.write("tests/c.py", f"import os\nfrom openai import OpenAI\n\nx = OpenAI(base_url=os.environ['{HOSTILE}'])\n")
    project.write(f"tests/{HOSTILE}\u202e.py".replace("/alert", "alert"), SAMPLE.replace("gpt-4o", "ft:gpt-4o:<b>:x"))
    project.write('"><script>alert(2)</script'.replace("/", "_") + ".py", "from openai import (\n")
    project.write("h.json", HISTORY)
    done = project.main("checklist", "--format=html", "--output=report.html", "--save=h.json", "--today=2026-11-22")
    assert done.code == 1
    return project.path / "report.html"


@pytest.fixture
def page(browser: Browser, report: Path) -> Iterator[Page]:
    """The report; whatever the page says, asks for or runs that it should not is an error."""
    context = browser.new_context(viewport={"width": 1000, "height": 800})
    made = context.new_page()
    wrong: list[str] = []
    made.on("dialog", lambda dialog: wrong.append(f"dialog: {dialog.message}"))
    made.on("console", lambda message: wrong.append(f"console: {message.text}"))
    made.on("pageerror", lambda error: wrong.append(f"error: {error}"))
    made.on("request", lambda request: wrong.append(request.url) if request.url != report.as_uri() else None)
    made.goto(report.as_uri())
    yield made
    assert wrong == []
    context.close()


def shown(page: Page) -> list[str]:
    """The numbers of the lines that are visible."""
    texts = page.locator(".line:visible h3").all_text_contents()
    return [text.partition(".")[0] for text in texts]


def test_it_says_what_the_report_says(page: Page, project: Project) -> None:
    assert shown(page) == [str(number) for number in range(11)]
    assert page.locator("h1").inner_text() == "Migration to ClaudeAPI"
    rings = page.locator(".ring").all()
    assert len(rings) == 11 and all(re.search(r"\d+ % right|nothing to measure", ring.get_attribute("aria-label") or "") for ring in rings)
    for title in ("Checklist", "Burn-down", "Folders", "Clients", "Models", "No counterpart", "Test by hand", "Not checked"):
        assert page.get_by_role("heading", name=title, exact=True, level=2).is_visible()
    assert page.locator("svg.chart circle").count() == 2
    assert "curl -s" in page.locator("pre").first.inner_text()
    assert page.locator("pre").first.inner_text().count("\n") == 3


def test_names_of_files_are_text(page: Page) -> None:
    assert page.locator("img, iframe, object, script[src], link").count() == 0
    assert page.locator("script").count() == 1
    text = page.locator("body").inner_html()
    assert "&lt;img src=x" in text and "\u202e" not in text and "\\x202e" in text
    assert page.evaluate("document.querySelectorAll('[onerror]').length") == 0


def test_a_script_that_gets_in_does_not_run(browser: Browser, report: Path) -> None:
    """The page's policy is the second lock."""
    page = browser.new_page()
    page.goto(report.as_uri())
    with page.expect_console_message(lambda message: "Content Security Policy" in message.text):
        page.evaluate("""() => {
            const one = document.createElement('script');
            one.textContent = 'window.broken = true';
            document.body.append(one);
        }""")
    assert page.evaluate("window.broken === undefined")
    page.close()


def test_filters_by_keyboard(page: Page) -> None:
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.name") == "text"
    page.keyboard.type("streaming")
    assert shown(page) == ["8"]
    assert page.locator("output").inner_text() == "1 of 11 lines shown"
    page.keyboard.press("Escape")
    assert len(shown(page)) == 11 and page.locator("output").inner_text() == ""
    page.locator("[name=status][value=todo]").focus()
    page.keyboard.press("Space")
    left = page.locator(".line:visible .badge").all_inner_texts()
    assert left and "to do" not in left
    page.get_by_role("button", name="Show all").focus()
    page.keyboard.press("Enter")
    page.wait_for_timeout(50)
    assert len(shown(page)) == 11
    # a slash that is typed is a slash
    page.keyboard.press("/")
    page.keyboard.type("src/a.py")
    assert page.locator("[name=text]").input_value() == "src/a.py"


def test_filter_by_folder(page: Page) -> None:
    page.get_by_role("combobox", name="Folder").select_option("docs/")
    assert "0" in shown(page) and "8" not in shown(page)
    assert page.locator("tr[data-folder]:visible").first.get_attribute("data-folder") == "docs/"
    page.locator(".line:visible summary", has_text="to change").first.click()
    assert page.locator(".files li:visible").all_inner_texts()[0].startswith("docs/x.md")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_accessible(browser: Browser, report: Path, scheme: Literal["light", "dark"]) -> None:
    """axe-core finds nothing: names, roles, contrast, headings, landmarks."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    context = browser.new_context(color_scheme=scheme, bypass_csp=True)
    page = context.new_page()
    page.goto(report.as_uri())
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    found: list[dict[str, Any]] = axe.Axe().run(page).response["violations"]
    assert [(one["id"], one["nodes"][0]["html"]) for one in found] == []
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == (
        "rgb(255, 255, 255)" if scheme == "light" else "rgb(20, 24, 29)"
    )
    context.close()


@pytest.mark.parametrize("width", [320, 480, 1600])
def test_any_width(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_print(page: Page) -> None:
    page.emulate_media(media="print", color_scheme="dark")
    assert not page.locator(".filters").is_visible()
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert page.locator("details:not([open])").count() == 0
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert page.locator("details:not([open])").count() > 0
    assert page.pdf(format="A4").startswith(b"%PDF")


def test_without_scripts(browser: Browser, report: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(report.as_uri())
    assert page.locator(".line").count() == 11 and not page.locator(".filters").is_visible()
    context.close()


def test_nothing_to_report(browser: Browser, project: Project) -> None:
    project.write("a.py", "x = 1\n")
    project.main("checklist", "--format=html", "--output=r.html")
    page = browser.new_page()
    page.goto((project.path / "r.html").as_uri())
    assert "nothing to migrate" in page.locator(".lead").inner_text()
    assert len(shown(page)) == 11
    page.close()
