"""The line protocol of rnn-bench/compare: a request and a reply are a line of JSON each.

A peer calls `serve` with a function that makes a task of a row. Requests, by their "do":

  choose    a row with all its parameters -> tries settings, replies the "choice" among them; the process ends then,
            since what it has tried would count as memory of what it measures
  prepare   the same with the "choice"    -> makes the task, warms it up, replies the seconds of a step
  run       "steps"                       -> one timed round: seconds, tokens, or percentiles of latency
  save      a row and a "file"            -> writes a model that `FILE` on the command line loads
  memory                                  -> the greatest resident memory since `prepare`, in bytes
  quit

`converse` is the protocol alone, for any requests. What a library prints on standard output goes to standard error, so
that it cannot be taken for a reply.
"""

import json
import os
import random
import sys
import time
import traceback

SMALL_TRIAL_SECONDS = 0.4
LEAST_TRIAL_STEPS = 3


def converse(version, answers):
    """Replies to requests until the orchestrator says quit or goes away.

    `answers` is given the function that writes a message, and gives by each "do" the function from request to reply.
    """
    replies = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)

    def reply(message):
        replies.write(json.dumps(message) + "\n")
        replies.flush()

    known = answers(reply)
    reply({"ready": True, "version": version})
    for line in sys.stdin:
        request = json.loads(line)
        if request["do"] == "quit":
            return
        if request["do"] not in known:
            reply({"error": "unknown request " + request["do"]})
            continue
        try:
            reply(known[request["do"]](request))
        except Exception as failure:  # whatever a library throws becomes the reason in the table
            traceback.print_exc()
            reply({"error": f"{type(failure).__name__}: {failure}".strip().splitlines()[0]})


def serve(version, make_task, save):
    """Replies to the requests of rnn-bench/compare."""
    prepared = None

    def prepare(row):
        nonlocal prepared
        forget_peak_memory()
        prepared = make_task(row)
        return {"secondsPerStep": warm_up(prepared, row), "settings": prepared.settings}

    def saved(row):
        save(row, row["file"])
        return {}

    answers = {
        "choose": lambda row: {"choice": make_task(row).choice},
        "prepare": prepare,
        "run": lambda request: measured(prepared, request),
        "save": saved,
        "memory": lambda request: {"peakBytes": peak_memory()},
    }
    converse(version, lambda reply: answers)


class Task:
    """Something to be timed: `step(i)` works on batch i, modulo their number, and gives its real tokens."""

    settings = ""
    choice = 0

    def step(self, i):
        raise NotImplementedError

    def finish(self):
        """Called within the timed part, after the last step, and gives more to report."""
        return {}


def measured(task, request):
    """One timed round: latencies of single calls, or so many steps as a whole."""
    if request.get("kind") == "one_text":
        return latencies(task, request["steps"])
    tokens = 0
    start = time.perf_counter()
    for i in range(request["steps"]):
        tokens += task.step(i)
    extra = task.finish()
    return {"seconds": time.perf_counter() - start, "tokens": tokens, **extra}


def latencies(task, calls):
    """Percentiles of the time of a call, over the given number of calls or one second of them."""
    taken = []
    begin = time.perf_counter_ns()
    for i in range(calls):
        start = time.perf_counter_ns()
        task.step(i)
        end = time.perf_counter_ns()
        taken.append(end - start)
        if end - begin > 1_000_000_000:
            break
    taken.sort()
    return {
        "p50": taken[len(taken) // 2] / 1e6,
        "p99": taken[min(len(taken) - 1, len(taken) * 99 // 100)] / 1e6,
        "calls": len(taken),
    }


def warm_up(task, row):
    """Steps until there were enough of them, and for long enough; gives the seconds of a late step.

    Who is so slow that the steps would take longer than the limit, stops there.
    """
    taken, elapsed, begin = [], 0, time.perf_counter()
    while (len(taken) < row["warmupSteps"] and (len(taken) < 2 or elapsed < row["warmupLimit"])) or (
        elapsed < row["warmupSeconds"]
    ):
        start = time.perf_counter()
        task.step(len(taken))
        taken.append(time.perf_counter() - start)
        elapsed = time.perf_counter() - begin
    task.finish()
    late = sorted(taken[len(taken) // 2 :])
    return late[len(late) // 2]


def fastest(row, candidates):
    """Of functions that make a task, the task of the one that was chosen before. If none was, the task that is
    fastest in short trials, which run in turns so that a moment when the machine is slow is not held against
    one of them; a failing one is out."""
    candidates = list(candidates)
    if "choice" in row:
        return candidates[row["choice"]]()
    tasks, failures = [], []

    def attempt(trial, *arguments):
        try:
            return trial(*arguments)
        except Exception as failure:
            print(f"trial failed: {failure}", file=sys.stderr)
            failures.append(failure)
            return None

    def made(make):
        task = make()
        task.step(0)
        return task

    def timed(task, i):
        start = time.perf_counter()
        task.step(i)
        return time.perf_counter() - start

    for number, make in enumerate(candidates):
        task = attempt(made, make)
        if task is not None:
            task.choice = number
            tasks.append((task, []))
    begin, i = time.perf_counter(), 0
    while i < LEAST_TRIAL_STEPS or (i < 40 and time.perf_counter() - begin < SMALL_TRIAL_SECONDS * len(tasks)):
        i += 1
        for task, seconds in list(tasks):
            taken = attempt(timed, task, i)
            if taken is None:
                tasks.remove((task, seconds))
            else:
                seconds.append(taken)
    if not tasks:
        raise failures[0]
    typical = [sorted(seconds)[len(seconds) // 2] for _, seconds in tasks]
    for (task, _), seconds in zip(tasks, typical):
        print(f"trial: {task.settings}: {seconds * 1e3:.2f} ms", file=sys.stderr)
    return tasks[typical.index(min(typical))][0]


def lengths_of(row):
    """The lengths of the texts of each batch."""
    return row["lengths"] or [[row["length"]] * row["batch"]] * row["batches"]


def random_ids(row):
    """For each batch a list of texts, each a list of random ids: in ragged rows, which stand for
    real texts, as often as Zipf's law has it (the n-th word has a share of 1/n), else uniform."""
    draw = random.Random(row["seed"])
    if row["lengths"]:
        zipf = lambda: int(row["vocabulary"] ** draw.random()) - 1
        return [[[zipf() for _ in range(n)] for n in batch] for batch in lengths_of(row)]
    return [[draw.choices(range(row["vocabulary"]), k=n) for n in batch] for batch in lengths_of(row)]


def random_labels(row):
    """For each batch a list of random classes."""
    draw = random.Random(row["seed"] + 1)
    return [draw.choices(range(row["outputs"]), k=len(batch)) for batch in lengths_of(row)]


def padded(texts):
    """Texts filled up with zeros behind, to the longest."""
    longest = max(len(text) for text in texts)
    return [text + [0] * (longest - len(text)) for text in texts]


def forget_peak_memory():
    """Starts the peak anew at what is resident now, where the system permits."""
    try:
        with open("/proc/self/clear_refs", "w") as file:
            file.write("5")
    except OSError:
        pass


def peak_memory():
    """The peak of resident memory in bytes, or None where the system does not tell."""
    try:
        with open("/proc/self/status") as file:
            for line in file:
                if line.startswith("VmHWM:"):
                    return int(line.split()[1]) * 1024
    except OSError:
        pass
    return None


def rate(work, operations, seconds=0.2):
    """The rate of repeated work in 10^9 operations a second."""
    work()
    done, start = 0, time.perf_counter()
    while time.perf_counter() - start < seconds:
        work()
        done += 1
    return done * operations / (time.perf_counter() - start) / 1e9
