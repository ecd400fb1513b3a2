"""Writes policy-metrics.expected.json: backtests and trading figures by pandas and NumPy alone.

Run with a Python that has pandas and NumPy (Debian: python3-pandas):

    python3 test/reference/make_policy.py

Shares no code with Bakeoff. It first meets policies.expected.json, whose figures come from rollouts
by stable-baselines3 itself; then it writes what that file does not hold: random markets and actions
of every meaning with their equity curves, trades and figures, figures of odd equity curves, and the
conventions of other libraries. A figure that is undefined is null.
"""

import json
import math
import pathlib

import numpy as np
import pandas as pd

HERE = pathlib.Path(__file__).parent
MARKET = HERE.parent / "fixtures" / "policies" / "market-15min.csv"
NOISE = 1e-14  # Spread and drawdown no larger than this are rounding errors of the equity.
DISCRETE = ["hold", "buy", "sell", "close", "flat", "long", "short"]


def wanted(meaning, units, last):
    """The direction that an action asks for; None where it asks for nothing."""
    side = int(np.sign(units))
    if meaning == "buy":
        return 1 if side == 0 else None
    if meaning == "sell":
        return -1 if side == 0 else None
    if meaning == "close":
        return 0 if side != 0 else None
    if meaning in ("flat", "long", "short"):
        goal = {"flat": 0, "long": 1, "short": -1}[meaning]
        return None if goal == side else goal
    if isinstance(meaning, float):
        goal = min(1.0, max(-1.0, meaning))
        return None if goal == last else goal
    return None


def backtest(opens, closes, spreads, meanings, fill, fee, size, balance):
    """One window, bar by bar; every fill is kept, and trades are read off the fills afterwards."""
    bars = len(closes)
    cash, units, last, ruined = float(balance), 0.0, 0.0, False
    equity = np.zeros(bars)
    equity[0] = balance
    fills = []  # (bar, price, units before, units after, cost)
    exposed = 0
    entry = math.nan  # average price of the units held
    unrealized = np.zeros(bars)

    def trade(bar, price, new):
        nonlocal cash, units, entry
        same = units * new > 0
        closed = max(0.0, abs(units) - abs(new)) if same else abs(units)
        opened = max(0.0, abs(new) - abs(units)) if same else abs(new)
        cost = (closed + opened) * (price * fee + spreads[bar] / 2)
        fills.append((bar, price, units, new, closed, opened, cost))
        cash -= (new - units) * price + cost
        if not same:
            entry = price
        elif opened > 0:
            entry = (abs(units) * entry + opened * price) / abs(new)
        units = new

    for t in range(bars - 1):
        if units != 0:
            unrealized[t] = np.clip(units * (closes[t] - entry) / (cash + units * entry), -1, 1)
        goal = wanted(meanings[t], units, last)
        if goal is not None:
            last = goal
            bar = t + 1 if fill == "next-open" else t
            price = opens[bar] if fill == "next-open" else closes[bar]
            worth = cash + units * price
            if worth <= 0:
                trade(bar, price, 0.0)
                ruined = True
                break
            trade(bar, price, goal * size * worth / price)
        if units != 0:
            exposed += 1
        if t + 1 == bars - 1 and units != 0:
            trade(bars - 1, closes[-1], 0.0)
        mark = cash + units * closes[t + 1]
        if mark <= 0:
            if units != 0:
                trade(t + 1, closes[t + 1], 0.0)
            ruined = True
            break
        equity[t + 1] = mark
    return equity, read_trades(fills), exposed, ruined, unrealized


def read_trades(fills):
    """A trade is a position's life: from flat, or from the other side, to flat or the other side."""
    trades, current = [], None
    for bar, price, before, after, closed, opened, cost in fills:
        if not closed and not opened:
            continue
        per_unit = cost / (closed + opened)
        if current is not None and closed:
            current["out"].append((closed, price))
            current["cost"] += closed * per_unit
        if current is not None and before * after <= 0:
            trades.append(finish(current, bar))
            current = None
        if opened:
            if current is None:
                current = {"side": after > 0, "bar": bar, "in": [], "out": [], "cost": 0.0}
            current["in"].append((opened, price))
            current["cost"] += opened * per_unit
    return trades


def finish(life, bar):
    paid, got = np.array(life["in"]), np.array(life["out"])
    entry = np.average(paid[:, 1], weights=paid[:, 0])
    exit_ = np.average(got[:, 1], weights=got[:, 0])
    total = paid[:, 0].sum()
    sign = 1 if life["side"] else -1
    return {
        "side": "long" if life["side"] else "short",
        "entryIndex": life["bar"],
        "exitIndex": bar,
        "entryPrice": entry,
        "exitPrice": exit_,
        "bars": bar - life["bar"],
        "units": total,
        "pnl": sign * total * (exit_ - entry) - life["cost"],
    }


def plain(value):
    """A JSON number, or None where the figure is undefined."""
    value = float(value)
    return value if math.isfinite(value) else None


def figures(equity, trades, exposed, periods):
    """The definitions of Bakeoff."""
    curve = pd.Series(equity, dtype=float)
    n = len(curve) - 1
    pnl = pd.Series([t["pnl"] for t in trades], dtype=float)
    out = dict.fromkeys(
        "totalReturn cagr volatility sharpe sortino maxDrawdown calmar trades winRate profitFactor "
        "exposure score".split()
    )
    growth = curve.iloc[-1] / curve.iloc[0]
    out["totalReturn"] = plain(growth - 1)
    drawdown = (1 - curve / curve.cummax()).max()
    out["maxDrawdown"] = plain(drawdown)
    if n > 0:
        out["cagr"] = plain(growth ** (periods / n) - 1)
        out["exposure"] = exposed / n
        if drawdown > NOISE and out["cagr"] is not None:
            out["calmar"] = plain(out["cagr"] / drawdown)
    with np.errstate(divide="ignore", invalid="ignore"):
        returns = (curve / curve.shift(1) - 1).to_numpy()[1:]
    if n > 0 and np.isfinite(returns).all():
        if n > 1:
            sd = pd.Series(returns).std(ddof=1)
            sd = 0.0 if sd <= NOISE else sd
            out["volatility"] = plain(sd * math.sqrt(periods))
            if sd > 0:
                out["sharpe"] = plain(returns.mean() / sd * math.sqrt(periods))
        downside = math.sqrt((np.minimum(returns, 0) ** 2).mean())
        if downside > NOISE:
            out["sortino"] = plain(returns.mean() / downside * math.sqrt(periods))
    out["trades"] = len(pnl)
    gains, losses = pnl[pnl > 0].sum(), -pnl[pnl <= 0].sum()
    if len(pnl):
        out["winRate"] = float((pnl > 0).mean())
        if losses > 0:
            out["profitFactor"] = plain(gains / losses)
    factor = 0.0 if gains == 0 else 3.0 if losses == 0 else gains / losses
    out["score"] = (
        0.6 * out["totalReturn"]
        + 0.3 * max(0.0, 1 - 2 * out["maxDrawdown"])
        + 0.05 * min(2.0, max(0.0, factor - 1))
    )
    return out


def quantstats(equity, exposed, periods):
    """Formulas of quantstats 0.0.81 (stats.py) on the returns of the curve."""
    r = pd.Series(equity).pct_change().dropna()
    n = len(r)
    curve = pd.concat([pd.Series([1.0]), (1 + r).cumprod()])
    total = (1 + r).prod() - 1
    mdd = (curve / curve.cummax() - 1).min()
    cagr = abs(total + 1) ** (1 / (n / periods)) - 1
    traded = r[r != 0]
    return {
        "totalReturn": total,
        "cagr": cagr,
        "volatility": r.std() * math.sqrt(periods),
        "sharpe": r.mean() / r.std() * math.sqrt(periods),
        "sortino": r.mean() / math.sqrt((r[r < 0] ** 2).sum() / n) * math.sqrt(periods),
        "maxDrawdown": mdd,
        "calmar": cagr / abs(mdd),
        "winRate": (traded > 0).mean(),
        "profitFactor": r[r > 0].sum() / abs(r[r < 0].sum()),
        "exposure": math.ceil(len(traded) / n * 100) / 100,
    }


def empyrical(equity, exposed, periods):
    """Formulas of empyrical-reloaded (stats.py) on the returns of the curve."""
    r = pd.Series(equity).pct_change().dropna().to_numpy()
    curve = 100 * np.concatenate([[1.0], np.cumprod(1 + r)])
    mdd = np.min((curve - np.maximum.accumulate(curve)) / np.maximum.accumulate(curve))
    annual = (curve[-1] / curve[0]) ** (periods / len(r)) - 1
    downside = math.sqrt(np.mean(np.square(np.clip(r, -np.inf, 0)))) * math.sqrt(periods)
    return {
        "totalReturn": curve[-1] / 100 - 1,
        "cagr": annual,
        "volatility": np.std(r, ddof=1) * periods ** (1 / 2),
        "sharpe": np.mean(r) / np.std(r, ddof=1) * math.sqrt(periods),
        "sortino": np.mean(r) * periods / downside,
        "maxDrawdown": mdd,
        "calmar": annual / abs(mdd),
    }


def backtesting(equity, trades, index):
    """Formulas of backtesting.py (_stats.py), pandas resampling included, as shares of one."""
    index = pd.DatetimeIndex(index)
    curve = pd.Series(equity, index=index)
    drawdown = (1 - curve / curve.cummax()).max()
    days = pd.Series(index[-100:]).diff().dropna().median().days
    weekends = index.dayofweek.to_series().between(5, 6).mean() > 2 / 7 * 0.6
    per_year = {7: 52, 31: 12, 365: 1}.get(days, 365 if weekends else 252)
    rule = {7: "W", 31: "M", 365: "A"}.get(days, "D")
    day = curve.resample(rule).last().dropna().pct_change().dropna()
    g = np.exp(np.log1p(day).sum() / len(day)) - 1
    annual = (1 + g) ** per_year - 1
    risk = np.sqrt((day.var(ddof=1) + (1 + g) ** 2) ** per_year - (1 + g) ** (2 * per_year))
    downside = np.sqrt((day.clip(upper=0) ** 2).mean()) * np.sqrt(per_year)
    held = np.zeros(len(index))
    for t in trades:
        held[t["entryIndex"] : t["exitIndex"] + 1] = 1
    share = pd.Series([t["pnl"] / (t["units"] * t["entryPrice"]) for t in trades], dtype=float)
    pnl = pd.Series([t["pnl"] for t in trades], dtype=float)
    out = {
        "totalReturn": (equity[-1] - equity[0]) / equity[0],
        "cagr": annual,
        "volatility": risk,
        "sharpe": annual / risk,
        "sortino": annual / downside,
        "maxDrawdown": -drawdown,
        "calmar": annual / drawdown,
        "exposure": held.mean(),
    }
    if trades:
        out["winRate"] = (pnl > 0).mean()
        out["profitFactor"] = share[share > 0].sum() / abs(share[share < 0].sum())
    return out


def replay(table, start, end, record, names, fill, policy):
    part = table.iloc[start:end]
    meanings = [names[int(digit)] for digit in record["actions"]]
    return backtest(
        part["open"].to_numpy(),
        part["close"].to_numpy(),
        part["spread"].to_numpy(),
        meanings,
        fill,
        policy["fee"],
        policy["size"],
        policy["initialBalance"],
    )


def meet_samples(table, expected):
    """Every figure of the recorded rollouts to 1e-9; returns how many were met."""
    policy, met = expected["policy"], 0
    for name, model in expected["models"].items():
        for record in [model["whole"], model["wholeCloseFill"], *model["perWindow"]]:
            fill = record["fill"]
            names = model["actionNames"]
            equity, trades, exposed, ruined, _ = replay(
                table, record["start"], record["end"], record, names, fill, policy
            )
            assert not ruined
            assert abs(equity[-1] - record["finalEquity"]) < 1e-9 * equity[-1], name
            own = figures(equity, trades, exposed, policy["periodsPerYear"])
            for key, value in record["metrics"].items():
                assert abs(own[key] - value) <= 1e-9 * max(1, abs(value)), (name, key)
                met += 1
            for mine, theirs in zip(trades, record["firstTrades"]):
                for key, value in theirs.items():
                    same = mine[key] == value
                    assert same or abs(mine[key] - value) < 1e-9 * abs(value), (name, key)
    return met


def random_case(rng, name, meanings, **settings):
    bars = settings.pop("bars", 120)
    volatility = settings.pop("volatility", 0.02)
    steps = np.exp(np.cumsum(rng.normal(0, volatility, bars)))
    closes = 100 * steps
    opens = np.concatenate([[100.0], closes[:-1]]) * np.exp(rng.normal(0, volatility / 4, bars))
    spreads = np.abs(rng.normal(0.02, 0.01, bars)) if settings.pop("spread", True) else np.zeros(bars)
    rules = {"fill": "next-open", "fee": 0.0005, "size": 1.0, "initialBalance": 10000.0, **settings}
    if meanings == ["target"]:
        # Rounded, so that targets repeat; some lie outside of what counts.
        actions = np.round(rng.uniform(-1.3, 1.3, bars - 1), 1)
        asked = [float(a) for a in actions]
    else:
        actions = rng.integers(0, len(meanings), bars - 1)
        asked = [meanings[a] for a in actions]
    equity, trades, exposed, ruined, unrealized = backtest(
        opens, closes, spreads, asked, rules["fill"], rules["fee"], rules["size"],
        rules["initialBalance"],
    )
    periods = float(rng.choice([252, 365, 8766]))
    return {
        "name": name,
        "actions": meanings,
        "rules": rules,
        "periodsPerYear": periods,
        "market": {"open": opens.tolist(), "close": closes.tolist(), "spread": spreads.tolist()},
        "answers": actions.tolist(),
        "equity": equity.tolist(),
        "unrealized": unrealized.tolist(),
        "trades": trades,
        "exposed": exposed,
        "ruined": ruined,
        "expected": figures(equity, trades, exposed, periods),
    }


def random_cases():
    rng = np.random.default_rng(20240411)
    four, three = ["hold", "buy", "sell", "close"], ["flat", "long", "short"]
    return [
        random_case(rng, "four actions at the next open", four),
        random_case(rng, "four actions at the close", four, fill="close"),
        random_case(rng, "three actions at the next open", three),
        random_case(rng, "three actions at the close, half of equity", three, fill="close", size=0.5),
        random_case(rng, "two actions", ["flat", "long"]),
        random_case(rng, "every meaning", DISCRETE, fee=0.001),
        random_case(rng, "a continuous target", ["target"]),
        random_case(rng, "a continuous target at the close", ["target"], fill="close", fee=0.002),
        random_case(rng, "no costs", three, fee=0.0, spread=False),
        random_case(rng, "ruin with borrowed money", three, size=8.0, volatility=0.09),
        random_case(rng, "ruin with a borrowed target", ["target"], size=9.0, volatility=0.08),
        random_case(rng, "always flat", ["flat"]),
        random_case(rng, "always long", ["long"], fee=0.0),
        random_case(rng, "two bars", three, bars=2),
        random_case(rng, "one bar", three, bars=1),
    ]


def curve_case(name, equity, pnl, exposed, periods):
    trades = [{"pnl": p} for p in pnl]
    return {
        "name": name,
        "equity": equity,
        "pnl": pnl,
        "exposed": exposed,
        "periodsPerYear": periods,
        "expected": figures(equity, trades, exposed, periods),
    }


def curve_cases():
    rising = (10000 * 1.001 ** np.arange(40)).tolist()
    return [
        curve_case("flat", [10000.0] * 30, [], 0, 252),
        curve_case("one mark", [10000.0], [], 0, 252),
        curve_case("two marks, up", [10000.0, 10100.0], [100.0], 1, 252),
        curve_case("two marks, down", [10000.0, 9900.0], [-100.0], 1, 252),
        curve_case("no loss", rising, [120.0, 3.0], 39, 252),
        curve_case("no gain", rising[::-1], [-50.0, 0.0], 39, 365),
        curve_case("losses of zero alone", [10000.0, 10050.0, 10050.0], [50.0, 0.0], 1, 252),
        curve_case("ruined at the last mark", [10000.0, 8000.0, 0.0], [-10000.0], 2, 252),
        curve_case("ruined earlier", [10000.0, 8000.0, 0.0, 0.0, 0.0], [-10000.0], 2, 252),
        curve_case("large profit factor", [100.0, 120.0, 119.0, 150.0], [60.0, -1.0], 3, 52),
    ]


def convention_case(name, equity, trades, exposed, index, periods):
    index = pd.DatetimeIndex(index)
    return {
        "name": name,
        "equity": list(map(float, equity)),
        "trades": trades,
        "exposed": exposed,
        "periodsPerYear": periods,
        "times": [int(t.value // 10**6) for t in index],
        "quantstats": {k: plain(v) for k, v in quantstats(equity, exposed, periods).items()},
        "empyrical": {k: plain(v) for k, v in empyrical(equity, exposed, periods).items()},
        "backtesting.py": {k: plain(v) for k, v in backtesting(equity, trades, index).items()},
    }


def convention_cases(table, expected):
    returns = np.array([0.01, -0.02, 0.03, -0.01, 0.02, 0, -0.005, 0.015])
    golden = np.concatenate([[1.0], np.cumprod(1 + returns)])
    rng = np.random.default_rng(7)
    walk = np.cumprod(np.concatenate([[1000.0], 1 + rng.normal(0.001, 0.02, 160)]))
    calm = np.cumprod(np.concatenate([[1000.0], 1 + rng.normal(0.0004, 0.004, 160)]))
    cases = [
        convention_case("golden, business days", golden, [], 0,
                        pd.bdate_range("2024-01-02", periods=9), 252),
        convention_case("golden, every day", golden, [], 0,
                        pd.date_range("2024-01-02", periods=9), 365),
        convention_case("hourly", calm, [], 0, pd.date_range("2024-02-27", periods=161, freq="H"),
                        8766),
        convention_case("weekly", walk, [], 0, pd.date_range("2021-01-03", periods=161, freq="W"),
                        52),
        convention_case("monthly", walk[:60], [], 0,
                        pd.date_range("2019-01-31", periods=60, freq="M"), 12),
        convention_case("yearly", walk[:30], [], 0,
                        pd.date_range("1990-12-31", periods=30, freq="A"), 1),
    ]
    policy = expected["policy"]
    for name in ("champion_lstm.zip", "target_lstm.zip"):
        model = expected["models"][name]
        record = model["whole"]
        equity, trades, exposed, _, _ = replay(
            table, record["start"], record["end"], record, model["actionNames"], "next-open", policy
        )
        index = pd.to_datetime(table["time"][record["start"] : record["end"]]).dt.tz_localize(None)
        cases.append(
            convention_case(name, equity, trades, exposed, index, policy["periodsPerYear"])
        )
    return cases


def main():
    expected = json.loads((HERE / "policies.expected.json").read_text())
    table = pd.read_csv(MARKET)
    print("figures of policies.expected.json met:", meet_samples(table, expected))
    document = {
        "made": f"pandas {pd.__version__}, NumPy {np.__version__}",
        "backtests": random_cases(),
        "curves": curve_cases(),
        "conventions": convention_cases(table, expected),
    }
    text = json.dumps(document, allow_nan=False)
    (HERE / "policy-metrics.expected.json").write_text(text + "\n")
    for case in document["backtests"]:
        print(case["name"], len(case["trades"]), "trades", "ruined" if case["ruined"] else "")


if __name__ == "__main__":
    main()
