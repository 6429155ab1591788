"""Runs `tlgen` on schemas with and without faults, and validates what it writes for CI systems.

Arguments: the program, the JSON Schema of SARIF, the XML Schema of JUnit.
"""

import json
import os
import pathlib
import subprocess
import sys
import tempfile

import jsonschema
import xmlschema

PROGRAM, SARIF, JUNIT = sys.argv[1:]

FILES = {
    "good.tl": "a = A;\n",
    "bad.tl": "// <&> \"жук\"\nuser id:lnog = User;\nuser id:int = User;\n",
    "warned.tl": "a#1 = A;\nb#1 = A2;\n// LAYER 2\n",
    "syntax.tl": "a = ;\nb x:Vector<int = B;\n",
    "old.tl": "// LAYER 1\nuser#1 id:int name:string = User;\nchat#2 id:int = Chat;\npeer#3 user_id:int = Peer;\n"
    "---functions---\nusers.get#10 ids:Vector<int> = Vector<User>;\nusers.block#11 id:int = Bool;\n",
    "new.tl": "// LAYER 2\nuser#21 flags:# id:long name:flags.0?string = User;\nchat#22 id:long = Chat;\npeer#23 user_id:long = Peer;\n"
    "---functions---\nusers.get#30 ids:Vector<long> = Vector<User>;\n",
}

# Arguments, to which the form is added.
CALLS = [
    ["check", "good.tl"],
    ["check", "good.tl", "bad.tl", "warned.tl", "syntax.tl"],
    ["check", "missing.tl"],
    ["lint", "old.tl", "new.tl", "syntax.tl"],
    ["lint", "new.tl", "--against", "old.tl"],
    ["diff", "old.tl", "new.tl"],
    ["diff", "new.tl", "old.tl", "--fail-on", "any"],
    ["diff", "old.tl", "old.tl"],
    ["diff", "old.tl", "new.tl", "--fail-on", "wire", "--approve", "planned <&>"],
    # Some are approved, some approvals match nothing.
    ["diff", "new.tl", "old.tl", "--fail-on", "wire"],
    ["diff", "old.tl", "new.tl", "--fail-on", "any"],
]


def form(call: list[str], name: str) -> list[str]:
    return [*call, "--format" if call[0] == "diff" else "--error-format", name]


def main() -> None:
    with open(SARIF, encoding="utf-8") as file:
        schema = json.load(file)
    sarif = jsonschema.validators.validator_for(schema)(schema)
    junit = xmlschema.XMLSchema(JUNIT)
    calls = list(CALLS)
    if corpus := os.environ.get("TL_CORPUS"):
        layers = pathlib.Path(corpus) / "schemas" / "telegram"
        calls.append(["diff", str(layers / "api-layer-222.tl"), str(layers / "api-layer-228.tl")])
    documents = results = cases = 0
    with tempfile.TemporaryDirectory() as folder:
        for name, text in FILES.items():
            (pathlib.Path(folder) / name).write_text(text, encoding="utf-8")

        def said(call: list[str]) -> str:
            run = subprocess.run([PROGRAM, *call], cwd=folder, capture_output=True, encoding="utf-8")
            if run.returncode not in (0, 1, 2):
                sys.exit(f"{call}: {run.returncode}\n{run.stderr}")
            # A call that is wrong writes no document.
            if run.returncode == 2:
                return ""
            return run.stdout or run.stderr

        for call in calls:
            if text := said(form(call, "sarif")):
                document = json.loads(text)
                for error in sarif.iter_errors(document):
                    sys.exit(f"{call}: {error}")
                documents += 1
                results += sum(len(run["results"]) for run in document["runs"])
            if text := said(form(call, "junit")):
                junit.validate(text)
                documents += 1
                cases += text.count("<testcase ")
    # The schemas refuse what is wrong, so they are really asked.
    wrong = {"version": "2.1.0", "runs": [{"results": [{"message": 1}]}]}
    if sarif.is_valid(wrong) or junit.is_valid("<testsuites><testcase/></testsuites>"):
        sys.exit("a schema takes everything")
    if results < 40 or cases < 20:
        sys.exit(f"only {results} results and {cases} cases")
    print(f"{documents} documents are valid: {results} results of SARIF, {cases} cases of JUnit")


main()
