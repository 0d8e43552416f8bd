"""scikit-learn's pipeline as a peer of bench/preparation: pipeline.py FOLDER NUMBERS COLUMNS LAMBDA RHO.

Reads x.bin, y.bin and new.bin (row-major doubles; categories are codes, which is the quickest form it takes), trains, writes
predictions.bin and prints its version. Then each line of its input is a task: "single N" predicts the first N rows one by one,
"batch" all rows at once; the answer is processor seconds and wall-clock seconds of the calls.
"""
import os
import sys
import time

try:
    import numpy as np
    import sklearn
    from sklearn.compose import ColumnTransformer
    from sklearn.impute import SimpleImputer
    from sklearn.linear_model import ElasticNet
    from sklearn.pipeline import Pipeline
    from sklearn.preprocessing import OneHotEncoder, StandardScaler
except ImportError:
    sys.exit(0)

folder, numbers, columns, strength, mixing = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), float(sys.argv[4]), float(sys.argv[5])


def table(name):
    return np.fromfile(os.path.join(folder, name)).reshape((-1, columns))


x, y, new = table("x.bin"), np.fromfile(os.path.join(folder, "y.bin")), table("new.bin")
pipeline = Pipeline([
    ("columns", ColumnTransformer([
        ("numbers", SimpleImputer(strategy="median", add_indicator=True), list(range(numbers))),
        ("categories", OneHotEncoder(handle_unknown="ignore", sparse_output=False), list(range(numbers, columns))),
    ])),
    ("scale", StandardScaler()),
    # As exact as it gets: what is compared is the pipeline, not the solver. Not a word of this reaches prediction.
    ("model", ElasticNet(alpha=strength, l1_ratio=mixing, precompute=True, tol=1e-13, max_iter=100000)),
])
pipeline.fit(x, y)
pipeline.predict(new).tofile(os.path.join(folder, "predictions.bin"))
print(f"scikit-learn {sklearn.__version__}, numpy {np.__version__}", flush=True)
for line in sys.stdin:
    count = None if line.startswith("batch") else int(line.split()[1])
    wall, cpu = time.perf_counter(), time.process_time()
    if count is None:
        pipeline.predict(new)
    else:
        for i in range(count):
            pipeline.predict(new[i:i + 1])
    cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
    print(f"{cpu!r}\t{wall!r}", flush=True)
