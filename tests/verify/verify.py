#!/usr/bin/env python3
"""Checks the claim of a model file against the rows it was fitted to: python3 verify.py MODEL.enet DATA.csv

Reads the file as FORMAT.md has it and needs nothing but Python. All sums are decimal numbers of 80 digits. Supports Gaussian models, several
responses and several classes, without preparation, and with fills that are one number a column, indicators, dropped rows, categories and scales. Exit code 0: the claim holds. 1: it does not. 2: cannot be
verified by this program, which says why.
"""
import csv
import math
import struct
import sys
import zlib
from decimal import Decimal as D, getcontext

getcontext().prec = 80
TINY = D(10) ** -60
TOLERANCE = D("1e-12")
MISSING = {"", "NA", "N/A", "n/a", "#N/A", "NaN", "nan", "null", "NULL"}
IMPUTATIONS = ["none", "mean", "median", "most frequent", "constant", "nearest neighbours", "dropped rows", "chained equations", "several draws"]


class Refused(Exception):
    pass


def sections(data):
    if data[:8] != b"\x89ENET\r\n\x1a" or zlib.crc32(data[:-4]) != struct.unpack("<I", data[-4:])[0]:
        raise Refused("not a model file, or a damaged one")
    version, count, length = struct.unpack_from("<IIQ", data, 8)
    if version != 0 or length != len(data):
        raise Refused(f"a model file of version {version} and {length} bytes cannot be read here")
    found = {}
    for i in range(count):
        kind, _, at, size, _, _ = struct.unpack_from("<4sIQQII", data, 32 + 32 * i)
        found[kind.decode()] = data[at:at + size]
    return found


def numbers(data, at, count, code):
    return list(struct.unpack_from(f"<{count}{code}", data, at)), at + count * struct.calcsize("<" + code)


def names(ends, data, at):
    starts = [0] + ends[:-1]
    return [data[at + a:at + b].decode() for a, b in zip(starts, ends)]


def read_model(path):
    with open(path, "rb") as file:
        s = sections(file.read())
    m = {}
    family = struct.unpack_from("<I", s["FMLY"])[0] if "FMLY" in s else 0
    if family not in (0, 9, 10):
        raise Refused("a model of another family than the Gaussian, multinomial and multi-response Gaussian cannot be verified here")
    m["classes"], m["outputs"] = family == 9, None
    schema = s["SCHM"]
    p, flags, t, _ = struct.unpack_from("<IIII", schema)
    ends, at = numbers(schema, 16, p if flags & 1 else 0, "I")
    m["p"], m["target"] = p, schema[at:at + t].decode() if flags & 2 else None
    m["names"] = names(ends, schema, at + t) if flags & 1 else None
    k, _, m["intercept"] = struct.unpack_from("<IId", s["COEF"])
    outputs, m["intercepts"] = 1, [m["intercept"]]
    if "OUTP" in s:
        outputs = struct.unpack_from("<I", s["OUTP"])[0]
        m["intercepts"], at = numbers(s["OUTP"], 8, outputs, "d")
        ends, at = numbers(s["OUTP"], at, outputs, "I")
        m["outputs"] = names(ends, s["OUTP"], at)
    values, _ = numbers(s["COEF"], 64, k * outputs, "d")
    indices, _ = numbers(s["COEF"], 64 + 8 * k * outputs + 8 * k, k, "I")
    m["betas"] = [[0.0] * p for _ in range(outputs)]
    for at, j in enumerate(indices):
        for output in range(outputs):
            m["betas"][output][j] = values[at * outputs + output]
    m["beta"] = m["betas"][0]
    m["lambda"], m["rho"], _, _, m["gap"], m["kkt"] = struct.unpack_from("<6d", s["FIT "])
    m["rows"], flags = struct.unpack_from("<II", s["PROV"])
    m["hasIntercept"], m["standardize"], m["hasWeights"], m["hasOffset"] = (bool(flags & bit) for bit in (1, 2, 4, 8))
    m["factors"], m["lower"], m["upper"], m["excluded"] = [1.0] * p, [-math.inf] * p, [math.inf] * p, []
    m["weights"] = m["offset"] = m["lambdaMax"] = None
    if "PROB" in s:
        f, l, u, e, flags, v, o, _, m["lambdaMax"] = struct.unpack_from("<8Id", s["PROB"])
        factors, at = numbers(s["PROB"], 40, f, "d")
        lower, at = numbers(s["PROB"], at, l, "d")
        upper, at = numbers(s["PROB"], at, u, "d")
        m["excluded"], at = numbers(s["PROB"], at, e, "I")
        m["factors"] = factors or m["factors"]
        m["lower"] = lower * (p if l == 1 else 1) or m["lower"]
        m["upper"] = upper * (p if u == 1 else 1) or m["upper"]
        m["weights"] = s["PROB"][at:at + v].decode() if flags & 1 else None
        m["offset"] = s["PROB"][at + v:at + v + o].decode() if flags & 2 else None
    if "PROB" in s and flags & 4:
        raise Refused("a model whose coefficients were penalised by their norm over the outputs cannot be verified here")
    if m["outputs"] and m["hasOffset"]:
        raise Refused("a model with an offset for each output cannot be verified here")
    if m["classes"] and 0.0 in m["factors"]:
        raise Refused("a model of classes with unpenalised features cannot be verified here")
    if "GRPS" in s:
        raise Refused("a model that was penalised in groups of features cannot be verified here")
    m["inputs"], m["scales"], m["drops"] = None, None, False
    if "PREP" in s:
        read_preparation(m, s)
    return m


def read_preparation(m, s):
    imputation, _, _, _, _, _, _, _, _, _, c = struct.unpack_from("<IIIIdIIIIII", s["PREP"])
    if imputation in (5, 7, 8):
        raise Refused(f"a model whose gaps are filled by {IMPUTATIONS[imputation]} cannot be verified here")
    m["drops"] = imputation == 6
    q, _ = struct.unpack_from("<II", s["INPT"])
    shape, at = numbers(s["INPT"], 8, 2 * q, "I")
    ends, at = numbers(s["INPT"], at, q + sum(shape[1::2]), "I")
    words = names(ends, s["INPT"], at)
    m["inputs"] = []
    at = 48
    for j in range(q):
        kind, levels = shape[2 * j:2 * j + 2]
        name, words = words[0], words[1:]
        feature, missing, unknown, count, fill = struct.unpack_from("<iiiId", s["PREP"], at)
        at += 24
        m["inputs"].append({"name": name, "kind": kind, "levels": words[:levels], "feature": feature, "missing": missing, "unknown": unknown, "count": count, "fill": fill})
        words = words[levels:]
    _, at = numbers(s["PREP"], at, c, "d")
    m["scales"], at = numbers(s["PREP"], at, c, "d")
    m["scales"] = m["scales"] or None
    for column in m["inputs"]:
        column["levelFeatures"], at = numbers(s["PREP"], at, column["count"], "i")


def number(cell, name, row):
    if cell.strip() in MISSING:
        return math.nan
    try:
        value = float(cell)
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise Refused(f"row {row}, column '{name}': '{cell}' is not a finite number")
    return value


def features(m, row, k):
    x = [0.0] * m["p"]
    for column in m["inputs"]:
        cell = row[column["name"]].strip()
        if column["kind"] == 0:
            value = number(cell, column["name"], k)
            gap = math.isnan(value)
        else:
            gap = cell in MISSING
            value = math.nan if gap else column["levels"].index(cell) if cell in column["levels"] else -1
        if column["feature"] >= 0:
            unknown = column["kind"] == 1 and value == -1
            if unknown and column["unknown"] == -2:
                raise Refused(f"row {k}: '{cell}' is a level that the model does not know")
            x[column["feature"]] = column["fill"] if gap or unknown else value
            if column["missing"] >= 0:
                x[column["missing"]] = 1.0 if gap or unknown else 0.0
        elif column["kind"] == 1:
            at = column["missing"] if gap else column["unknown"] if value == -1 else column["levelFeatures"][value]
            if at == -2:
                raise Refused(f"row {k}: '{cell}' is a level that the model does not know")
            if at >= 0:
                x[at] = 1.0
    return x


def read_rows(m, path):
    with open(path, encoding="utf-8-sig", newline="") as file:
        first = file.readline()
        file.seek(0)
        rows = list(csv.DictReader(file, delimiter="\t" if "\t" in first and first.count(",") <= first.count("\t") else ","))
    targets = m["outputs"] if m["outputs"] and not m["classes"] else [m["target"]]
    apart = [name for name in targets + [m["weights"], m["offset"]] if name is not None]
    if None in targets or (m["hasWeights"] and m["weights"] is None) or (m["hasOffset"] and m["offset"] is None):
        raise Refused("the model does not name its target, weights or offset")
    wanted = [column["name"] for column in m["inputs"]] if m["inputs"] is not None else m["names"] or [name for name in rows[0] if name not in apart]
    for name in apart + wanted:
        if name not in rows[0]:
            raise Refused(f"there is no column '{name}'")
    x, y, w = [], [], []
    for k, row in enumerate(rows, 1):
        if m["drops"] and any(row[name].strip() in MISSING for name in apart + wanted):
            continue
        weight = number(row[m["weights"]], m["weights"], k) if m["weights"] is not None else 1.0
        if weight == 0:
            continue
        x.append(features(m, row, k) if m["inputs"] is not None else [number(row[name], name, k) for name in wanted])
        if m["classes"] and row[m["target"]] not in m["outputs"]:
            raise Refused(f"row {k}: '{row[m['target']]}' is none of the model's classes")
        y.append([m["outputs"].index(row[m["target"]])] if m["classes"]
                 else [D(number(row[name], name, k)) - (D(number(row[m["offset"]], m["offset"], k)) if m["offset"] is not None else 0) for name in targets])
        w.append(D(weight))
        if any(math.isnan(value) for value in x[-1]):
            raise Refused(f"row {k} has a gap that nothing fills")
    if len(y) != m["rows"]:
        raise Refused(f"the model was fitted to {m['rows']} rows of positive weight, and here there are {len(y)}")
    total = sum(w)
    return [list(map(D, column)) for column in zip(*x)], [list(column) for column in zip(*y)], [weight / total for weight in w]


class Proof:
    """Of one response, whose loss is half the square."""

    def __init__(self, m, x, y, w):
        self.columns(m, x, w)
        center = self.dot(y, [D(1)] * len(y)) if self.intercept else D(0)
        self.half_null = self.dot([v - center for v in y], [v - center for v in y]) / 2
        self.y = y
        # b + Σβⱼ(x − mean) + Σβⱼ mean: centred columns and the intercept that belongs to them.
        shift = D(m["intercept"]) + sum(b * mean for b, mean in zip(self.beta, self.mean))
        self.r = [v - shift for v in y]
        for b, column in zip(self.beta, self.x):
            if b != 0:
                self.r = [r - b * value for r, value in zip(self.r, column)]
        self.size = (2 * self.half_null).sqrt() + sum(n * abs(b) for n, b in zip(self.norm, self.beta))
        self.rounding = (16 * D(2) ** -52 * max(map(abs, y))) ** 2 / 2

    def columns(self, m, x, w):
        self.w, self.p, self.intercept = w, m["p"], m["hasIntercept"]
        dot = self.dot
        ones = [D(1)] * len(w)
        means = [dot(column, ones) for column in x]
        centred = [[value - mean for value in column] for column, mean in zip(x, means)]
        sd = [dot(column, column).sqrt() for column in centred]
        constant = [max(c) - min(c) <= 16 * D(2) ** -52 * max(map(abs, c)) for c in x]
        self.x = centred if self.intercept else x
        self.mean = means if self.intercept else [D(0)] * self.p
        self.norm = [dot(c, c).sqrt() for c in self.x]
        self.beta = list(map(D, m["beta"]))
        self.lower, self.upper = list(map(D, m["lower"])), list(map(D, m["upper"]))
        for j in range(self.p):
            ordinary = not self.intercept and not m["standardize"]
            if j in m["excluded"] or (constant[j] and self.beta[j] == 0 and not ordinary):
                self.lower[j] = self.upper[j] = D(0)
        self.s = list(map(D, m["scales"])) if m["scales"] else sd if m["standardize"] else [D(1)] * self.p
        self.v = list(map(D, m["factors"]))
        lam, rho = D(m["lambda"]), D(m["rho"])
        self.rho = rho
        self.l1 = [lam * rho * v * s for v, s in zip(self.v, self.s)]
        self.l2 = [lam * (1 - rho) * v * s * s for v, s in zip(self.v, self.s)]

    def dot(self, a, b):
        return sum(w * u * v for w, u, v in zip(self.w, a, b))

    def held(self, j):
        return self.lower[j] == self.upper[j]

    def free(self, j):
        return self.l1[j] == 0 and self.l2[j] == 0

    def product(self, j, v):
        return self.dot(self.x[j], v)

    def slack(self, theta, c):
        away = [r - c * v for r, v in zip(self.r, theta)]
        return self.dot(away, away) / 2

    def objective(self):
        return self.slack(self.r, D(0)) + sum(l1 * abs(b) + l2 * b * b / 2 for l1, l2, b in zip(self.l1, self.l2, self.beta))

    def violation(self, j):
        b, g = self.beta[j], self.product(j, self.r)
        if not self.lower[j] <= b <= self.upper[j]:
            return D("inf")
        if self.held(j) or self.s[j] == 0:
            return D(0)
        if b == 0:
            return max(abs(g) - self.l1[j], D(0)) / self.s[j] if (self.upper[j] if g > 0 else -self.lower[j]) > 0 else D(0)
        slope = g - self.l1[j].copy_sign(b) - self.l2[j] * b
        return (max(-slope, D(0)) if b == self.upper[j] else max(slope, D(0)) if b == self.lower[j] else abs(slope)) / self.s[j]

    def move(self, start, exact, wanted):
        """start + a combination of the columns, so that its product with each is what is wanted; dependent columns are left out."""
        if self.intercept:
            mean = sum(w * v for w, v in zip(self.w, start))
            start = [v - mean for v in start]
        basis, missing = [], {}
        for j in exact:
            v = self.x[j]
            d = wanted(j) - self.dot(v, start)
            for unit, target in basis:
                along = self.dot(unit, v)
                v = [a - along * u for a, u in zip(v, unit)]
                d -= along * target
            norm = self.dot(v, v).sqrt()
            if norm > D("1e-26") * self.norm[j]:
                basis.append(([a / norm for a in v], d / norm))
        for unit, target in basis:
            start = [a + target * u for a, u in zip(start, unit)]
        return start

    def gap_at(self, theta):
        t = [self.product(j, theta) for j in range(self.p)]
        slack = [D("1e-40") * n * self.size for n in self.norm]
        counts = [j for j in range(self.p) if not self.held(j) and not (self.free(j) and abs(t[j]) <= slack[j])]
        scale = {j: min(D(1), self.l1[j] / (abs(t[j]) + TINY * self.norm[j] * self.size)) if t[j] else D(1) for j in counts}
        bound = {j: self.upper[j] if t[j] > 0 else -self.lower[j] for j in counts}
        choices = (min((scale[j] for j in counts if self.l2[j] == 0 and bound[j].is_infinite()), default=D(1)), min(scale.values(), default=D(1)))
        best = D("inf")
        for c in choices:
            gap = self.slack(theta, c) + TINY * self.size * self.size
            for j in counts:
                b, excess = self.beta[j], abs(c * t[j]) - self.l1[j]
                gap += self.l1[j] * abs(b) + self.l2[j] * b * b / 2 - c * t[j] * b
                if excess > 0 and bound[j] > 0:
                    at = min(bound[j], excess / self.l2[j]) if self.l2[j] > 0 else D(0) if bound[j].is_infinite() else bound[j]
                    gap += at * (excess - self.l2[j] * at / 2)
            best = min(best, gap)
        return best

    def gap(self):
        if any(not self.lower[j] <= self.beta[j] <= self.upper[j] for j in range(self.p)):
            return D("inf")
        inside = [j for j in range(self.p) if self.lower[j] < self.beta[j] < self.upper[j]]
        slope = lambda j: (self.l1[j].copy_sign(self.beta[j]) if self.beta[j] else D(0)) + self.l2[j] * self.beta[j]
        ways = ([j for j in inside if self.free(j)], [j for j in inside if self.free(j) or self.beta[j] != 0])
        return min(self.gap_at(self.move(self.r, way, slope)) for way in ways)

    def null_residual(self, free):
        return self.move(self.y, free, lambda j: D(0))

    def lambda_max(self):
        free = [j for j in range(self.p) if self.v[j] == 0 and not self.held(j)]
        if any(not (self.lower[j].is_infinite() and self.upper[j].is_infinite()) for j in free):
            return D("inf")
        start = self.null_residual(free)
        largest, noise = D(0), D("1e-12") * (2 * self.half_null).sqrt()
        for j in range(self.p):
            t = self.product(j, start)
            if self.v[j] > 0 and self.s[j] > 0 and (self.upper[j] if t > 0 else -self.lower[j]) > 0:
                largest = max(largest, (abs(t) + noise * self.norm[j]) / (self.v[j] * self.s[j]))
        return largest / max(self.rho, D("0.001"))


class ClassProof(Proof):
    """Of K classes; coefficient jK + k is that of feature j for class k, and vectors have a list for each class."""

    def __init__(self, m, x, y, w):
        self.columns(m, x, w)
        self.k, self.y, n = len(m["outputs"]), y, len(y)
        for name in ("norm", "lower", "upper", "s", "v", "l1", "l2"):
            setattr(self, name, [value for value in getattr(self, name) for _ in range(self.k)])
        self.beta = [D(m["betas"][k][j]) for j in range(self.p) for k in range(self.k)]
        self.p *= self.k
        eta = [[D(b) + sum(D(value) * mean for value, mean in zip(of, self.mean) if value) for _ in range(n)] for b, of in zip(m["intercepts"], m["betas"])]
        for c, b in enumerate(self.beta):
            if b != 0:
                eta[c % self.k] = [e + b * value for e, value in zip(eta[c % self.k], self.x[c // self.k])]
        self.share, self.r = self.at(eta)
        counts = [sum(weight for weight, code in zip(w, y) if code == k) for k in range(self.k)]
        self.null_share = counts if self.intercept else [1 / D(self.k)] * self.k
        self.half_null = -sum(a * b.ln() for a, b in zip(counts, self.null_share))
        self.size = 1 + sum(n * abs(b) for n, b in zip(self.norm, self.beta))
        self.rounding = D(0)

    def at(self, eta):
        rows = [[value.exp() for value in row] for row in zip(*eta)]
        shares = [[value / sum(row) for value in row] for row in rows]
        share = [list(column) for column in zip(*shares)]
        return share, [[(code == k) - value for code, value in zip(self.y, of)] for k, of in enumerate(share)]

    def product(self, c, v):
        return self.dot(self.x[c // self.k], v[c % self.k])

    def slack(self, theta, c):
        total = D(0)
        for i, (weight, code) in enumerate(zip(self.w, self.y)):
            for k in range(self.k):
                q = (code == k) - c * theta[k][i]
                if q < 0:
                    return D("inf")
                total += weight * q * (q / self.share[k][i]).ln() if q else 0
        return total

    def null_residual(self, free):
        return [[(code == k) - share for code in self.y] for k, share in enumerate(self.null_share)]

    def curved(self, v):
        means = [sum(self.share[k][i] * v[k][i] for k in range(self.k)) for i in range(len(self.y))]
        return [[p * (value - mean) for p, value, mean in zip(self.share[k], v[k], means)] for k in range(self.k)]

    def inner(self, a, b):
        return sum(self.dot(one, other) for one, other in zip(a, b))

    def move(self, start, exact, wanted):
        zero, basis = [D(0)] * len(self.y), []
        ways = [(-1 - k, [D(1)] * len(self.y), k) for k in range(self.k if self.intercept else 0)] + [(c, self.x[c // self.k], c % self.k) for c in exact]
        for c, column, k in ways:
            v = [column if k == of else zero for of in range(self.k)]
            d = (D(0) if c < 0 else wanted(c)) - self.dot(column, start[k])
            whole = self.inner(v, self.curved(v))
            for unit, bent, target in basis:
                along = self.inner(v, bent)
                v = [[a - along * u for a, u in zip(of, one)] for of, one in zip(v, unit)]
                d -= along * target
            bent = self.curved(v)
            square = self.inner(v, bent)
            if square > D("1e-40") * whole:
                norm = square.sqrt()
                basis.append(([[a / norm for a in of] for of in v], [[a / norm for a in of] for of in bent], d / norm))
        for _, bent, target in basis:
            start = [[a + target * b for a, b in zip(of, one)] for of, one in zip(start, bent)]
        return start


class ResponseProofs:
    """Responses that the penalty does not tie together are so many problems, whose gaps add up."""

    def __init__(self, m, x, ys, w):
        self.each = [Proof({**m, "beta": beta, "intercept": b}, x, y, w) for y, beta, b in zip(ys, m["betas"], m["intercepts"])]
        self.p, self.size = len(self.each) * self.each[0].p, sum(one.size for one in self.each)
        self.half_null, self.rounding = sum(one.half_null for one in self.each), sum(one.rounding for one in self.each)
        self.norm, self.s = ([value for one in self.each for value in getattr(one, name)] for name in ("norm", "s"))

    def gap(self):
        return sum(one.gap() for one in self.each)

    def objective(self):
        return sum(one.objective() for one in self.each)

    def violation(self, j):
        return self.each[j // self.each[0].p].violation(j % self.each[0].p)

    def lambda_max(self):
        return max(one.lambda_max() for one in self.each)


def main(model, data):
    m = read_model(model)
    x, ys, w = read_rows(m, data)
    proof = ClassProof(m, x, ys[0], w) if m["classes"] else ResponseProofs(m, x, ys, w) if m["outputs"] else Proof(m, x, ys[0], w)
    gap, rounding = proof.gap(), proof.rounding
    gap = gap / proof.half_null if proof.half_null > rounding else D(0) if gap <= rounding else gap / rounding
    found = proof.lambda_max()
    lambda_max = D(m["lambdaMax"]) if m["lambdaMax"] is not None else found
    unit, least = (lambda_max, TOLERANCE) if lambda_max > 0 else (D(1), D(0))
    violations = [proof.violation(j) / unit for j in range(proof.p)]
    excess = max(v - max(least, 16 * D(2) ** -52 * proof.size * proof.norm[j] / proof.s[j] / unit if proof.s[j] else D(0)) for j, v in enumerate(violations))
    holds = gap <= D(m["gap"]) + TOLERANCE and excess <= D(m["kkt"]) and lambda_max <= found * (1 + D("1e-6"))
    print(f"relative gap   claimed {m['gap']:.1e}, found {float(gap):.1e}")
    print(f"KKT residual   claimed {m['kkt']:.1e}, found {float(max(violations)):.1e}")
    print(f"objective      {float(proof.objective())!r}")
    print("the claim holds" if holds else "the claim does not hold")
    return 0 if holds else 1


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    try:
        sys.exit(main(*sys.argv[1:]))
    except (Refused, OSError) as refusal:
        print(f"cannot be verified: {refusal}", file=sys.stderr)
        sys.exit(2)
