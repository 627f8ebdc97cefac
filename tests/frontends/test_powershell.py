"""PowerShell: values, requests, and texts that are no PowerShell."""

from __future__ import annotations

import random

import pytest

from flake8_claude_compat.catalogue import load
from flake8_claude_compat.config import Config
from flake8_claude_compat.engine import check
from flake8_claude_compat.frontends import programs
from flake8_claude_compat.program import Call, Dict, Program
from flake8_claude_compat.source import Source

URL = '"https://api.openai.com/v1/chat/completions"'


def findings(text: str) -> list[tuple[int, int, str]]:
    """(line, column, code) of each finding."""
    report = check(Source("script.ps1", text), None, Config("/"), "powershell")
    assert not report.problems, report.problems
    return [(one.location.line, one.location.column, one.finding.code) for one in report.findings]


def program(text: str) -> Program:
    return programs(Source("script.ps1", text), None, "powershell", load("claudeapi").watch())[0]


@pytest.mark.parametrize(
    "call",
    [
        f"Invoke-RestMethod -Uri {URL} -Method Post -Body (@{{n = 2}} | ConvertTo-Json)",
        f"invoke-restmethod {URL} -Body (ConvertTo-Json @{{n = 2}} -Depth 9)",
        f"irm {URL} -bod (ConvertTo-Json -InputObject @{{n = 2}})",
        f"$p = @{{ Uri = {URL}; Body = @{{ n = 2 }} | ConvertTo-Json }}; Invoke-RestMethod @p",
        f"$p = @{{ Uri = {URL} }}\n$p.Body = '{{\"n\": 2}}'\nInvoke-RestMethod @p",
        f"$r = Invoke-RestMethod -Uri {URL} `\n  -Body '{{\"n\": 2}}'",
        f"(Invoke-RestMethod -Uri {URL} -Body '{{\"n\": 2}}').choices[0]",
        f"try {{ Invoke-RestMethod -Uri {URL} -Body ([pscustomobject]@{{n = 2}} | ConvertTo-Json) }} catch {{ }}",
        f"@{{n = 2}} | ConvertTo-Json | Invoke-RestMethod -Uri {URL}",
        f"$o = [ordered]@{{n = 2}}\n$j = $o | ConvertTo-Json\nInvoke-RestMethod -Uri {URL} -Body $j",
        f"$h = @\"\n{{\"n\": 2}}\n\"@\nInvoke-RestMethod -Uri {URL} -Body $h",
    ],
)
def test_body(call: str) -> None:
    codes = [code for _, _, code in findings(call)]
    assert "CLC401" in codes and "CLC104" in codes, codes


def test_request_is_a_call_with_url_headers_and_body() -> None:
    found = program(f"iwr {URL} -Headers @{{ Authorization = 'x' }} -Body '{{\"n\": 1}}'")
    (site,) = found.calls["Invoke-WebRequest"]
    call = found.language.lower(site.handle, site.block)
    assert isinstance(call, Call)
    assert [arg.name for arg in call.args] == ["url", "headers", "json"]
    assert all(isinstance(arg.value, Dict) for arg in call.args[1:])


def test_environment() -> None:
    assert findings('$env:OPENAI_API_KEY = "x"\n') == [(1, 6, "CLC204")]
    assert findings('${env:OPENAI_API_KEY} = "x"\n') == [(1, 7, "CLC204")]
    assert findings("$k = [Environment]::GetEnvironmentVariable('OPENAI_API_KEY')\n") == [(1, 44, "CLC204")]
    assert findings('Set-Item Env:OPENAI_API_KEY "x"\n') == [(1, 14, "CLC204")]
    assert findings('$env:OPENAI_BASE_URL = "https://api.openai.com/v1"\n') == [(1, 24, "CLC102")]
    assert findings('$env:CLAUDE_API_KEY="your-key-here"\n') == []


def test_prose_and_comments_say_nothing() -> None:
    assert findings("# gpt-4o\n<# $env:OPENAI_API_KEY #>\nWrite-Host 'gpt-4o'\n") == []


def test_names_are_case_insensitive() -> None:
    text = f"$Body = @{{ Model = 'gpt-4o'; n = 3 }}\nINVOKE-RESTMETHOD -URI {URL} -BODY ($body | convertto-json)\n"
    assert {code for _, _, code in findings(text)} == {"CLC104", "CLC301", "CLC401"}


def test_curl_in_powershell() -> None:
    text = f"curl.exe {URL} -d '{{\"model\": \"gpt-4o\", \"n\": 3}}'\n"
    assert [code for _, _, code in findings(text)] == ["CLC104", "CLC301", "CLC401"]


UNITS = (
    "@{a=", "@(", "$(", '"$(', "(", "{", "[", '@"\n', "if (", "switch ($x) { ", "function f {", '"', "'", "`", "$a.b",
    "$x = ", "$x += 1\n", "a | ", "-a ", "1,", '"a"+', "$a[", "<#", "$x.y(", "openai ", "param(", '$h.Add("a",1)\n',
    "[Env]::X(", "'gpt-4o',", "@{model=\"gpt-4o\";messages=@()}\n", "\x00", "é", "\r\n", "}", ")", "return ",
)  # fmt: skip


def test_nothing_breaks_it() -> None:
    rng = random.Random(7)
    texts = [unit * 10000 for unit in UNITS]
    texts += ["".join(rng.choices((*UNITS, "\n", " "), k=rng.randint(1, 80))) for _ in range(200)]
    for text in texts:
        report = check(Source("x.ps1", "openai\n" + text), None, Config("/"), "powershell")
        assert not [one for one in report.findings if one.finding.code == "CLC000"], text[:60]
