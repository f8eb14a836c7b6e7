"""What a repository with a handbook runs by itself: workflows of CI, and hooks before a commit."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from handbook.diff.rules.examples import FILES
from handbook.write.parcel import issue_text
from tests.conftest import Command
from tests.diff.repositories import commit, git, write
from tests.effort import FULL
from tests.propose.fake_github import FakeGitHub
from tests.propose.fake_gitlab import FakeGitLab
from tests.propose.fake_host import TOKEN
from tests.sites import ROOT, TOOL, copy_shipped_site, run, without_address_warning, write_site
from tests.slack import Slack

ENVIRONMENT = os.environ | {
    "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
    "NO_COLOR": "1",
    "GIT_AUTHOR_NAME": "Product ops",
    "GIT_AUTHOR_EMAIL": "product-ops@example.com",
    "GIT_COMMITTER_NAME": "Product ops",
    "GIT_COMMITTER_EMAIL": "product-ops@example.com",
}
ENVIRONMENT.pop("GITHUB_STEP_SUMMARY", None)


def commands(value: Any) -> Iterator[str]:
    """The calls of `handbook` in a workflow, in order."""
    if isinstance(value, str) and value.startswith("handbook "):
        yield value
    elif isinstance(value, (dict, list)):
        for part in value.values() if isinstance(value, dict) else value:
            yield from commands(part)


WORKFLOWS = {
    ".github/workflows/handbook.yml": ["validate", "validate", "diff", "validate", "build"],
    ".github/workflows/handbook-audit.yml": ["audit"],
    ".github/workflows/handbook-digest.yml": ["digest"],
    ".github/workflows/handbook-import.yml": ["import"],
    ".github/workflows/handbook-issues.yml": ["issues"],
    ".github/workflows/handbook-propose.yml": ["propose", "propose"],
    ".github/workflows/handbook-publish.yml": ["build"],
    ".github/workflows/handbook-release.yml": ["release", "release"],
    ".github/workflows/handbook-upgrade.yml": ["upgrade"],
    ".gitlab-ci.yml": [
        *("validate", "build", "validate", "diff", "validate", "upgrade"),
        *("build", "audit", "digest", "issues", "import", "propose", "release"),
    ],
}


Run = Callable[[Path, str, Mapping[str, str]], subprocess.CompletedProcess[str]]


def in_shell(site: Path, script: str, environment: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    """Runs a command as CI runs it."""
    return subprocess.run(
        script,
        shell=True,
        cwd=site,
        env={**ENVIRONMENT, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def run_in_ci(command: Command, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """Runs a command of a workflow; the gate only asks the shell what it makes of the command.

    There, Python is not started for each: the shell tells the words, and is given what they lead to.
    """
    if FULL:
        return in_shell
    answer = tmp_path / "answer"

    def call(site: Path, script: str, environment: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
        asking = in_shell(site, f"handbook() {{ printf '%s\\0' \"$@\" >&2; }}; {script}", environment)
        words = asking.stderr.split("\0")[:-1]
        if not words:  # It has no file to write to, or does not come to the command.
            return asking
        for name, value in {**ENVIRONMENT, **environment}.items():
            monkeypatch.setenv(name, value)
        # A site engine is started in a process of its own.
        done = (run if words[0] in {"build", "release"} else command)(site, *words)
        answer.write_text(done.stdout, encoding="utf-8")
        telling = f"handbook() {{ cat '{answer}'; return {done.returncode}; }}; {script}"
        told = in_shell(site, telling, environment)
        return subprocess.CompletedProcess(script, told.returncode, told.stdout, done.stderr + told.stderr)

    return call


@pytest.mark.slow
@pytest.mark.parametrize("workflow", WORKFLOWS)
def test_the_commands_of_a_workflow_succeed(
    tmp_path: Path, workflow: str, run_in_ci: Run, request: pytest.FixtureRequest
) -> None:
    """On a small handbook; with `make test-all` on the shipped one."""
    folder = tmp_path / "site"
    site = copy_shipped_site(folder) if FULL else write_site(folder, {})
    base = commit(site, {})
    git(site, "update-ref", "refs/remotes/origin/main", base)
    git(tmp_path, "init", "-q", "--bare", "pages.git")
    git(site, "remote", "add", "origin", f"{tmp_path}/pages.git")
    git(site, "tag", "2026.1")
    slack = Slack()
    request.addfinalizer(slack.close)
    github = FakeGitHub(tmp_path / "pages.git")
    request.addfinalizer(github.close)
    gitlab = FakeGitLab(tmp_path / "pages.git")
    request.addfinalizer(gitlab.close)
    change = {"op": "set", "kind": "team", "id": "nobody", "path": "/name", "value": "Nobody"}
    issue = github.add_issue("", issue_text("", {"proposal": 1, "operations": [change]}))
    event = {"action": "opened", "issue": {**issue, "author_association": "MEMBER"}}
    (tmp_path / "event.json").write_text(json.dumps(event), encoding="utf-8")
    environment = {
        "GITHUB_EVENT_PATH": str(tmp_path / "event.json"),
        "GITHUB_API_URL": github.url,
        "GITHUB_REPOSITORY": "acme/book",
        "GH_TOKEN": TOKEN,
        "CI_API_V4_URL": gitlab.url,
        "CI_PROJECT_ID": "1",
        "GITLAB_TOKEN": TOKEN,
        "GITHUB_BASE_REF": "main",
        "CI_MERGE_REQUEST_DIFF_BASE_SHA": base,
        "GITHUB_REF_NAME": "2026.1",
        "CI_COMMIT_TAG": "2026.1",
        "CI_PROJECT_DIR": str(site),
        "HANDBOOK_SLACK_WEBHOOK": slack.url,
        "RUNNER_TEMP": str(tmp_path),
    }
    found = list(commands(yaml.safe_load((ROOT / workflow).read_text(encoding="utf-8"))))
    assert [command.split()[1] for command in found] == WORKFLOWS[workflow]
    for command in found:
        # Every job begins with a clone of its own.
        git(site, "clean", "-fdxq")
        done = run_in_ci(site, command, environment)
        assert (done.returncode, without_address_warning(done.stderr)) == (0, ""), command
    assert len(slack.given) == WORKFLOWS[workflow].count("digest")
    assert len(github.comments) == WORKFLOWS[workflow].count("propose") // 2
    assert gitlab.refused == []
    released = git(site, "ls-remote", "origin", "refs/heads/gh-pages", "refs/tags/2026.1")
    assert len(released.splitlines()) == 2 * ("release" in WORKFLOWS[workflow])


@pytest.mark.parametrize("workflow", [".github/workflows/handbook.yml", ".gitlab-ci.yml"])
def test_a_workflow_stops_at_a_break_without_a_new_version(
    tmp_path: Path, workflow: str, run_in_ci: Run
) -> None:
    files = {"mkdocs.yml": "site_name: Test\n", **FILES}
    base = commit(tmp_path, files)
    git(tmp_path, "update-ref", "refs/remotes/origin/main", base)
    write(tmp_path, {"sources/teams.yaml": FILES["sources/teams.yaml"].replace("id: ops", "id: product-ops")})
    environment = {"GITHUB_BASE_REF": "main", "CI_MERGE_REQUEST_DIFF_BASE_SHA": base}
    found = list(commands(yaml.safe_load((ROOT / workflow).read_text(encoding="utf-8"))))
    (command,) = (command for command in found if "--against" in command)
    done = run_in_ci(tmp_path, command, environment)
    assert done.returncode == 1
    # A report in a file leaves the findings for people in the log.
    reports = [
        done.stdout,
        done.stderr,
        *(path.read_text(encoding="utf-8") for path in tmp_path.glob("gl-*.json")),
    ]
    assert any("HB402" in report for report in reports)


def test_the_first_command_of_a_workflow_stops_at_a_mistake(tmp_path: Path, run_in_ci: Run) -> None:
    site = write_site(tmp_path, {"tools_inventory.yaml": TOOL.replace("trial", "Trial")})
    for workflow in (".github/workflows/handbook.yml", ".gitlab-ci.yml"):
        command = next(commands(yaml.safe_load((ROOT / workflow).read_text(encoding="utf-8"))))
        done = run_in_ci(site, command, {})
        assert (done.returncode, done.stderr) == (1, "")


def set_up_hook(site: Path, name: str) -> list[str]:
    """A hook with the command that is installed here; with `make test-all` it is installed for it alone."""
    if FULL:
        return ["try-repo", str(ROOT), name]
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    (hook,) = (hook for hook in hooks if hook["id"] == name)
    local = {"repo": "local", "hooks": [hook | {"language": "system"}]}
    (site / ".pre-commit-config.yaml").write_text(yaml.safe_dump({"repos": [local]}), encoding="utf-8")
    return ["run", name]


@pytest.mark.slow
def test_a_hook_runs_before_a_commit_and_refuses_a_mistake_and_another_fixes_it(tmp_path: Path) -> None:
    site = write_site(tmp_path / "site", {})
    environment = ENVIRONMENT | {"PRE_COMMIT_HOME": str(tmp_path / "cache")}

    def call(*command: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(command, cwd=site, env=environment, capture_output=True, text=True, check=False)

    def hook(name: str) -> subprocess.CompletedProcess[str]:
        words = set_up_hook(site, name)
        call("git", "add", ".")
        return call("pre-commit", *words, "--all-files", "--verbose")

    assert call("git", "init", "-q").returncode == 0
    passed = hook("handbook-validate")
    assert passed.returncode == 0, passed.stdout + passed.stderr
    assert "no problems found" in passed.stdout
    (site / "tools_inventory.yaml").write_text(TOOL.replace("trial", "Trial"), encoding="utf-8")
    refused = hook("handbook-validate")
    assert refused.returncode == 1
    assert "tools_inventory.yaml:6:13: HB104 error" in refused.stdout
    fixed = hook("handbook-fix")
    assert fixed.returncode == 1
    assert "files were modified by this hook" in fixed.stdout
    assert (site / "tools_inventory.yaml").read_text(encoding="utf-8") == TOOL


def test_the_corrections_of_a_merge_request_are_a_patch_that_git_applies(
    tmp_path: Path, run_in_ci: Run
) -> None:
    site = write_site(tmp_path, {"tools_inventory.yaml": TOOL.replace("trial", "Trial")})
    (script,) = load(ROOT / ".gitlab-ci.yml")["corrections"]["script"]
    assert run_in_ci(site, script, {}).returncode == 1
    git(site, "init", "-q")
    git(site, "apply", "corrections.patch")
    assert (site / "tools_inventory.yaml").read_text(encoding="utf-8") == TOOL


GITHUB = sorted((ROOT / ".github/workflows").glob("*.yml"))
BY_FILE = pytest.mark.parametrize("file", [*GITHUB, ROOT / ".gitlab-ci.yml"], ids=lambda file: str(file.name))
GITHUB_BY_FILE = pytest.mark.parametrize("file", GITHUB, ids=lambda file: str(file.name))
_PINNED = re.compile(r"- uses: (?:([\w./-]+)@[0-9a-f]{40} # v\d+\.\d+\.\d+|\./.*)")
ACTION = ROOT / ".github/actions/set-up-handbook/action.yml"
INSTALLING = [ACTION, ROOT / ".gitlab-ci.yml", ROOT / ".devcontainer/devcontainer.json"]
_THAT_RUN_NOTHING = ("checkout", "create-github-app-token", "download-artifact")
"""Actions that run nothing of the files that they get. Git runs nothing of them either."""
_ENGINE = re.compile(r"^ *(?:#|//) engine\b.*\n(?:.*\n)*?^ *(?:#|//) end\n", re.MULTILINE)
"""The lines that this repository has in place of those of a site, which are in them as comments."""
_TOKEN = re.compile(r"github\.token|secrets\.|GITHUB_TOKEN")


def load(file: Path) -> Any:
    """A workflow; YAML takes its key `on` for a truth value."""
    return yaml.safe_load(file.read_text(encoding="utf-8"))


def jobs(file: Path) -> dict[str, Any]:
    """The jobs of a workflow, by name."""
    return dict(load(file)["jobs"])


def may_write(job: dict[str, Any]) -> bool:
    """Whether a job may change anything in the repository."""
    permissions = job["permissions"]  # Without them, the repository's settings decide.
    return not isinstance(permissions, dict) or any(value != "read" for value in permissions.values())


@pytest.mark.parametrize("file", [*GITHUB, ACTION], ids=lambda file: str(file.name))
def test_every_action_is_pinned_by_its_commit_and_names_its_version(file: Path) -> None:
    lines = [line.strip() for line in file.read_text(encoding="utf-8").splitlines() if "uses:" in line]
    assert lines or "gh " in file.read_text(encoding="utf-8")
    for line in lines:
        assert _PINNED.fullmatch(line if line.startswith("- ") else f"- {line}"), line


def test_an_action_has_the_same_commit_everywhere() -> None:
    text = "".join(file.read_text(encoding="utf-8") for file in [*GITHUB, ACTION])
    pins = {pin[0] for pin in _PINNED.finditer(text.replace("  uses:", "- uses:"))}
    assert len(pins) == len({pin.split("@")[0] for pin in pins}), sorted(pins)


@GITHUB_BY_FILE
def test_a_job_that_runs_what_a_pull_request_contains_may_only_read(file: Path) -> None:
    assert load(file)["permissions"] == {}
    for_pull_requests = "pull_request" in load(file)[True]
    for name, job in jobs(file).items():
        if may_write(job) and for_pull_requests:
            used = {step["uses"].split("@")[0] for step in job["steps"] if "uses" in step}
            assert used <= {f"actions/{each}" for each in _THAT_RUN_NOTHING}, name
            programs = {step["run"].split()[0] for step in job["steps"] if "run" in step}
            assert programs <= {"gh", "git", "printf", "test"}, name


@GITHUB_BY_FILE
def test_no_workflow_runs_with_the_rights_of_the_base_on_a_pull_request(file: Path) -> None:
    assert not {"pull_request_target", "workflow_run", "issue_comment"} & set(load(file)[True])


@GITHUB_BY_FILE
def test_no_shell_command_contains_what_an_expression_gives(file: Path) -> None:
    runs = [step["run"] for job in jobs(file).values() for step in job["steps"] if "run" in step]
    assert [run for run in runs if "${{" in run] == []


@BY_FILE
def test_no_credentials_are_left_in_a_clone(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert text.count("actions/checkout@") == text.count("persist-credentials: false")
    assert "set-url" not in text


@GITHUB_BY_FILE
def test_only_the_steps_that_tell_others_have_a_token(file: Path) -> None:
    for job in jobs(file).values():
        rest = {key: value for key, value in job.items() if key != "steps"}
        assert not _TOKEN.search(str(rest))
        having = [step.get("run", "") for step in job["steps"] if _TOKEN.search(str(step))]
        names = [step.get("uses", "").split("@")[0] for step in job["steps"] if _TOKEN.search(str(step))]
        assert all(
            run.startswith(("gh ", "git push ")) or "--push" in run or "--post" in run
            for run, name in zip(having, names, strict=True)
            if name != "actions/create-github-app-token"
        ), having


@pytest.mark.parametrize("file", INSTALLING, ids=lambda file: str(file.name))
def test_every_package_is_installed_with_its_hash(file: Path) -> None:
    calls = re.findall(r"pip install[^\n\"&]*", file.read_text(encoding="utf-8"))
    locked = [call for call in calls if "--require-hashes" in call]
    own = [call for call in calls if "--no-deps --no-build-isolation" in call and call.endswith(" .")]
    assert sorted(locked + own) == sorted(calls)


@pytest.mark.parametrize("file", INSTALLING, ids=lambda file: str(file.name))
def test_a_site_installs_its_own_locked_engine_once_and_nothing_else_is_different(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    (block,) = _ENGINE.findall(text)
    assert "pip install" not in _ENGINE.sub("", text)
    lines = re.findall(r"^( *)(?:#|//) site: (.*)$", block, re.MULTILINE)
    site = _ENGINE.sub("".join(f"{indent}{line}\n" for indent, line in lines), text)
    assert site.count("pip install") == 1
    if file.suffix == ".yml":
        assert yaml.safe_load(site).keys() == load(file).keys()


def test_make_and_readme_install_every_package_with_its_hash() -> None:
    for name in ("Makefile", "README.md", "CONTRIBUTING.md"):
        for call in re.findall(r"-m pip [^\n]*install[^\n]*", (ROOT / name).read_text(encoding="utf-8")):
            assert "--require-hashes" in call or "--no-deps --no-build-isolation" in call, call


def test_nothing_is_installed_by_a_name_that_is_not_ours() -> None:
    files = [path for name in ("docs", "scripts", "src") for path in (ROOT / name).rglob("*.*")]
    files += [
        *GITHUB,
        *INSTALLING,
        *ROOT.glob("*.md"),
        *ROOT.glob("*.toml"),
        *ROOT.glob(".*.y*ml"),
        ROOT / "Makefile",
    ]
    for file in files:
        if file.suffix in {".md", ".py", ".yml", ".yaml", ".toml", ""} and file.is_file():
            text = file.read_text(encoding="utf-8")
            assert not re.search(r"install[^\n]*\bproduct-handbook\b|product-handbook\[", text), file


@pytest.mark.parametrize(
    "name",
    [
        *("handbook-import.yml", "handbook-propose.yml", "handbook-release.yml", "handbook-upgrade.yml"),
        ".gitlab-ci.yml",
    ],
)
def test_git_is_given_the_token_when_it_pushes(name: str) -> None:
    if name.startswith("."):
        setting = " && ".join(load(ROOT / name)["release"]["script"][0])
        variables = {"GITLAB_TOKEN": "s3cret", "CI_SERVER_HOST": "host", "CI_PROJECT_PATH": "team/handbook"}
    else:
        steps = [step for job in jobs(ROOT / ".github/workflows" / name).values() for step in job["steps"]]
        (step,) = (step for step in steps if re.search("--push|^git push", step.get("run", "")))
        setting, variables = "true", {name: str(value) for name, value in step["env"].items()}
        variables |= {"GH_TOKEN": "s3cret"}
    done = subprocess.run(
        ["bash", "-c", f"{setting} && git credential fill"],
        input="protocol=https\nhost=host\n",
        env=ENVIRONMENT | {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_TERMINAL_PROMPT": "0"} | variables,
        capture_output=True,
        text=True,
        check=True,
    )
    assert "password=s3cret" in done.stdout


@pytest.mark.slow
def test_an_import_becomes_a_branch_and_a_pull_request_only_if_it_changes_something(tmp_path: Path) -> None:
    table = "Name,Summary,Category,Status\nMiro,{},roadmap,trial\n"
    site = write_site(tmp_path / "site", {"imports/tools.csv": table.format("Draws boards.")})
    assert run(site, "import", "tool", "imports/tools.csv").returncode == 0
    (site / ".gitignore").write_text("/*.md\n", encoding="utf-8")
    commit(site, {})
    git(tmp_path, "init", "-q", "--bare", "remote.git")
    git(site, "remote", "add", "origin", f"{tmp_path}/remote.git")
    gh = tmp_path / "bin/gh"
    gh.parent.mkdir()
    gh.write_text(f'#!/bin/sh\necho "$@" > {tmp_path}/said\n', encoding="utf-8")
    gh.chmod(0o755)
    environment = ENVIRONMENT | {
        "PATH": f"{gh.parent}{os.pathsep}{ENVIRONMENT['PATH']}",
        "RUNNER_TEMP": str(tmp_path),
        "GITHUB_OUTPUT": str(tmp_path / "output"),
        "GITHUB_STEP_SUMMARY": str(tmp_path / "summary"),
        "BRANCH": "handbook-import",
    }

    def run_job(name: str) -> None:
        for step in jobs(ROOT / ".github/workflows/handbook-import.yml")[name]["steps"]:
            if "run" in step:
                subprocess.run(["bash", "-e", "-c", step["run"]], cwd=site, env=environment, check=True)

    run_job("import")
    assert (tmp_path / "summary").read_text(encoding="utf-8")
    assert not (tmp_path / "output").exists()
    commit(site, {"imports/tools.csv": table.format("Draws all boards.")})
    run_job("import")
    assert (tmp_path / "output").exists()
    # The other job begins with a clone of its own.
    git(site, "reset", "-q", "--hard")
    run_job("propose")
    assert "+    summary: Draws all boards." in git(tmp_path / "remote.git", "show", "handbook-import")
    assert (tmp_path / "said").read_text(encoding="utf-8").startswith("pr create --head handbook-import")


@pytest.mark.parametrize(
    ("branch", "closed"),
    [("handbook-proposal-12", "12"), ("handbook-proposal-$(touch${IFS}x)", ""), ("handbook-proposal--R", "")],
)
def test_the_end_of_a_proposal_closes_its_issue_and_runs_nothing(
    tmp_path: Path, branch: str, closed: str
) -> None:
    (job,) = jobs(ROOT / ".github/workflows/handbook-proposal-end.yml").values()
    script = "\n".join(step["run"] for step in job["steps"])
    program = f"gh() {{ printf '%s' \"$3\" > closed; }}; set -e\n{script}"
    subprocess.run(
        ["bash", "-c", program],
        cwd=tmp_path,
        env=ENVIRONMENT | {"BRANCH": branch, "COMMENT": "Closed"},
        capture_output=True,
        check=False,
    )
    assert [path.read_text(encoding="utf-8") for path in tmp_path.iterdir()] == [closed][: bool(closed)]


@pytest.fixture
def comment(tmp_path: Path) -> Iterator[Any]:
    """Runs the job that comments on a pull request, with a `gh` that keeps what it is given."""
    programs = tmp_path / "bin"
    programs.mkdir()
    gh = programs / "gh"
    gh.write_text(
        '#!/bin/sh\n[ "$1" = pr ] && { printf "%s\\n" "$@" > said; cp comment.md posted; exit; }\n'
        '[ "$2" = --paginate ] && { cat made 2> /dev/null; exit 0; }\ncat >> suggested\nexit 1\n',
        encoding="utf-8",
    )
    gh.chmod(0o755)
    (tmp_path / "changes").mkdir()

    def run() -> bool:
        steps = jobs(ROOT / ".github/workflows/handbook.yml")["comment"]["steps"]
        environment = ENVIRONMENT | {
            "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
            "NUMBER": "7",
            "GH_REPO": "example/handbook",
            "COMMIT": "c0ffee",
            "RUN": "https://github.example.org/runs/8",
        }
        return all(
            subprocess.run(
                ["bash", "-e", "-c", step["run"]], cwd=tmp_path, env=environment, check=False
            ).returncode
            == 0
            for step in steps
            if "run" in step
        )

    yield run
    shutil.rmtree(programs)


def test_what_changes_is_posted_as_text_whatever_it_says(tmp_path: Path, comment: Any) -> None:
    text = "$(touch ran) `touch ran` ; touch ran\n--delete-last\n" + "é" * 100_000
    (tmp_path / "changes/changes.md").write_text(text, encoding="utf-8")
    assert comment()
    posted = (tmp_path / "posted").read_bytes()
    assert len(posted) <= 65_536
    told, _, preview = posted.rpartition(b"\n\n")
    assert text.encode().startswith(told)
    assert b"(https://github.example.org/runs/8#artifacts)" in preview
    assert (tmp_path / "said").read_text(encoding="utf-8").splitlines()[:3] == ["pr", "comment", "7"]
    assert not (tmp_path / "ran").exists()


@pytest.mark.skipif(not shutil.which("jq"), reason="runners of GitHub have it")
def test_suggestions_are_made_once_with_known_fields_only_and_the_refused_ones_stop_nothing(
    tmp_path: Path, comment: Any
) -> None:
    (tmp_path / "changes/changes.md").write_text("text", encoding="utf-8")
    comments = [
        {"path": f"{name}.yaml", "line": 1, "side": "RIGHT", "body": "$(touch ran)"} for name in "abc"
    ]
    lines = [json.dumps(each | {"in_reply_to": 1}) for each in comments]
    (tmp_path / "changes/suggestions.jsonl").write_text("\n".join([*lines, "{"]), encoding="utf-8")
    made = {"path": "b.yaml", "body": "$(touch ran)"}
    (tmp_path / "made").write_text(json.dumps(made), encoding="utf-8")
    assert comment()
    suggested = [
        json.loads(line) for line in (tmp_path / "suggested").read_text(encoding="utf-8").splitlines()
    ]
    assert suggested == [each | {"commit_id": "c0ffee"} for each in (comments[0], comments[2])]
    assert not (tmp_path / "ran").exists()


def test_a_link_in_place_of_what_changes_is_not_followed(tmp_path: Path, comment: Any) -> None:
    (tmp_path / "secret").write_text("s3cret", encoding="utf-8")
    (tmp_path / "changes/changes.md").symlink_to(tmp_path / "secret")
    assert not comment()
    assert not (tmp_path / "posted").exists()
