"""scikit-learn's KNNImputer as a peer of bench/preparation: knn.py FOLDER ROWS COLUMNS NEIGHBORS WEIGHTS.

Reads x.bin (column-major doubles), writes filled.bin, prints processor seconds, wall-clock seconds and versions. Only the
call itself is timed, by the processor time of the process.
"""
import os
import sys
import time

try:
    import numpy as np
    import sklearn
    from sklearn.impute import KNNImputer
except ImportError:
    sys.exit(0)

folder, rows, columns, neighbors = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4])
# Row by row, as it would convert to itself.
x = np.ascontiguousarray(np.fromfile(os.path.join(folder, "x.bin")).reshape((rows, columns), order="F"))
imputer = KNNImputer(n_neighbors=neighbors, weights=sys.argv[5])
wall, cpu = time.perf_counter(), time.process_time()
filled = imputer.fit_transform(x)
cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
filled.ravel(order="F").tofile(os.path.join(folder, "filled.bin"))
with open("/proc/self/maps") as maps:
    files = {line.split()[-1] for line in maps if "blas" in line}
# Its folder tells apart what Debian's alternatives put behind one name.
blas = sorted("/".join(path.split("/")[-2:]) for path in files if os.path.basename(path).startswith("lib"))
print(f"{cpu!r}\t{wall!r}\tscikit-learn {sklearn.__version__}, numpy {np.__version__}, {', '.join(blas) or 'BLAS unknown'}")
