"""scikit-learn's SAGA as a peer of "compare noise": several classes with an L1 penalty. Reads one command a line (tab-separated), answers
one line that starts with "=". Only the fits are timed, by the processor time of the process.
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
    from sklearn.linear_model import LogisticRegression
except ImportError as error:
    reply("failed", error)
    sys.exit(0)

MAX_ITER = 100_000
problem = {}


def load(folder, rows, columns, *loss):
    problem["x"] = np.fromfile(os.path.join(folder, "x.bin")).reshape((int(rows), int(columns)), order="F")
    problem["y"] = np.fromfile(os.path.join(folder, "y.bin")).astype(int)
    reply("loaded")


def solve(rho, tol, lambdas, answer):
    x, y = problem["x"], problem["y"]
    numbers = []
    # Each solution starts from the last, as the others' paths do.
    model = LogisticRegression(penalty="l1", solver="saga", multi_class="multinomial", tol=float(tol), max_iter=MAX_ITER, warm_start=True, random_state=1)
    wall, cpu = time.perf_counter(), time.process_time()
    for k, strength in enumerate(np.fromfile(lambdas)):
        model.C = 1 / (len(y) * strength)
        model.fit(x, y)
        if k % 10 == 9:
            numbers.extend(np.column_stack((model.intercept_, model.coef_)).ravel())
    spent = time.process_time() - cpu, time.perf_counter() - wall
    np.array(numbers).tofile(answer)
    reply(*(repr(seconds) for seconds in spent), 0)


warnings.simplefilter("ignore")
reply(f"scikit-learn {sklearn.__version__}, SAGA with at most {MAX_ITER} passes a fit, numpy {np.__version__}")
for line in sys.stdin:
    command, *words = line.rstrip("\n").split("\t")
    try:
        {"load": load, "solve": solve}[command](*words)
    except Exception as error:  # whatever it is, the comparison goes on
        reply("failed", str(error).replace("\t", " ").replace("\n", " "))
