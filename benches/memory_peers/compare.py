"""The most memory that quorate and DuckDB take for one portfolio, each in a process of its own, with equal answers.

    cargo build --release --example throughput
    python3 -m venv venv && venv/bin/pip install -r benches/memory_peers/requirements.txt
    venv/bin/python benches/memory_peers/compare.py target/release/examples/throughput WORKLOAD [rounds]

WORKLOAD is a folder of columns as `examples/throughput` reads it. Each process reads the same columns and assesses every account on the day after which
nothing happened: quorate by `throughput`, DuckDB by one query (that of `benches/replay_peers`) on two threads, from Arrow tables over the columns, once
reading them where they are and once from tables of its own that were made of them. Told is the most that was resident at one time (ru_maxrss); "empty"
is the same Python process before its first query, with its libraries and the Arrow tables. Fails when points or verdicts disagree.
"""
import importlib.util, json, os, pathlib, statistics, sys, tempfile

HERE = pathlib.Path(__file__).resolve()


def query():
    """The tables and the query of the other comparison."""
    spec = importlib.util.spec_from_file_location("replay_peers", HERE.parents[1] / "replay_peers/compare.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def read(folder):
    import numpy as np
    kinds = {"contact_account.u32": "<u4", "contact_role.u8": "u1", "signal_contact.u32": "<u4", "signal_kind.u8": "u1", "signal_day.i32": "<i4"}
    return {name: np.fromfile(folder / name, kind) for name, kind in kinds.items()}


def duckdb_alone(how, folder, day):
    """What the child process does: one query, printed as points and verdicts."""
    peers = query()
    con = peers.duckdb.connect()
    con.execute("set threads=2")
    given = peers.tables(read(folder), wide=False)
    for name, table in given.items():
        con.register(name if how != "tables" else "given_" + name, table)
    if how == "empty":
        return
    if how == "tables":
        for name in given:
            con.execute(f"create table {name} as select * from given_{name}")
    con.execute("create view counts as select c, kind, day, count(*) n from signals group by all")
    points, _, _, qualified = peers.ask(con, day)
    print(json.dumps(dict(points=int(points), qualified=int(qualified))))


def most_of(command):
    """The most resident memory of a process, in MB, and what it printed."""
    with tempfile.TemporaryFile() as out:
        child = os.posix_spawnp(command[0], command, os.environ, file_actions=[(os.POSIX_SPAWN_DUP2, out.fileno(), 1)])
        _, status, used = os.wait4(child, 0)
        out.seek(0)
        printed = out.read().decode()
    if status != 0:
        raise SystemExit(f"{command} failed")
    return used.ru_maxrss / 1024, json.loads(printed) if printed else None


def main():
    throughput, folder = sys.argv[1], pathlib.Path(sys.argv[2])
    rounds = int(sys.argv[3]) if len(sys.argv) > 3 else 3
    import numpy as np
    day = int(np.fromfile(folder / "signal_day.i32", "<i4").max())
    child = [sys.executable, str(HERE), "--duckdb"]
    contenders = {"quorate, one thread": [throughput, str(folder), "--days", str(day), "--rounds", "1"]}
    contenders |= {f"DuckDB, {how}": child + [how, str(folder), str(day)] for how in ("empty", "arrow", "tables")}
    took, found = {}, {}
    for _ in range(rounds):
        for name, command in contenders.items():
            most, answer = most_of(command)
            took.setdefault(name, []).append(most)
            found[name] = answer
    ours = found["quorate, one thread"]["sums"][str(day)]
    # Points in the 13 decimals that both add up in.
    ours = dict(points=int(ours["points"].replace(".", "")), qualified=ours["qualified"])
    least = min(statistics.median(took[f"DuckDB, {how}"]) for how in ("arrow", "tables"))
    for name, times in took.items():
        most = statistics.median(times)
        print(f"{name:22} {most:7.0f} MB = {most / least:5.2f} x ({', '.join(f'{one:.0f}' for one in times)})")
    if any(found[f"DuckDB, {how}"] != ours for how in ("arrow", "tables")):
        raise SystemExit(f"DISAGREE: {found}")
    print("agree")


if sys.argv[1:2] == ["--duckdb"]:
    duckdb_alone(sys.argv[2], pathlib.Path(sys.argv[3]), int(sys.argv[4]))
else:
    main()
