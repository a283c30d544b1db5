"""A year replayed by quorate beside the same days asked of DuckDB, in one run, with equal answers.

    cargo build --release --example replay_race
    python3 -m venv venv && venv/bin/pip install -r benches/replay_peers/requirements.txt
    venv/bin/python benches/replay_peers/compare.py target/release/examples/replay_race [accounts contacts signals rounds]

The data are drawn: accounts of all sizes, people who differ in how busy they are, 26 kinds of signals over 365 days. DuckDB holds the counts of each person,
kind and day in a table before the clock starts, and is asked once for each of 365 days for the default policy's points, readiness, engaged coverage and
verdict of every account; quorate starts from the single signals. Fails when any sum of any day disagrees. Only ratios of one run mean anything.
"""
import json, os, pathlib, statistics, subprocess, sys, tempfile, time
import duckdb, numpy as np, pyarrow as pa

LAST = 20400
POLICY = json.loads((pathlib.Path(__file__).parents[2] / "src/policy/default.json").read_text())
ROLES = [role["name"] for role in POLICY["roles"]]
WEIGHTS = [role["weight"] for role in POLICY["roles"]]
SEATS = {seat["role"] for template in POLICY["templates"] if template["name"] == POLICY["default_template"] for seat in template["seats"]}
KINDS = POLICY["kinds"]
CHANNELS = [channel["name"] for channel in POLICY["channels"]]
NANO = 10 ** 9
UNIT = 100 * NANO  # a point in the whole numbers that are added up


# How often each sort of act is seen.
OFTEN = dict(decisive=.15, high=.5, medium=2, low=6, trace=15, ignored=5, negative=.7)


def half_life(kind):
    return kind["decay"].get("half_life_days")


def draw(folder, accounts, contacts, signals):
    rng = np.random.default_rng(7)
    size = rng.lognormal(0, 1, accounts)
    busy = rng.lognormal(0, 1.5, contacts)
    mix = np.array([OFTEN[kind["tier"]] for kind in KINDS])
    columns = {
        "contact_account.u32": rng.choice(accounts, contacts, p=size / size.sum()).astype("<u4"),
        "contact_role.u8": rng.choice(len(ROLES), contacts, p=np.array([3, 5, 2, 8, 10, 15, 17, 5, 5, 30]) / 100).astype("u1"),
        "signal_contact.u32": rng.choice(contacts, signals, p=busy / busy.sum()).astype("<u4"),
        "signal_kind.u8": rng.choice(len(KINDS), signals, p=mix / mix.sum()).astype("u1"),
        "signal_day.i32": (LAST - np.minimum(rng.exponential(90, signals), 364)).astype("<i4"),
    }
    for name, column in columns.items():
        column.tofile(folder / name)
    for name, count, prefix in (("account_ids.txt", accounts, "001"), ("contact_ids.txt", contacts, "003")):
        numbers = rng.permutation(10 ** 9 // 2)[:count] if count > 10 ** 6 else rng.choice(10 ** 9, count, replace=False)
        (folder / name).write_text("\n".join(f"{prefix}{number:012d}" for number in numbers) + "\n")
    (folder / "kinds.txt").write_text(" ".join(kind["name"] for kind in KINDS) + "\n" + " ".join(ROLES) + "\n")
    return columns


def database(columns):
    con = duckdb.connect()
    con.execute("set threads=2")
    for name, table in tables(columns).items():
        con.register("given", table)
        con.execute(f"create table {name} as select * from given")
    con.execute("create table counts as select c, kind, day, count(*) n from signals group by all")
    return con


def tables(columns, wide=True):
    """What the query reads, as Arrow tables: the policy, and the columns of a workload, as wide as they came or, for replays, in 64 bits."""
    width = lambda column: column.astype("i8") if wide else column
    number = {name: at for at, name in enumerate(CHANNELS)}
    caps = {channel["name"]: int(channel.get("cap", 10 ** 6)) for channel in POLICY["channels"]}
    factor = lambda kind, age: NANO if half_life(kind) is None else round(2 ** (-age / half_life(kind)) * NANO)
    given = {
        "kinds": {"kind": list(range(len(KINDS))), "tier": [k["tier"] for k in KINDS], "points": [int(k["points"]) * 100 for k in KINDS],
                  "cap": [k["daily_cap"] for k in KINDS], "win": [k["window_days"] for k in KINDS], "channel": [number[k["channel"]] for k in KINDS]},
        "decay": {"kind": [at for at, k in enumerate(KINDS) for _ in range(k["window_days"])], "age": [age for k in KINDS for age in range(k["window_days"])],
                  "f": [factor(k, age) for k in KINDS for age in range(k["window_days"])]},
        "caps": {"channel": list(range(len(CHANNELS))), "ccap": [caps[name] * UNIT for name in CHANNELS]},
        "roles": {"role": list(range(len(ROLES))), "w": WEIGHTS, "required": [name in SEATS for name in ROLES],
                  "decides": [role.get("decides", False) for role in POLICY["roles"]], "champions": [role.get("champions", False) for role in POLICY["roles"]]},
        "contacts": {"c": width(np.arange(len(columns["contact_account.u32"]), dtype="<u4")), "a": columns["contact_account.u32"], "role": width(columns["contact_role.u8"])},
        "signals": {"c": width(columns["signal_contact.u32"]), "kind": width(columns["signal_kind.u8"]), "day": columns["signal_day.i32"]},
    }
    return {name: pa.table(table) for name, table in given.items()}


def ask(con, day):
    total = sum(weight for name, weight in zip(ROLES, WEIGHTS) if name in SEATS)
    return con.sql(f"""
    with line as (select c, channel, least(n, cap) * points * f v, tier, counts.day from counts join kinds using (kind)
                  join decay on decay.kind = counts.kind and decay.age = {day} - counts.day where counts.day <= {day} and {day} - counts.day < win),
    chan as (select c, line.channel, greatest(least(sum(v)::bigint, any_value(ccap)), -any_value(ccap)) v,
             bool_or(tier = 'decisive' and day >= {day - 30}) raised, bool_or(tier in ('decisive', 'high', 'medium')) medium
             from line join caps using (channel) group by c, line.channel),
    person as (select c, greatest(least(sum(v)::bigint, {200 * UNIT}), 0) p, bool_or(raised) raised,
               coalesce(bit_or(case when medium then 1::bigint << channel::bigint else 0::bigint end), 0) medium from chan group by c),
    member as (select a, role, w, required, decides, champions, coalesce(p, 0) p, coalesce(raised, false) raised, coalesce(medium, 0::bigint) medium
               from contacts join roles using (role) left join person using (c)),
    seat as (select a, role, any_value(w) w, any_value(required) required, any_value(decides) decides, any_value(champions) champions, max(p) p,
             sum(p * w)::hugeint pw, count(*) filter (p >= {10 * UNIT}) engaged, bool_or(raised) raised, bit_or(medium) medium from member group by a, role)
    select sum(pw) points, sum(readiness) readiness, sum(engaged) engaged, sum(qualified::int) qualified from (select a, sum(pw) pw,
           coalesce(round_even(sum(100.0 * w * least(p, {100 * UNIT}) / {100 * UNIT * total}.0) filter (required), 4), 0) readiness,
           round_even(100.0 * count(*) filter (required and engaged > 0) / {len(SEATS)}.0, 4) engaged,
           bool_or(raised) or (sum(pw) >= {100 * 100 * UNIT} and sum(engaged) >= 2
             and (bool_or(decides and engaged > 0) or (bool_or(champions and engaged > 0) and bool_or(decides)))
             and count(*) filter (required) * 2 >= {len(SEATS)} and bit_count(bit_or(medium)) >= 2) qualified
    from seat group by a)""").fetchall()[0]


def replay(command, folder, threads):
    ran = subprocess.run([command, folder, folder / "kinds.txt", str(LAST - 364), str(LAST), str(threads)], check=True, capture_output=True, text=True)
    return float(ran.stderr), [json.loads(line) for line in ran.stdout.splitlines()]


def main():
    command = pathlib.Path(sys.argv[1]).resolve()
    accounts, contacts, signals, rounds = [int(arg) for arg in sys.argv[2:6]] or [10_000, 100_000, 1_000_000, 3]
    load, ours, theirs = os.getloadavg()[0], {1: [], 2: []}, []
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        con = database(draw(folder, accounts, contacts, signals))
        for _ in range(rounds):
            begun = time.perf_counter()
            answers = [ask(con, day) for day in range(LAST - 364, LAST + 1)]
            theirs.append(time.perf_counter() - begun)
            for threads, times in ours.items():
                took, days = replay(command, folder, threads)
                times.append(took)
                compare(days, answers, accounts)
    report(load, accounts, contacts, signals, rounds, ours, theirs)


def compare(days, answers, accounts):
    if not len(days) == len(answers) == 365:
        raise SystemExit(f"{len(days)} days against {len(answers)}")
    for day, (points, readiness, engaged, qualified) in zip(days, answers):
        # Ours are exact; readiness and coverage of the database are floats, rounded account by account.
        same = int(day["points"]) == int(points or 0) and day["qualified"] == (qualified or 0)
        near = abs(int(day["readiness"]) / 10 ** 4 - float(readiness or 0)) < 1e-4 * accounts and abs(int(day["engaged"]) / 10 ** 4 - float(engaged or 0)) < 1e-4 * accounts
        if not (same and near):
            raise SystemExit(f"DISAGREE on day {day['day']}: {day} against {points}, {readiness}, {engaged}, {qualified}")


def report(load, accounts, contacts, signals, rounds, ours, theirs):
    print(f"load before {load:.2f}{' BUSY: this run is void' if load > .5 else ''}; {accounts} accounts, {contacts} contacts, {signals} signals, 365 days, {rounds} rounds")
    print(f"DuckDB, two threads: median {statistics.median(theirs):.3f} s ({', '.join(f'{one:.3f}' for one in theirs)})")
    for threads, times in ours.items():
        ratios = ", ".join(f"{slow / fast:.1f}" for slow, fast in zip(theirs, times))
        print(f"quorate, {threads} thread(s): median {statistics.median(times):.3f} s ({', '.join(f'{one:.3f}' for one in times)}), ratio of medians "
              f"{statistics.median(theirs) / statistics.median(times):.1f} x; by round {ratios}")
    print("every day agrees")
    raise SystemExit(1 if load > .5 else 0)


if __name__ == "__main__":
    main()
