#!/usr/bin/env python3
"""quorate beside NetworkX and igraph: the same network, the same questions, equal answers, one run.

    cargo build --release --example network_race
    pip install -r benches/network_peers/requirements.txt
    python3 benches/network_peers/compare.py target/release/examples/network_race

2,000 people and 10,000 ties of random strengths, five people who can be asked, and a number of people to be reached. Asked of each: the best three
simple paths of at most four lines by the product of strengths, then fewer lines, then ids; and the most paths that have only the target in
common. NetworkX has no ranked search for simple paths with a limit, so it lists them all (`all_simple_paths(cutoff=4)`) and sorts. Building
the networks is left out everywhere. Prints the median of the rounds and the ratios, and fails when any answer differs.
"""
import argparse
import csv
import json
import random
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import igraph
import networkx as nx

ROOT = "root"  # stands before all sources, so that paths from any of them are paths from one node


def network(people, ties, seed):
    """Ties by their two ends, each pair once, with a strength 1..100."""
    draw = random.Random(seed)
    ids = [f"c{number:05}" for number in range(people)]
    chosen = {}
    # Everybody is tied to somebody, so that nobody is unknown to the others.
    for number in range(1, people):
        chosen[(ids[draw.randrange(number)], ids[number])] = draw.randint(1, 100)
    while len(chosen) < ties:
        one, other = sorted(draw.sample(ids, 2))
        chosen.setdefault((one, other), draw.randint(1, 100))
    return ids, chosen


def questions(ids, count, seed):
    draw = random.Random(seed)
    sources = draw.sample(ids, 5)
    return sources, draw.sample([one for one in ids if one not in sources], count)


def by_networkx(graph, sources, target):
    found = []
    for source in sources:
        for path in nx.all_simple_paths(graph, source, target, cutoff=4):
            quality = 10 ** (2 * (5 - len(path)))
            for one, other in zip(path, path[1:]):
                quality *= graph[one][other]["strength"]
            found.append((-quality, len(path), path))
    found.sort()
    return [[path, str(-quality)] for quality, _, path in found[:3]]


def timed(what):
    begun = time.perf_counter()
    answer = what()
    return answer, time.perf_counter() - begun


def one_round(binary, folder, ids, ties, sources, targets):
    graph = nx.Graph()
    graph.add_nodes_from(ids)
    graph.add_edges_from((one, other, {"strength": strength}) for (one, other), strength in ties.items())
    paths, for_paths = timed(lambda: [by_networkx(graph, sources, target) for target in targets])

    directed = nx.DiGraph(graph)
    directed.add_edges_from((ROOT, source) for source in sources)
    disjoint, for_disjoint = timed(lambda: [len(list(nx.node_disjoint_paths(directed, ROOT, target))) for target in targets])

    numbers = {one: number for number, one in enumerate([*ids, ROOT])}
    edges = [(numbers[one], numbers[other]) for one, other in ties]
    harder = igraph.Graph(n=len(numbers), edges=edges + [(b, a) for a, b in edges] + [(numbers[ROOT], numbers[s]) for s in sources], directed=True)
    by_igraph, for_igraph = timed(
        lambda: [harder.vertex_disjoint_paths(numbers[ROOT], numbers[target], checks=False, neighbors="ignore") for target in targets]
    )

    run = subprocess.run([binary, folder / "ties.csv", folder / "asked.csv"], capture_output=True, text=True, check=True)
    ours, times = [json.loads(line) for line in run.stdout.splitlines()], json.loads(run.stderr.splitlines()[-1])
    for target, answer, path, count, other in zip(targets, ours, paths, disjoint, by_igraph, strict=True):
        if answer["paths"] != path or answer["disjoint"] != count or count != other:
            sys.exit(f"answers differ for {target}:\n  {answer}\n  {path} {count} {other}")
    return {
        "paths: NetworkX": for_paths,
        "paths: quorate": times["paths"] / 1e6,
        "disjoint: NetworkX": for_disjoint,
        "disjoint: igraph": for_igraph,
        # With who is on every path, which neither of the others was asked.
        "disjoint: quorate": times["resilience"] / 1e6,
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("binary")
    parser.add_argument("--people", type=int, default=2_000)
    parser.add_argument("--ties", type=int, default=10_000)
    parser.add_argument("--targets", type=int, default=40)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    ids, ties = network(asked.people, asked.ties, asked.seed)
    sources, targets = questions(ids, asked.targets, asked.seed + 1)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with open(folder / "ties.csv", "w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows([("from", "to", "strength"), *((one, other, strength) for (one, other), strength in ties.items())])
        with open(folder / "asked.csv", "w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows([("sources", "target"), *((";".join(sources), target) for target in targets)])
        rounds = [one_round(asked.binary, folder, ids, ties, sources, targets) for _ in range(asked.rounds)]
    medians = {what: statistics.median(one[what] for one in rounds) for what in rounds[0]}
    print(f"{asked.people} people, {asked.ties} ties, {asked.targets} targets, median of {asked.rounds} rounds; all answers equal")
    for what, seconds in medians.items():
        print(f"  {what:<20} {seconds * 1e3:10.2f} ms")
    ratio = lambda other, what: medians[f"{what}: {other}"] / medians[f"{what}: quorate"]
    print(f"  paths: {ratio('NetworkX', 'paths'):.0f} times NetworkX; disjoint: {ratio('NetworkX', 'disjoint'):.0f} times NetworkX, {ratio('igraph', 'disjoint'):.1f} times igraph")


if __name__ == "__main__":
    main()
