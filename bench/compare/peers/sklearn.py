"""scikit-learn as a peer of bench/compare: reads one command a line (tab-separated), answers one line that starts with "=".

Only the call itself is timed, by the processor time of the process.
"""
import os
import sys
import time
import warnings

# Python puts the folder of the script first on its path, where this very file would pass for a package of its name.
sys.path.pop(0)


def reply(*words):
    print("=" + "\t".join(str(word) for word in words), flush=True)


try:
    import numpy as np
    import sklearn
    import threadpoolctl
    from sklearn.linear_model import ElasticNet, ElasticNetCV, LassoCV, LogisticRegression, enet_path
    from sklearn.model_selection import GridSearchCV, PredefinedSplit
except ImportError as error:
    reply("failed", error)
    sys.exit(0)

MAX_ITER = 10**8
problem = {}


def blas_library():
    """The file behind numpy's BLAS. Debian's default is the reference one, slow at matrix products: say so."""
    try:
        with open("/proc/self/maps") as maps:
            files = {line.split()[-1] for line in maps if "blas" in line}
    except OSError:
        files = set()
    # Its folder tells apart what Debian's alternatives put behind one name.
    names = sorted("/".join(path.split("/")[-2:]) for path in files if os.path.basename(path).startswith("lib"))
    reference = any(name.startswith("blas/") for name in names)
    kernels = sorted({lib["architecture"] for lib in threadpoolctl.threadpool_info() if "architecture" in lib})
    return (", ".join(names) or "BLAS unknown") + (f", kernels for {', '.join(kernels)}" if kernels else "") + (" (reference BLAS: matrix products are slow)" if reference else "")


def timed(work):
    wall, cpu = time.perf_counter(), time.process_time()
    value = work()
    return value, time.process_time() - cpu, time.perf_counter() - wall


def load(folder, rows, columns, *loss):  # least squares on dense columns is all that it is asked for
    rows, columns = int(rows), int(columns)
    problem["x"] = np.fromfile(os.path.join(folder, "x.bin")).reshape((rows, columns), order="F")
    problem["y"] = np.fromfile(os.path.join(folder, "y.bin"))
    problem["folds"] = np.fromfile(os.path.join(folder, "folds.bin")).astype(int)
    reply("loaded")


def path(rho, tol, lambdas):
    # X and y are centred, which is all that an intercept would do. Fortran order and no copy: nothing is converted.
    return enet_path(
        problem["x"], problem["y"], l1_ratio=float(rho), alphas=lambdas, precompute="auto", copy_X=False,
        tol=float(tol), max_iter=MAX_ITER)


def memory(rho, tol, lambdas_path):
    """Linux: how far the resident memory rises, at its peak, above what it is before."""
    def status(key):
        with open("/proc/self/status") as lines:
            return next(1024 * int(line.split()[1]) for line in lines if line.startswith(key))

    lambdas = np.fromfile(lambdas_path)
    with open("/proc/self/clear_refs", "w") as clear:
        clear.write("5")
    before = status("VmRSS")
    kept = path(rho, tol, lambdas)
    reply(status("VmHWM") - before, len(kept))


def solve(rho, tol, lambdas_path, output_path):
    lambdas = np.fromfile(lambdas_path)
    (_, coefs, _), cpu, wall = timed(lambda: path(rho, tol, lambdas))
    with open(output_path, "wb") as output:
        np.zeros(len(lambdas)).tofile(output)
        np.ascontiguousarray(coefs.T).tofile(output)
    reply(repr(cpu), repr(wall), len(lambdas))


def cross_validate(rho, tol, lambdas_path):
    lambdas = np.fromfile(lambdas_path)
    common = dict(alphas=lambdas, cv=PredefinedSplit(problem["folds"]), tol=float(tol), max_iter=MAX_ITER, n_jobs=1)
    model = LassoCV(**common) if float(rho) == 1 else ElasticNetCV(l1_ratio=float(rho), **common)
    model, cpu, wall = timed(lambda: model.fit(problem["x"], problem["y"]))
    reply(repr(cpu), repr(wall), repr(float(model.alpha_)), repr(float(model.mse_path_.mean(axis=-1).min())))


def tell(strength, output_path, free, offset=""):
    """One logistic regression where something may be wrong: all warnings, and the coefficients."""
    x, y, strength = problem["x"], problem["y"], float(strength)
    kind = dict(penalty="l1", C=1 / (strength * len(y)), solver="saga") if strength > 0 else dict(penalty=None)
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        model = LogisticRegression(**kind).fit(x, y)
    np.concatenate([model.intercept_, model.coef_.ravel()]).tofile(output_path)
    reply("; ".join(sorted({f"{w.category.__name__}: {str(w.message).splitlines()[0]}" for w in said})))


def search(kind, ratio, rhos):
    """The grid of all mixings and their own 100 strengths, on the problem's folds, at default tolerances."""
    x, y, folds = problem["x"], problem["y"], PredefinedSplit(problem["folds"])
    rhos, ratio = [float(rho) for rho in rhos.split()], float(ratio)
    if kind == "ElasticNetCV":
        model = ElasticNetCV(l1_ratio=rhos, eps=ratio, n_alphas=100, cv=folds, n_jobs=1)
        model, cpu, wall = timed(lambda: model.fit(x, y))
        reply(repr(cpu), repr(wall), repr(float(model.alpha_)), repr(float(model.l1_ratio_)), repr(float(model.mse_path_.mean(axis=-1).min())))
        return
    largest = np.abs(x.T @ y).max() / len(y)
    grid = [{"l1_ratio": [rho], "alpha": largest / rho * np.geomspace(1, ratio, 100)} for rho in rhos]
    model = GridSearchCV(ElasticNet(), grid, scoring="neg_mean_squared_error", cv=folds, n_jobs=1)
    model, cpu, wall = timed(lambda: model.fit(x, y))
    reply(repr(cpu), repr(wall), repr(float(model.best_params_["alpha"])), repr(float(model.best_params_["l1_ratio"])), repr(float(-model.best_score_)))


warnings.filterwarnings("ignore")
reply(f"scikit-learn {sklearn.__version__}, numpy {np.__version__}, Python {sys.version.split()[0]}, {blas_library()}")
commands = {"load": load, "solve": solve, "cv": cross_validate, "memory": memory, "search": search, "tell": tell}
for line in sys.stdin:
    words = line.rstrip("\n").split("\t")
    try:
        commands[words[0]](*words[1:])
    except Exception as error:  # whatever it is, the table says so and the comparison goes on
        reply("failed", str(error).replace("\t", " ").replace("\n", " "))
