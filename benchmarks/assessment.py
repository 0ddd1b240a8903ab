"""How long an assessment of ratings takes, and its fit beside R's lme4: python benchmarks/assessment.py

The small one inside this process, the large one as the command that anybody runs, with its memory, and the
fit of the crossed model in turns with lme4's where Rscript and lme4 are installed.
"""

from __future__ import annotations

import csv
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

sys.path.insert(0, str(Path(__file__).parent.parent))
os.environ["OPENBLAS_NUM_THREADS"] = "1"  # As the command sets it.

import numpy as np

from hiring.assessment.estimates import NotEnough
from hiring.assessment.linkage import parts
from hiring.assessment.mixed_model import Fit, fit
from hiring.assessment.ratings import Ratings
from hiring.assessment.reliability import reliability
from hiring.assessment.report import assessment
from hiring.assessment.standing import standings

ROOT = Path(__file__).parent.parent
ROUNDS, LARGE_ROUNDS = 15, 5
GOAL_SMALL, GOAL_LARGE, GOAL_MEMORY, GOAL_R = 0.050, 2.0, 300.0, 3.0
LME4 = """
suppressMessages(library(lme4))
input <- file("stdin", "r")
while (length(name <- readLines(input, 1)) == 1) {
  rows <- read.csv(name)
  took <- system.time(model <- lmer(score ~ 1 + (1 | candidate) + (1 | interviewer), rows))["elapsed"]
  cat(took, as.data.frame(VarCorr(model))$vcov, "\\n")
  flush(stdout())
}
"""


def ratings(candidates: int, interviewers: int, each: int, items: int, seed: int = 1) -> Ratings:
    """Scores in levels from 1 to 5, each candidate rated by interviewers drawn by lot."""
    chance = np.random.default_rng(seed)
    ability, kindness = chance.normal(0, 0.7, candidates), chance.normal(0, 0.4, interviewers)
    rows = []
    for candidate in range(candidates):
        for interviewer in chance.permutation(interviewers)[:each].tolist():
            level = 3 + ability[candidate] + kindness[interviewer] + chance.normal(0, 0.5)
            scores = np.clip(np.rint(level + chance.normal(0, 0.6, items)), 1, 5)
            rows += [
                (f"C{candidate}", f"I{interviewer}", f"S{item}", float(score))
                for item, score in enumerate(scores)
            ]
    return Ratings.of(rows)


def timed(work: Callable[[], object], rounds: int = ROUNDS) -> float:
    """The median time of some rounds, after one to warm up."""
    work()
    times = []
    for _ in range(rounds):
        begin = perf_counter()
        work()
        times.append(perf_counter() - begin)
    return median(times)


def small() -> None:
    """120 ratings inside a process."""
    table = ratings(40, 12, 3, 1)
    means = table.means
    fitted = fit(means)
    print("120 ratings (40 candidates, 12 interviewers, 3 each), inside a process")
    print(f"  fit                 {1000 * timed(lambda: fit(means)):8.1f} ms")
    print(f"  reliability         {1000 * timed(lambda: reliability(means, fitted)):8.1f} ms")
    print(
        f"  standings           {1000 * timed(lambda: standings(means, fitted, parts(means), 3, 0)):8.1f} ms"
    )
    whole = timed(lambda: assessment(table, 3, 0))
    print(f"  whole assessment    {1000 * whole:8.1f} ms   {verdict(whole, GOAL_SMALL)} 50 ms\n")


def large(folder: Path) -> None:
    """60,000 ratings as a whole process."""
    table = ratings(2_000, 60, 3, 10)
    file = folder / "ratings.csv"
    write(table, file)
    print(f"{len(table.score):,} ratings (2,000 candidates, 60 interviewers, 10 skills), whole process")
    command = [sys.executable, "-m", "hiring.cli", "assess", str(file), "--format", "json", "--scale", "1:5"]
    runs = [run(command) for _ in range(LARGE_ROUNDS)]
    if any(status for status, _, _ in runs):
        print("  hiring assess did not run\n")
        return
    took, memory = median(time for _, time, _ in runs), max(peak for _, _, peak in runs)
    print(f"  time                {took:8.2f} s    {verdict(took, GOAL_LARGE)} 2 s")
    print(f"  peak memory         {memory:8.0f} MB   {verdict(memory, GOAL_MEMORY)} 300 MB\n")


def write(table: Ratings, file: Path) -> None:
    """The ratings in long format."""
    with file.open("w", newline="", encoding="utf-8") as out:
        writer = csv.writer(out)
        writer.writerow(("candidate", "interviewer", "item", "score"))
        for candidate, interviewer, item, score in zip(
            table.candidate, table.interviewer, table.item, table.score, strict=True
        ):
            writer.writerow(
                (
                    table.candidates[candidate],
                    table.interviewers[interviewer],
                    table.items[item],
                    f"{score:g}",
                )
            )


def run(command: list[str]) -> tuple[int, float, float]:
    """How the command ended, the seconds it took and the megabytes it needed at most."""
    begin = perf_counter()
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return process.returncode, perf_counter() - begin, used.ru_maxrss / 1024


def beside_lme4(folder: Path) -> None:
    """The fit alone, ours and lme4's by turns."""
    with lme4() as fit_by_lme4:
        if fit_by_lme4 is None:
            print("lme4: Rscript or lme4 is not installed here, nothing to compare with")
            return
        print("The fit, in turns with lme4")
        for shape in ((40, 12, 3), (500, 40, 3), (2_000, 60, 3)):
            compare(ratings(*shape, 1), folder, fit_by_lme4)


def has_lme4() -> bool:
    """Whether R and lme4 are installed."""
    if shutil.which("Rscript") is None:
        return False
    question = 'quit(status = !requireNamespace("lme4", quietly = TRUE))'
    return subprocess.run(["Rscript", "-e", question], capture_output=True, check=False).returncode == 0


@contextmanager
def lme4() -> Iterator[Callable[[Path], list[float]] | None]:
    """A function that fits a file by lme4 and tells the seconds and the variances; None without lme4."""
    if not has_lme4():
        yield None
        return
    command = ["Rscript", "-e", LME4]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        if process.stdin is None or process.stdout is None:
            raise RuntimeError("Rscript has no pipes.")
        asked, answered = process.stdin, process.stdout

        def ask(file: Path) -> list[float]:
            asked.write(f"{file}\n")
            asked.flush()
            return [float(word) for word in answered.readline().split()]

        try:
            yield ask
        finally:
            asked.close()


def compare(table: Ratings, folder: Path, fit_by_lme4: Callable[[Path], list[float]]) -> None:
    """One design by both."""
    file, means = folder / "design.csv", table.means
    write(table, file)
    own, other = [], []
    for _ in range(LARGE_ROUNDS + 1):
        begin = perf_counter()
        fitted = fit(means)
        own.append(perf_counter() - begin)
        answer = fit_by_lme4(file)
        other.append(answer[0])
    ours, theirs = median(own[1:]), median(other[1:])
    shape = f"{len(means.candidates)} x {len(means.interviewers)}, {len(means.value)} ratings"
    print(f"  {shape:28}{1000 * ours:8.1f} ms {1000 * theirs:8.1f} ms", end="")
    print(f"   ratio {ours / theirs:5.2f}, {verdict(ours / theirs, GOAL_R)} {GOAL_R:.0f}")
    print(f"    variances {variances(fitted)}   lme4's {' '.join(f'{value:.5f}' for value in answer[1:])}")


def variances(fitted: Fit | NotEnough) -> str:
    """The components of candidates, interviewers and residual."""
    if isinstance(fitted, NotEnough):
        return fitted.why
    parts = (fitted.candidate_variance, fitted.interviewer_variance, fitted.residual_variance)
    return " ".join(f"{value:.5f}" for value in parts)


def verdict(value: float, goal: float) -> str:
    """Whether a goal is reached."""
    return "within" if value <= goal else "beyond"


def main() -> None:
    """Measures all three."""
    small()
    with TemporaryDirectory(prefix="hiring-benchmark-") as folder:
        large(Path(folder))
        beside_lme4(Path(folder))


if __name__ == "__main__":
    main()
